"""Stored records of experiments: read them, or compute and store them first."""

from lecture.records.store import Recordable, State, Status, provenance, read, state

__all__ = ["Recordable", "State", "Status", "provenance", "read", "state"]
