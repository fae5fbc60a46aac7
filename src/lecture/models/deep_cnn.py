"""A convolutional network over a line of points, as deep as wanted."""

from collections.abc import Callable

from torch import nn

from lecture.models.convolution import Conv1d
from lecture.models.initialisers import Initialiser, torch_default
from lecture.models.layers import Linear
from lecture.seeds import Stream

POINTS = 40  # of a signal
HALVINGS = 3  # convolutions that halve the line: 40 points become 20, 10 and 5; deeper ones leave it as it is


def deep_cnn(
    stream: Stream,
    *,
    layers: int,
    channels: int,
    activation: Callable[[], nn.Module],
    init: Initialiser = torch_default,
    classes: int = 10,
) -> nn.Sequential:
    """Return R networks ``[R, B, 40]`` to ``[R, B, classes]``.

    The layers are those with weights: convolutions, the first over 5 points and the others over 3, each followed by an
    activation, and a linear one at the end.

    Raises:
        ValueError: Fewer than two layers.
    """
    if layers < 2:
        raise ValueError(f"a convolutional network has at least two layers, not {layers}")
    parts: list[nn.Module] = [nn.Unflatten(2, (POINTS, 1))]
    for n in range(layers - 1):
        inputs, kernel, stride = (1, 5, 2) if n == 0 else (channels, 3, 2 if n < HALVINGS else 1)
        parts += [
            Conv1d(inputs, channels, stream, kernel=kernel, stride=stride, padding=kernel // 2, init=init),
            activation(),
        ]
    left = POINTS >> min(layers - 1, HALVINGS)
    return nn.Sequential(*parts, nn.Flatten(2), Linear(left * channels, classes, stream, init))
