"""Fashion-MNIST: 60,000 + 10,000 real images of clothes in ten classes (Xiao, Rasul and Vollgraf 2017).

Used where the machine has it: in the folder ``LECTURE_DATA``, or from Debian's package ``dataset-fashion-mnist``.
Else it is downloaded once. Every copy is checked by the sha256 of its unpacked content: packagers compress it anew.
"""

import gzip
import logging
import os
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import pooch
import torch
from numpy.typing import NDArray
from platformdirs import user_cache_path

from lecture.data.images import Images
from lecture.errors import LectureError

SOURCE = "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"
DEBIAN = Path("/usr/share/datasets/fashion-mnist")
CONTENT = {  # sha256 of the unpacked file
    "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
}


@cache
def load(part: str = "train") -> Images:
    """Return the official training set, ``[60000, 28, 28]``, or with ``part="t10k"`` the test set, ``[10000, 28, 28]``.

    Raises:
        LectureError: The machine does not have the set and cannot download it, or a file's content is wrong.
    """
    pixels = _read(f"{part}-images-idx3-ubyte", header=16).reshape(-1, 28, 28)
    labels = _read(f"{part}-labels-idx1-ubyte", header=8)
    return Images("Fashion-MNIST", torch.tensor(pixels).float() / 255, torch.tensor(labels).long())


def here() -> bool:
    """Tell whether all four files are on this machine, so that no download is needed."""
    return all(any(path.exists() for path in _places(name)) for name in CONTENT)


def _places(name: str) -> list[Path]:
    folders = [DEBIAN, _downloads()]
    if chosen := os.environ.get("LECTURE_DATA"):
        folders = [Path(chosen).expanduser(), Path(chosen).expanduser() / "fashion-mnist", *folders]
    return [folder / file for folder in folders for file in (f"{name}.gz", name)]


def _downloads() -> Path:
    return user_cache_path("lecture", appauthor=False) / "data"


def _read(name: str, header: int) -> NDArray[np.uint8]:
    path = next((path for path in _places(name) if path.exists()), None) or _download(name)
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError) as error:
        raise LectureError(f"cannot read {path} ({error}): delete it, then try again") from error
    if sha256(content).hexdigest() != CONTENT[name]:
        raise LectureError(f"{path} is not the published file of Fashion-MNIST: delete it, then try again")
    return np.frombuffer(content, np.uint8, offset=header)


def _download(name: str) -> Path:
    logging.getLogger(pooch.get_logger().name).setLevel(logging.WARNING)
    try:
        path = pooch.retrieve(f"{SOURCE}{name}.gz", known_hash=None, fname=f"{name}.gz", path=_downloads())
    except Exception as error:  # each transport has its own; whichever it is, the way out is the same
        raise LectureError(
            f"Fashion-MNIST is not on this machine and cannot be downloaded ({type(error).__name__}): "
            "put its four .gz files into a folder and set LECTURE_DATA to it, or install Debian's dataset-fashion-mnist"
        ) from error
    return Path(path)
