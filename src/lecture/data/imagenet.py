"""ImageNet, or a part of it: photographs in a folder for each class (Russakovsky et al. 2015).

Whoever registers at image-net.org gets it, and may not hand it on. So nothing is downloaded: it is read from the folder
``LECTURE_DATA``, where ``train`` and ``val`` lie in ``imagenet`` or by themselves, with a folder for each class in
either. A part such as Imagenette, with some of the classes, is welcome: records say how many there were.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from lecture.data.pictures import Pictures
from lecture.errors import LectureError

SOURCE = "image-net.org by hand: put train/ and val/, a folder a class, into LECTURE_DATA/imagenet"
CLASSES, TRAIN, VAL = 1000, 1_281_167, 50_000
"""Classes and photographs of the whole (Russakovsky et al. 2015, table 2)."""
SUFFIXES = {".jpeg", ".jpg", ".png"}
LAYOUT = "imagenet/train/<class>/*.JPEG and imagenet/val/<class>/*.JPEG"


@dataclass(frozen=True, eq=False)
class ImageNet:
    """What lies in the folder.

    Attributes:
        classes: Names of the classes' folders, sorted.
        train: Photographs to learn from.
        val: Photographs to test on: the true labels of the test set have never been published.
    """

    classes: tuple[str, ...]
    train: Pictures
    val: Pictures

    def digest(self) -> str:
        """Return what identifies it: names and sizes of all files, since 150 gigabytes are too much to be summed up."""
        found = sha256()
        for part in (self.train, self.val):
            found.update(b"\n".join(part.names.tolist()) + part.bytes.tobytes())
        return found.hexdigest()


class Published:
    """It, whether this machine has it or not."""

    def digest(self) -> str | None:
        """Return what identifies what is in the folder; None where there is none, and nothing can be computed."""
        return load().digest() if here() else None


def published() -> Published:
    """Return what an experiment names as its source: its records can then be looked at where the folder is not."""
    return Published()


def here() -> bool:
    """Tell whether this machine has it."""
    return _root() is not None


def contents() -> str:
    """Return in words how much of it is here.

    Raises:
        LectureError: See :func:`load`.
    """
    found = load()
    return (
        f"{len(found.classes):,} classes, {len(found.train):,} photographs to learn from, {len(found.val):,} to test on"
    )


def load() -> ImageNet:
    """Return what is in the folder; the files are listed, and opened only when they are needed.

    Raises:
        LectureError: There is no such folder, a class has no pictures, or ``train`` and ``val`` have other classes.
    """
    root = _root()
    if root is None:
        chosen = os.environ.get("LECTURE_DATA")
        where = (
            f"{chosen} has no ImageNet" if chosen else "ImageNet is not on this machine, LECTURE_DATA names no folder"
        )
        raise LectureError(f"{where}: it needs {LAYOUT}")
    return _listed(root)


def _root() -> Path | None:
    """Return the folder that has ``train`` and ``val``."""
    if not (chosen := os.environ.get("LECTURE_DATA")):
        return None
    folder = Path(chosen).expanduser()
    return next((root for root in (folder / "imagenet", folder) if (root / "train").is_dir()), None)


@cache
def _listed(root: Path) -> ImageNet:
    try:
        found = {part: _classes(root / part) for part in ("train", "val")}
        if odd := sorted(set(found["train"]) ^ set(found["val"])):
            only = "train" if odd[0] in found["train"] else "val"
            more = f" and {len(odd) - 1} more" if len(odd) > 1 else ""
            raise LectureError(f"{root}: train and val need the same classes, {odd[0]}{more} is only in {only}")
        train, val = (_pictures(root / part, found[part]) for part in ("train", "val"))
    except OSError as error:
        raise LectureError(
            f"cannot list {error.filename or root} ({error.strerror}): ImageNet needs {LAYOUT}"
        ) from error
    return ImageNet(tuple(found["train"]), train, val)


def _classes(folder: Path) -> list[str]:
    """Return the folders in a folder, sorted."""
    found = sorted(entry.name for entry in os.scandir(folder) if entry.is_dir() and not entry.name.startswith("."))
    if not found:
        raise LectureError(f"{folder} has no folders: ImageNet needs one for each class, {LAYOUT}")
    return found


def _pictures(folder: Path, classes: list[str]) -> Pictures:
    names, y, sizes = [], [], []
    for number, name in enumerate(classes):
        files = sorted(_files(folder / name))
        if not files:
            raise LectureError(
                f"{folder / name} has no pictures: put the class's there, or remove it from train and val"
            )
        names += [os.fsencode(f"{name}/{file}") for file, _ in files]
        sizes += [size for _, size in files]
        y += [number] * len(files)
    return Pictures(folder, np.array(names), np.array(y), np.array(sizes))


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield the pictures in a folder, each with its size in bytes."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if Path(entry.name).suffix.lower() in SUFFIXES and not entry.name.startswith("."):
                yield entry.name, entry.stat().st_size
