"""The plain deep network of the book: hidden layers of equal width, one after another."""

from collections.abc import Callable

from torch import nn

from lecture.models.initialisers import Initialiser, torch_default
from lecture.models.layers import Linear
from lecture.seeds import Stream


def mlp(
    stream: Stream,
    *,
    depth: int,
    width: int,
    activation: Callable[[], nn.Module],
    init: Initialiser = torch_default,
    norm: Callable[[int], nn.Module] | None = None,
    inputs: int = 40,
    classes: int = 10,
) -> nn.Sequential:
    """Return R networks ``[R, B, inputs]`` to ``[R, B, classes]`` with ``depth`` hidden layers.

    Args:
        stream: Draws the weights, from the first layer to the last.
        depth: Number of hidden layers.
        width: Units in each.
        activation: Makes a layer's non-linearity, for example ``nn.ReLU``.
        init: How the weights of all layers start, the last included.
        norm: Makes the normalisation between a layer's weights and its non-linearity, given the width.
        inputs: Points of a signal.
        classes: Numbers given out.
    """
    layers: list[nn.Module] = []
    for fan_in in [inputs] + [width] * (depth - 1):
        layers += [Linear(fan_in, width, stream, init), *([norm(width)] if norm else []), activation()]
    return nn.Sequential(*layers, Linear(width, classes, stream, init))
