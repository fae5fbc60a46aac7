"""Stored records of experiments: read them, or compute and store them first."""

from lecture.records.store import State, Status, other_first_seeds, provenance, read, state

__all__ = ["State", "Status", "other_first_seeds", "provenance", "read", "state"]
