"""C28: making inputs instead of labels."""

from lecture.claims.part import Part

PART = Part(key="generative", says="generative models")
