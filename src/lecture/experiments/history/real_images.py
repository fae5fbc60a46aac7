"""The images on which the contenders of C01 compete, HOG (features made by hand), and what the contests share."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from skimage.feature import hog
from torch import Tensor

from lecture.data import fashion_mnist, mnist
from lecture.data.images import Images
from lecture.experiments.experiment import Experiment

CELL, BLOCK, DIRECTIONS = 4, 2, 9
"""Pixels of a cell, cells of a block, directions of an edge: Dalal and Triggs (2005) with cells made for 28 pixels."""


@cache
def source() -> Images:
    """Return the training images of Fashion-MNIST where this machine has it, else the 5,000 digits of MNIST."""
    return fashion_mnist.load() if fashion_mnist.here() else mnist.load()


@cache
def images(pool: int) -> Images:
    """Return ``pool`` of these images at equal distances, since the digits are sorted by class."""
    found = source()
    every = max(1, len(found.y) // pool)
    return Images(found.name, found.x[::every][:pool].contiguous(), found.y[::every][:pool].contiguous())


def with_hog(found: Images) -> Images:
    """Return the same labels with the histogram of oriented gradients ``[n, d]`` in the place of each image."""
    features = np.stack([describe(image) for image in found.x])
    return Images(found.name, torch.from_numpy(features), found.y)


def describe(image: Tensor) -> NDArray[np.float32]:
    """Return one image's histogram of oriented gradients, ``[d]``, float32."""
    cells, blocks = (CELL, CELL), (BLOCK, BLOCK)
    found = hog(image.numpy(), orientations=DIRECTIONS, pixels_per_cell=cells, cells_per_block=blocks)
    return np.asarray(found, np.float32)


@dataclass(frozen=True, kw_only=True)
class Contest(Experiment):
    """Each seed draws its own test images and its own training images; a larger training set contains the smaller one.

    All seeds draw from one pool: at 4,000 of 5,000 images, two of them share about 80 % of their training images, and
    pilot seeds (1000 and up) see the same images in another split, some of them test images of the seeds reported.

    Attributes:
        pool: Images in all, of the set that this machine has.
        sizes: Training images; a size for which the pool is too small is left out.
        test: Test images of each seed.
        steps: Steps of training, one number for each size.
        batch: Images a step.
    """

    seeds: int = 5
    pool: int = 5000
    sizes: tuple[int, ...] = (100, 300, 1000, 4000)
    test: int = 1000
    steps: tuple[int, ...] = (100, 150, 300, 800)
    batch: int = 50

    sources: ClassVar = (source,)
    size: ClassVar[str] = "{sizes} of {pool} images, {steps} steps of {batch} = {passes} passes"
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "pool": 300, "sizes": (40, 80), "test": 60, "steps": (4, 4)},
        "full": {
            "seeds": 10,
            "pool": 60_000,
            "sizes": (100, 300, 1000, 4000, 16_000),
            "steps": (100, 200, 400, 800, 3200),
        },
    }

    @property
    def passes(self) -> tuple[float, ...]:
        """Passes over the training images, one number for each size."""
        return tuple(steps * self.batch / n for n, steps in zip(self.sizes, self.steps, strict=True))

    def rounds(self) -> list[tuple[int, int]]:
        """Return each number of training images with its steps."""
        most = len(images(self.pool).y) - self.test
        return [(n, steps) for n, steps in zip(self.sizes, self.steps, strict=True) if n <= most]

    def splits(self, found: Images, device: torch.device) -> tuple[Tensor, ...]:
        """Return the training images, their labels, the test images and their labels, with a seed axis in front."""
        most = self.rounds()[-1][0]
        return self.seeds_on(device).stack(lambda seed: found.split(most, self.test, seed))
