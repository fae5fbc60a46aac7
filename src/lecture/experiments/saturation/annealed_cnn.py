"""C25: the convolutional network of the MNIST-1D paper, trained with a learning rate that falls to 0."""

import math

import torch
from torch import nn

from lecture.models.cnn import cnn
from lecture.seeds import Seeds
from lecture.training.annealing import cosine
from lecture.training.batches import minibatches
from lecture.training.loop import train
from lecture.training.optimisers import Adam


def trained(
    x: torch.Tensor, y: torch.Tensor, seeds: Seeds, *, channels: int, batch: int, steps: int, rate: float
) -> nn.Sequential:
    """Return R networks, trained by Adam along half a period of a cosine.

    Args:
        x: Signals, ``[R, n, points]``.
        y: Their classes, ``[R, n]``.
        seeds: R of them, for starts and orders.
        channels: Of each convolution.
        batch: Examples a step.
        steps: Length of the training.
        rate: Learning rate at the start.
    """
    model = cnn(seeds.stream("weights"), channels=channels, points=x.shape[2])
    optimiser = Adam(model, rate)
    train(model, optimiser, minibatches(x, y, batch, steps, seeds.stream("order")), on_step=cosine(optimiser, steps))
    return model


def cube_root_steps(least: int, n: int) -> int:
    """Return the steps for n examples: ``least`` at 100, growing with the cube root."""
    return round(least * math.pow(n / 100, 1 / 3))
