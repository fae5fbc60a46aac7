"""C28: what hidden layers know."""

from lecture.claims.part import Part

PART = Part(key="representation", says="representation learning")
