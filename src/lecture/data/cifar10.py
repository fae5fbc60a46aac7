"""CIFAR-10: 50,000 + 10,000 photographs of ten classes, 32 by 32 pixels in colour (Krizhevsky 2009, chapter 3).

No package ships it. It is used from the folder ``LECTURE_DATA`` (its six ``.bin`` files, there or in
``cifar-10-batches-bin``, or the archive ``cifar-10-binary.tar.gz``), else downloaded once from its home. Every file is
checked by its sha256, so that what is used is always the published set.
"""

import tarfile
import zlib
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch

from lecture.data import files
from lecture.data.images import Images
from lecture.errors import LectureError

SOURCE = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"
ARCHIVE = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"
ARCHIVE_FILE = "cifar-10-binary.tar"  # packed by gzip, as files.places() takes for granted
FOLDER = "cifar-10-batches-bin"
TRAIN = {
    "data_batch_1.bin": "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
    "data_batch_2.bin": "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
    "data_batch_3.bin": "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
    "data_batch_4.bin": "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
    "data_batch_5.bin": "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
}
TEST = {"test_batch.bin": "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"}
SIDE, COLOURS = 32, 3
BYTES = 60_000 * COLOURS * SIDE**2 * 4
"""Of both parts, as they are loaded."""


@cache
def load(part: str = "train") -> Images:
    """Return the training set, ``[50000, 3, 32, 32]``, or with ``part="test"`` the test set, ``[10000, 3, 32, 32]``.

    Raises:
        LectureError: The machine does not have the set and cannot download it, or a file is not the published one.
    """
    rows = np.concatenate([_read(name, digest) for name, digest in (TRAIN if part == "train" else TEST).items()])
    pixels = torch.tensor(rows[:, 1:]).view(-1, COLOURS, SIDE, SIDE).float() / 255
    return Images("CIFAR-10", pixels, torch.tensor(rows[:, 0]).long())


class Published:
    """The set as it was published, whether this machine has it or not."""

    def digest(self) -> str:
        """Return what identifies its content: no other is ever loaded."""
        return sha256(" ".join((TRAIN | TEST).values()).encode()).hexdigest()


def published() -> Published:
    """Return what an experiment names as its source: its records can then be looked at where the set is not."""
    return Published()


def here() -> bool:
    """Tell whether all six files are on this machine, so that no download is needed."""
    return bool(_first(ARCHIVE_FILE)) or all(_first(name) for name in TRAIN | TEST)


def _first(name: str) -> Path | None:
    """Return the first file of that name where the set may lie."""
    return next((path for path in files.places(FOLDER, name) if path.exists()), None)


def _read(name: str, digest: str) -> np.ndarray:
    """Return a file's rows: a label, then the red, the green and the blue pixels."""
    path = _first(name)
    if path is None and (archive := _first(ARCHIVE_FILE)):
        content = _unpacked(archive, name, digest)
    else:
        if path is None:
            way_out = "put cifar-10-binary.tar.gz from its home page into a folder and set LECTURE_DATA to it"
            unpacked = files.download(SOURCE, "CIFAR-10", way_out, ARCHIVE, unpack=True)
            path = next(path for path in unpacked if path.name == name)
        content = files.content(path, digest, "CIFAR-10")
    return np.frombuffer(content, np.uint8).reshape(-1, 1 + COLOURS * SIDE**2)


def _unpacked(archive: Path, name: str, digest: str) -> bytes:
    """Return a file of an archive that lies here.

    Raises:
        LectureError: The archive cannot be read, or the file in it is not the published one.
    """
    try:
        with tarfile.open(archive) as members:
            member = members.extractfile(f"{FOLDER}/{name}")
            content = member.read() if member else b""
    except (OSError, EOFError, KeyError, tarfile.TarError, zlib.error) as error:
        raise LectureError(
            f"cannot read {name} in {archive} ({type(error).__name__}): delete it, then try again"
        ) from error
    if sha256(content).hexdigest() != digest:
        raise LectureError(f"{name} in {archive} is not the published file of CIFAR-10: delete it, then try again")
    return content
