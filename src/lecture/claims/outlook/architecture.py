"""C28: a program that chooses the layers."""

from lecture.claims.part import Part

PART = Part(key="architecture", says="neural architecture search")
