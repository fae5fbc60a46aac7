"""Small pieces of the photographs that ship with scikit-image: real pictures, though each class is one photograph."""

from functools import cache

import numpy as np
import skimage.data
import torch
from numpy.typing import NDArray
from skimage.color import rgb2gray
from torch import Tensor

from lecture.data.images import Images

PHOTOGRAPHS = ("astronaut", "brick", "camera", "cat", "coffee", "coins", "grass", "gravel", "moon", "rocket")
SIZE = 32
"""Side of a small piece, after two by two pixels have been made one: it covers 64 x 64 pixels of the photograph."""
FLAT = 0.04
"""Standard deviation of a piece (white is 1) below which it is sky or table, and is not used."""

Pixels = NDArray[np.float64]


def pieces(each: int, seed: int, side: int = SIZE, shrink: int = 2) -> tuple[Images, Tensor]:
    """Return grey pieces, ``each`` so many, from random places of both halves of each photograph, and their half.

    Every piece is shifted and scaled to mean 0.5 and one contrast: otherwise exposure alone would tell the photographs
    apart. They are ``[n, side, side]``, sorted by photograph, and the halves ``[n]``: 0 for the left one, 1 for the
    right. No piece reaches into the other half. First, ``shrink`` by ``shrink`` pixels of a photograph are made one.
    """
    random = np.random.default_rng(seed)
    found, labels, halves = [], [], []
    for label, name in enumerate(PHOTOGRAPHS):
        for half, part in enumerate(_halves(name, shrink)):
            found += [_at_one_contrast(part, side, random) for _ in range(each)]
            labels += [label] * each
            halves += [half] * each
    x = torch.from_numpy(np.stack(found).astype(np.float32))
    return Images("photographs", x, torch.tensor(labels)), torch.tensor(halves)


def halves(train: int, test: int, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return pieces of the left halves and labels to train on, and pieces of the right halves and labels to test on.

    Both are in random order, every photograph about equally often; fewer training pieces are the first of more.
    """
    found, half = pieces(-(-max(train, test) // len(PHOTOGRAPHS)), seed)
    left, right = (
        places[torch.from_numpy(np.random.default_rng([seed, side]).permutation(len(places)))[:n]]
        for side, n in enumerate((train, test))
        for places in [torch.nonzero(half == side)[:, 0]]
    )
    return found.x[left], found.y[left], found.x[right], found.y[right]


def faces() -> Images:
    """Return 100 faces and 100 other pieces of photographs, ``[200, 25, 25]``: a part of Labeled Faces in the Wild."""
    found = skimage.data.lfw_subset()
    x = torch.from_numpy(found.astype(np.float32))
    return Images("faces", x, torch.arange(200) // 100)


@cache
def _halves(name: str, shrink: int) -> tuple[Pixels, Pixels]:
    picture = getattr(skimage.data, name)()
    grey = rgb2gray(picture) if picture.ndim == 3 else picture / 255
    height, width = (side // shrink for side in grey.shape)
    small = grey[: shrink * height, : shrink * width].reshape(height, shrink, width, shrink).mean((1, 3))
    return small[:, : width // 2], small[:, width // 2 :]


def _at_one_contrast(part: Pixels, side: int, random: np.random.Generator) -> Pixels:
    """Return one piece from a random place that is not flat."""
    while True:
        top, left = (random.integers(length - side + 1) for length in part.shape)
        piece: Pixels = part[top : top + side, left : left + side]
        if piece.std() > FLAT:
            return np.asarray(np.clip(0.5 + 0.2 * (piece - piece.mean()) / piece.std(), 0, 1))
