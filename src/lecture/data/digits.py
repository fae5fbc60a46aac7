"""Digits: 1,797 real handwritten digits of 8x8 points, shipped with scikit-learn (Alpaydin and Kaynak 1998)."""

from functools import cache

import torch
from sklearn.datasets import load_digits

from lecture.data.images import Images


@cache
def load() -> Images:
    """Return all images, ``[1797, 8, 8]``, in the order of the file."""
    pixels, labels = load_digits(return_X_y=True)
    return Images(
        "Digits",
        torch.from_numpy(pixels / 16).float().view(-1, 8, 8),
        torch.from_numpy(labels).long(),
    )
