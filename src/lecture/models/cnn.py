"""The convolutional network of the MNIST-1D paper in any width (Greydanus and Kobak 2024, ``ConvBase`` in its code)."""

from torch import nn

from lecture.models.convolution import Conv1d
from lecture.models.layers import Linear
from lecture.seeds import Stream


def cnn(stream: Stream, *, channels: int = 25, points: int = 40, classes: int = 10) -> nn.Sequential:
    """Return R networks ``[R, B, points]`` to ``[R, B, classes]``; the points are a multiple of 8.

    Three convolutions, each halving the line, then a linear layer. With 25 channels each has 5,210 parameters, all with
    PyTorch's default start, as in the paper's code.
    """
    return nn.Sequential(
        nn.Unflatten(2, (points, 1)),
        Conv1d(1, channels, stream, kernel=5, stride=2, padding=1),
        nn.ReLU(),
        Conv1d(channels, channels, stream, kernel=3, stride=2, padding=1),
        nn.ReLU(),
        Conv1d(channels, channels, stream, kernel=3, stride=2, padding=1),
        nn.ReLU(),
        nn.Flatten(2),
        Linear(channels * points // 8, classes, stream),
    )
