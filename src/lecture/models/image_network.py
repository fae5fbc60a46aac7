"""A small convolutional network for grey images, after Simard, Steinkraus and Platt (2003, section 5)."""

from torch import nn

from lecture.models.convolution2d import Conv2d
from lecture.models.initialisers import he
from lecture.models.layers import Linear
from lecture.seeds import Stream


def image_network(
    stream: Stream, *, channels: tuple[int, int] = (16, 32), width: int = 64, pixels: int = 28, classes: int = 10
) -> nn.Sequential:
    """Return R networks ``[R, B, pixels, pixels]`` to ``[R, B, classes]``; without its last layer, R feature maps.

    Two convolutions of 5 x 5 pixels, each of which halves the plane by its stride instead of by pooling, and two linear
    layers, as in the paper; ReLU and He's start instead of its sigmoids. As there, 28 pixels are made 29 by a row and a
    column of zeros: only then do the strides come out even and every pixel is seen. ``width`` units of the hidden
    linear layer are the list of learned features.
    """
    added = -(pixels - 5) % 4
    side = (pixels + added - 5) // 4 - 1
    return nn.Sequential(
        nn.ZeroPad2d((0, added, 0, added)),
        nn.Unflatten(3, (pixels + added, 1)),
        Conv2d(1, channels[0], stream, kernel=5, stride=2, init=he),
        nn.ReLU(),
        Conv2d(channels[0], channels[1], stream, kernel=5, stride=2, init=he),
        nn.ReLU(),
        nn.Flatten(2),
        Linear(channels[1] * side**2, width, stream, he),
        nn.ReLU(),
        Linear(width, classes, stream),
    )
