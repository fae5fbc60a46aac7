"""C23: little computing or power at inference."""

from lecture.claims.part import Part

PART = Part(key="inference_cost", says="little computing at inference")
