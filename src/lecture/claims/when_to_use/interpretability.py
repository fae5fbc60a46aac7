"""C23: decisions that must be explained."""

from lecture.claims.part import Part

PART = Part(key="interpretability", says="interpretability")
