"""Two spirals, one inside the other: to tell them apart, a network must turn round and round."""

from collections.abc import Iterator
from math import pi

import torch
from torch import Tensor

from lecture.seeds import Stream

ARMS = 2


def points(stream: Stream, n: int, turns: float) -> tuple[Tensor, Tensor]:
    """Return points ``[R, n, 2]`` in the unit disc and the arm of each, 0 or 1, ``[R, n]``.

    Both arms wind ``turns`` times around the origin; points lie evenly over the disc, since their radius is the root of
    a uniform number.
    """
    radius = stream.uniform(n, low=0.0, high=1.0).sqrt()
    arms = stream.integers(n, below=ARMS)
    angle = 2 * pi * (turns * radius + arms / ARMS)
    return torch.stack([radius * angle.cos(), radius * angle.sin()], -1), arms


def fresh_batches(stream: Stream, size: int, turns: float, steps: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield ``steps`` batches of points never seen before: without a training set there is no overfitting."""
    for _ in range(steps):
        yield points(stream, size, turns)
