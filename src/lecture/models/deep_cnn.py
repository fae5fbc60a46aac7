"""A convolutional network over a line of points, as deep as wanted."""

from collections.abc import Callable

from torch import nn

from lecture.models.convolution import Conv1d
from lecture.models.initialisers import Initialiser, torch_default
from lecture.models.layers import Linear
from lecture.seeds import Stream

HALVINGS = 3  # convolutions that halve the line: 40 points become 20, 10 and 5; deeper ones leave it as it is


def deep_cnn(
    stream: Stream,
    *,
    layers: int,
    channels: int,
    activation: Callable[[], nn.Module],
    init: Initialiser = torch_default,
    points: int = 40,
    classes: int = 10,
) -> nn.Sequential:
    """Return R networks ``[R, B, points]`` to ``[R, B, classes]``.

    Args:
        stream: Draws the weights, from the first layer to the last.
        layers: Layers with weights: convolutions, the first over 5 points and the others over 3, and a linear one at
            the end. At least 2.
        channels: Channels of each convolution.
        activation: Makes the non-linearity after each convolution.
        init: How the weights of all layers start.
        points: Points of a signal; a multiple of 8.
        classes: Numbers given out.

    Raises:
        ValueError: Fewer than two layers.
    """
    if layers < 2:
        raise ValueError(f"a convolutional network has at least two layers, not {layers}")
    parts: list[nn.Module] = [nn.Unflatten(2, (points, 1))]
    for n in range(layers - 1):
        inputs, kernel, stride = (1, 5, 2) if n == 0 else (channels, 3, 2 if n < HALVINGS else 1)
        parts += [
            Conv1d(inputs, channels, stream, kernel=kernel, stride=stride, padding=kernel // 2, init=init),
            activation(),
        ]
    left = points >> min(layers - 1, HALVINGS)
    return nn.Sequential(*parts, nn.Flatten(2), Linear(left * channels, classes, stream, init))


def multiply_adds(model: nn.Sequential, points: int = 40) -> int:
    """Return the multiplications, each with its addition, that one example takes on its way through the network."""
    total, length = 0, points
    for layer in model:
        if isinstance(layer, Conv1d):
            length = (length + 2 * layer.padding - layer.kernel) // layer.stride + 1
            total += length * layer.weight[0].numel()
        elif isinstance(layer, Linear):
            total += layer.weight[0].numel()
    return total
