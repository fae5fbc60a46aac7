"""C23: the same answer each time, and how sure it is."""

from lecture.claims.part import Part

PART = Part(key="reliability", says="very low randomness")
