"""C23: tables instead of pixels."""

from lecture.claims.part import Part

PART = Part(key="tabular", says="irregular data")
