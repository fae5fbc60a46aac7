"""The small convolutional network for grey images, one network in the layers of ``torch.nn``."""

import torch
from torch import nn


def digit_network(generator: torch.Generator, *, channels: tuple[int, int], width: int) -> nn.Sequential:
    """Return a network ``[B, 1, 28, 28]`` to ``[B, 10]``: that of :func:`~lecture.models.image_network.image_network`.

    Args:
        generator: Draws the weights by He's rule; biases start at 0.
        channels: Of the two convolutions.
        width: Units of the hidden linear layer.
    """
    network = nn.Sequential(
        nn.ZeroPad2d((0, 1, 0, 1)),  # to 29 pixels: only then do the strides come out even
        nn.Conv2d(1, channels[0], 5, stride=2),
        nn.ReLU(),
        nn.Conv2d(channels[0], channels[1], 5, stride=2),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(channels[1] * 5 * 5, width),
        nn.ReLU(),
        nn.Linear(width, 10),
    )
    for layer in network:
        if isinstance(layer, nn.Conv2d | nn.Linear):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu", generator=generator)
            assert layer.bias is not None
            nn.init.zeros_(layer.bias)
    return network
