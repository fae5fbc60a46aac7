"""Two classes of points in the plane that no straight line parts, easier than the spirals."""

from math import pi

import torch
from torch import Tensor

from lecture.seeds import Stream

INNER, OUTER = 0.5, 0.7
"""Radius of the disc, and inner radius of the ring around it, whose outer one is 1."""


def quadrants(stream: Stream, n: int) -> tuple[Tensor, Tensor]:
    """Return points ``[R, n, 2]``, even over the square from -1 to 1, and the XOR of their signs, ``[R, n]``."""
    places = stream.uniform(n, 2, low=-1.0, high=1.0)
    return places, (places.prod(-1) < 0).long()


def rings(stream: Stream, n: int) -> tuple[Tensor, Tensor]:
    """Return points ``[R, n, 2]``, even over a disc or a ring around it, and their class, 0 or 1, ``[R, n]``."""
    classes = stream.integers(n, below=2)
    low, high = torch.where(classes == 1, OUTER**2, 0.0), torch.where(classes == 1, 1.0, INNER**2)
    radius = (low + (high - low) * stream.uniform(n)).sqrt()
    angle = 2 * pi * stream.uniform(n)
    return torch.stack([radius * angle.cos(), radius * angle.sin()], -1), classes
