"""C23: little data."""

from lecture.claims.part import Part

PART = Part(key="little_data", says="little data")
