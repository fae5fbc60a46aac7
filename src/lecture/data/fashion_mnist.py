"""Fashion-MNIST: 60,000 + 10,000 real images of clothes in ten classes (Xiao, Rasul and Vollgraf 2017).

Used where the machine has it: in the folder ``LECTURE_DATA``, or from Debian's package ``dataset-fashion-mnist``.
Else it is downloaded once. Every copy is checked by the sha256 of its unpacked content: packagers compress it anew.
"""

from functools import cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from lecture.data import files
from lecture.data.images import Images

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
    return files.places("fashion-mnist", name, [DEBIAN])


def _read(name: str, header: int) -> NDArray[np.uint8]:
    path = next((path for path in _places(name) if path.exists()), None)
    if path is None:
        way_out = (
            "put its four .gz files into a folder and set LECTURE_DATA to it, or install Debian's dataset-fashion-mnist"
        )
        (path,) = files.download(f"{SOURCE}{name}.gz", "Fashion-MNIST", way_out)
    return np.frombuffer(files.content(path, CONTENT[name], "Fashion-MNIST"), np.uint8, offset=header)
