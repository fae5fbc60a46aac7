"""The plain deep network of the book: hidden layers of equal width, one after another."""

from collections.abc import Callable

from torch import nn

from lecture.models.activations import ACTIVATIONS
from lecture.models.initialisers import INITIALISERS, Initialiser, torch_default
from lecture.models.layers import Linear
from lecture.seeds import Stream


def mlp(
    stream: Stream,
    *,
    depth: int,
    width: int,
    activation: str | Callable[[], nn.Module],
    init: str | Initialiser = torch_default,
    norm: Callable[[int], nn.Module] | None = None,
    inputs: int = 40,
    classes: int = 10,
) -> nn.Sequential:
    """Return R networks ``[R, B, inputs]`` to ``[R, B, classes]`` with ``depth`` hidden layers.

    Args:
        stream: Draws the weights, from the first layer to the last.
        depth: Number of hidden layers.
        width: Units in each.
        activation: Makes a layer's non-linearity, for example ``nn.ReLU``, or its name in ``ACTIVATIONS``.
        init: How the weights of all layers start, the last included, or the name in ``INITIALISERS``.
        norm: Makes the normalisation between a layer's weights and its non-linearity, given the width.
        inputs: Points of a signal.
        classes: Numbers given out.
    """
    activation = ACTIVATIONS[activation] if isinstance(activation, str) else activation
    init = INITIALISERS[init] if isinstance(init, str) else init
    layers: list[nn.Module] = []
    for fan_in in [inputs] + [width] * (depth - 1):
        layers += [Linear(fan_in, width, stream, init), *([norm(width)] if norm else []), activation()]
    return nn.Sequential(*layers, Linear(width, classes, stream, init))
