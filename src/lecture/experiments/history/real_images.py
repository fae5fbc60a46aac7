"""The images on which the contenders of C01 compete, HOG (features made by hand), and what the contests share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from skimage.feature import hog
from torch import Tensor

from lecture.data import fashion_mnist, mnist, photographs, whole_mnist
from lecture.data.images import Images
from lecture.experiments.experiment import Experiment

CELL, BLOCK, DIRECTIONS = 4, 2, 9
"""Pixels of a cell, cells of a block, directions of an edge: Dalal and Triggs (2005) with cells made for 28 pixels."""


@cache
def source(pool: int = 5000) -> Images:
    """Return the training images of Fashion-MNIST where this machine has it, else the 5,000 digits of MNIST.

    Where a pool needs more than these, and the machine has them, it is all training digits.
    """
    if fashion_mnist.here():
        return fashion_mnist.load()
    digits = mnist.load()
    return whole_mnist.load() if pool > len(digits.y) and whole_mnist.here() else digits


@cache
def images(pool: int) -> Images:
    """Return ``pool`` of these images at equal distances, since the digits are sorted by class."""
    found = source(pool)
    every = max(1, len(found.y) // pool)
    return Images(found.name, found.x[::every][:pool].contiguous(), found.y[::every][:pool].contiguous())


@cache
def with_hog(pool: int) -> Images:
    """Return the labels of the same ``pool`` with the histogram of oriented gradients ``[n, d]`` of each image."""
    found = images(pool)
    return Images(found.name, described(found.x), found.y)


def described(x: Tensor) -> Tensor:
    """Return the histogram of oriented gradients of each image ``[n, height, width]``, ``[n, d]``."""
    return torch.from_numpy(np.stack([describe(image) for image in x]))


def describe(image: Tensor) -> NDArray[np.float32]:
    """Return one image's histogram of oriented gradients, ``[d]``, float32."""
    cells, blocks = (CELL, CELL), (BLOCK, BLOCK)
    found = hog(image.numpy(), orientations=DIRECTIONS, pixels_per_cell=cells, cells_per_block=blocks)
    return np.asarray(found, np.float32)


@dataclass(frozen=True, kw_only=True)
class Contest(Experiment):
    """Each seed draws its own test images and its own training images; a larger training set contains the smaller one.

    All seeds draw from one pool: at 4,000 of 5,000 images, two of them share about 80 % of their training images, and
    pilot seeds see the same images in another split, some of them test images of the seeds reported.

    Attributes:
        pool: Images in all, of the set that this machine has.
        sizes: Training images; a size for which the pool is too small is left out.
        test: Test images of each seed.
        steps: Steps of training, one number for each size.
        batch: Images a step.
    """

    seeds: int = 10
    pool: int = 5000
    sizes: tuple[int, ...] = (100, 1000, 4000)
    test: int = 1000
    steps: tuple[int, ...] = (150, 500, 1600)
    batch: int = 50

    sources: ClassVar[tuple[Callable[[], Images], ...]] = (source,)
    size: ClassVar[str] = "{sizes} of {pool} images, {steps} steps of {batch} = {passes} passes"
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "pool": 300, "sizes": (40, 80), "test": 60, "steps": (4, 4)},
        "full": {"pool": 60_000, "sizes": (100, 1000, 4000, 16_000), "steps": (200, 600, 2400, 9600)},
    }

    def data_digest(self) -> str:
        """Return what identifies the images; empty where all is made here."""
        return source(self.pool).digest() if self.sources else ""

    @property
    def passes(self) -> tuple[float, ...]:
        """Passes over the training images, one number for each size."""
        return tuple(steps * self.batch / n for n, steps in zip(self.sizes, self.steps, strict=True))

    @property
    def images(self) -> str:
        """The images' name."""
        return images(self.pool).name

    def rounds(self) -> list[tuple[int, int]]:
        """Return each number of training images with its steps."""
        most = len(images(self.pool).y) - self.test
        return [(n, steps) for n, steps in zip(self.sizes, self.steps, strict=True) if n <= most]

    def split(self, seed: int, hog: bool = False) -> tuple[Tensor, ...]:
        """Return a seed's training images and labels, test images and labels; in the place of images their HOG."""
        found = with_hog(self.pool) if hog else images(self.pool)
        return found.split(self.rounds()[-1][0], self.test, seed)

    def splits(self, device: torch.device, hog: bool = False) -> tuple[Tensor, ...]:
        """Return the same of all seeds, with a seed axis in front."""
        return self.seeds_on(device).stack(lambda seed: self.split(seed, hog))


@dataclass(frozen=True, kw_only=True)
class OnPhotographs(Contest):
    """Put before a contest, it is one on photographs, where edges in places tell little: grass is grass anywhere.

    From which of ten photographs is this piece of 32 by 32 pixels? Every piece has the same brightness and contrast.
    Each seed draws its own; training pieces lie in the left half of their photograph, test pieces in the right.
    """

    sizes: tuple[int, ...] = (1000,)
    steps: tuple[int, ...] = (1600,)

    sources: ClassVar = ()
    size: ClassVar[str] = "{sizes} pieces of ten photographs, {steps} steps of {batch} = {passes} passes"
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "sizes": (80,), "test": 60, "steps": (4,)},
        "full": {"sizes": (1000, 4000), "steps": (1600, 6400)},
    }

    @property
    def images(self) -> str:
        """The images' name."""
        return "pieces of photographs"

    def rounds(self) -> list[tuple[int, int]]:
        """Return each number of training images with its steps."""
        return list(zip(self.sizes, self.steps, strict=True))

    def split(self, seed: int, hog: bool = False) -> tuple[Tensor, ...]:
        """Return a seed's training images and labels, test images and labels; in the place of images their HOG."""
        x, y, x_test, y_test = photographs.halves(max(self.sizes), self.test, seed)
        return (described(x), y, described(x_test), y_test) if hog else (x, y, x_test, y_test)
