"""A tiny MNIST: made-up digits, and the four files that hold them, in the published format."""

import gzip
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from lecture.data import idx
from lecture.data.images import Images

FEW = 60
"""Digits of either part: six of each class."""


def made_up(part: str = "train") -> Images:
    """Return digits of ten classes: faint noise, and a stroke whose place is the class."""
    x, y = digits(part)
    return Images("made up", torch.tensor(x).float() / 255, torch.tensor(y).long())


def digits(part: str, seed: int = 0) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return them as bytes, ``[n, 28, 28]`` and ``[n]``; another seed for another set."""
    random = np.random.default_rng([len(part), seed])
    x, y = random.integers(0, 60, (FEW, 28, 28), np.uint8), np.arange(FEW, dtype=np.uint8) % 10
    for image, label in zip(x, y, strict=True):
        image[4:24, 2 * label + 4 : 2 * label + 6] += 190
    return x, y


def contents(seed: int = 0) -> dict[str, bytes]:
    """Return what is in each of the four files, by its name."""
    found = {}
    for part in ("train", "t10k"):
        for kind, numbers in zip(("images", "labels"), digits(part, seed), strict=True):
            lengths = np.array(numbers.shape, ">u4").tobytes()
            head = bytes((0, 0, 8, numbers.ndim)) + lengths
            found[f"{part}-{kind}-idx{numbers.ndim}-ubyte"] = head + numbers.tobytes()
    return found


def files(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str = "MNIST", seed: int = 0, packed: bool = True
) -> None:
    """Write the four files into a folder, and let them count as the published ones of the set of that name."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in contents(seed).items():
        if packed:
            (folder / f"{file}.gz").write_bytes(gzip.compress(content))
        else:
            (folder / file).write_bytes(content)
        monkeypatch.setitem(idx.CONTENT[name], file, sha256(content).hexdigest())
