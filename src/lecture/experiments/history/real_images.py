"""The images on which pipelines and networks compete, and HOG, the features made by hand."""

from collections.abc import Iterable
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from skimage.feature import hog
from torch import Tensor

from lecture.data import fashion_mnist, mnist
from lecture.data.images import Images

CELL, BLOCK, DIRECTIONS = 4, 2, 9
"""Pixels of a cell, cells of a block, directions of an edge: Dalal and Triggs (2005) with cells made for 28 pixels."""


@cache
def images(pool: int) -> Images:
    """Return ``pool`` training images of Fashion-MNIST where this machine has it, else of the 5,000 digits of MNIST.

    They are taken at equal distances, since the digits are sorted by class.
    """
    found = fashion_mnist.load() if fashion_mnist.here() else mnist.load()
    every = max(1, len(found.y) // pool)
    return Images(found.name, found.x[::every][:pool].contiguous(), found.y[::every][:pool].contiguous())


def digest(pool: int) -> str:
    """Return what identifies the images."""
    return f"{images(pool).name} {images(pool).digest()}"


def with_hog(found: Images) -> Images:
    """Return the same labels with the histogram of oriented gradients ``[n, d]`` in the place of each image."""
    features = np.stack([describe(image) for image in found.x])
    return Images(found.name, torch.from_numpy(features), found.y)


def describe(image: Tensor) -> NDArray[np.float32]:
    """Return one image's histogram of oriented gradients, ``[d]``, float32."""
    cells, blocks = (CELL, CELL), (BLOCK, BLOCK)
    found = hog(image.numpy(), orientations=DIRECTIONS, pixels_per_cell=cells, cells_per_block=blocks)
    return np.asarray(found, np.float32)


def splits(found: Images, train: int, test: int, seeds: Iterable[int]) -> list[Tensor]:
    """Return each seed's own training images, their labels, test images and their labels, with a seed axis in front."""
    return [torch.stack(parts) for parts in zip(*(found.split(train, test, seed) for seed in seeds), strict=True)]
