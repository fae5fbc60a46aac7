"""A tiny ImageNet: made-up photographs in a folder for each class, as JPEG."""

from pathlib import Path

import numpy as np
from PIL import Image

CLASSES = ("n01440764", "n02102040", "n03000684")
"""Of the names that ImageNet has."""
TRAIN, VAL = 4, 2
"""Photographs of each class."""


def write(folder: Path) -> Path:
    """Write it into a folder, as ``imagenet/train`` and ``imagenet/val``, and return ``imagenet``."""
    random = np.random.default_rng(0)
    for part, count in (("train", TRAIN), ("val", VAL)):
        for number, name in enumerate(CLASSES):
            place = folder / "imagenet" / part / name
            place.mkdir(parents=True)
            for index in range(count):
                pixels = random.integers(0, 120, (30 + index, 40, 3), np.uint8)
                pixels[..., number] += 120  # a colour is a class
                Image.fromarray(pixels).save(place / f"{name}_{index}.JPEG", quality=90)
    return folder / "imagenet"
