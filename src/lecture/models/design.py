"""Convolutional networks over a line of points that differ in five choices: the space of an architecture search."""

from dataclasses import asdict, dataclass, fields
from itertools import product
from typing import Any

import torch
from torch import Tensor, nn

from lecture.models.convolution import Conv1d
from lecture.models.layers import Linear
from lecture.seeds import Stream

CHOICES: dict[str, tuple[Any, ...]] = {
    "layers": (2, 3),
    "channels": (12, 25),
    "kernel": (3, 5),
    "halving": ("stride", "pooling"),
    "shortcut": (False, True),
}
"""The values on offer for each choice."""


@dataclass(frozen=True, order=True)
class Design:
    """One architecture.

    Attributes:
        layers: Convolutions.
        channels: Of each convolution.
        kernel: Points under a window from the second convolution on; the first always looks at five.
        halving: Whether a convolution, from the second on, halves the line by its stride, or of each two points the
            larger is kept before it.
        shortcut: Whether what goes into a convolution is added to what comes out, from the second one on.
    """

    layers: int
    channels: int
    kernel: int
    halving: str
    shortcut: bool

    def multiply_adds(self, points: int = 40, classes: int = 10) -> int:
        """Return the multiplications, each with its addition, of one forward pass of one signal."""
        places = [points >> n for n in range(1, self.layers + 1)]
        first = places[0] * 5 * self.channels
        blocks = sum(places[1:]) * self.kernel * self.channels**2
        return first + blocks + places[-1] * self.channels * classes

    def neighbours(self) -> "list[Design]":
        """Return all architectures that differ in one choice."""
        mine = asdict(self)
        return [Design(**{**mine, name: value}) for name in mine for value in CHOICES[name] if value != mine[name]]


def space() -> list[Design]:
    """Return all architectures there are to choose from."""
    return [Design(*values) for values in product(*(CHOICES[field.name] for field in fields(Design)))]


class Block(nn.Module):
    """A convolution and ReLU that halve the line, and a shortcut around them where ``shortcut`` ``[R]`` is 1, not 0."""

    def __init__(self, stream: Stream, design: Design, shortcut: Tensor) -> None:
        super().__init__()
        channels, kernel = design.channels, design.kernel
        self.pools = design.halving == "pooling"
        stride = 1 if self.pools else 2
        self.conv = Conv1d(channels, channels, stream, kernel=kernel, stride=stride, padding=kernel // 2)
        self.shortcut = shortcut.view(-1, 1, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Return ``[R, B, length / 2, channels]`` for ``[R, B, length, channels]``."""
        pairs = x.view(*x.shape[:2], -1, 2, x.shape[3])
        around = pairs.amax(3) if self.pools else pairs.mean(3)
        branch = torch.relu(self.conv(around if self.pools else x))
        return torch.addcmul(branch, self.shortcut, around)


def network(stream: Stream, design: Design, shortcut: Tensor, *, points: int = 40, classes: int = 10) -> nn.Sequential:
    """Return R networks ``[R, B, points]``, the points a multiple of 8, to ``[R, B, classes]``, with PyTorch's start.

    All of the design counts but its shortcut, which does not change a shape: ``shortcut`` ``[R]`` is 1 for replicas
    with shortcuts and 0 for those without.
    """
    first = Conv1d(1, design.channels, stream, kernel=5, stride=2, padding=2)
    blocks = [Block(stream, design, shortcut) for _ in range(design.layers - 1)]
    left = (points >> design.layers) * design.channels
    last = Linear(left, classes, stream)
    return nn.Sequential(nn.Unflatten(2, (points, 1)), first, nn.ReLU(), *blocks, nn.Flatten(2), last)
