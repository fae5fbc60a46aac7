"""C28: features of one task reused for another."""

from lecture.claims.part import Part

PART = Part(key="transfer", says="transfer learning")
