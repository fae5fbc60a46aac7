"""Stored records of experiments: read them, or compute and store them first."""

from lecture.records.key import Recordable
from lecture.records.store import State, Status, provenance, read, state

__all__ = ["Recordable", "State", "Status", "provenance", "read", "state"]
