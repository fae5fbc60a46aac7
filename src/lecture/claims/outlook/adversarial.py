"""C28: small changes that fool a network."""

from lecture.claims.part import Part

PART = Part(key="adversarial", says="adversarial attacks")
