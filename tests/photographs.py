"""A tiny CIFAR-10: made-up photographs, and the archive that holds them, in the published format."""

import io
import tarfile
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from lecture.data import cifar10
from lecture.data.images import Images

FEW = 60
"""Photographs of either part: six of each class."""


def made_up(part: str = "train") -> Images:
    """Return photographs of ten classes: noise, and a bright bar whose place is the class."""
    rows = pixels(part)
    return Images(
        "made up", torch.tensor(rows[:, 1:]).view(-1, 3, 32, 32).float() / 255, torch.tensor(rows[:, 0]).long()
    )


def pixels(part: str) -> NDArray[np.uint8]:
    """Return them as the rows of a file: a label, then the red, the green and the blue pixels."""
    random = np.random.default_rng(len(part))
    x, y = random.integers(0, 120, (FEW, 3, 32, 32), np.uint8), np.arange(FEW) % 10
    for image, label in zip(x, y, strict=True):
        image[label % 3, 3 * label : 3 * label + 5] += 120
    return np.concatenate([y[:, None].astype(np.uint8), x.reshape(FEW, -1)], 1)


def archive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the archive into a folder, let its files count as the published ones, and return it."""
    parts = np.split(pixels("train"), len(cifar10.TRAIN))
    contents = {name: part.tobytes() for name, part in zip(cifar10.TRAIN, parts, strict=True)}
    contents["test_batch.bin"] = pixels("test").tobytes()
    path = folder / f"{cifar10.ARCHIVE_FILE}.gz"
    with tarfile.open(path, "w:gz") as file:
        for name, content in contents.items():
            member = tarfile.TarInfo(f"{cifar10.FOLDER}/{name}")
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
            monkeypatch.setitem(cifar10.TRAIN if "data" in name else cifar10.TEST, name, sha256(content).hexdigest())
    return path
