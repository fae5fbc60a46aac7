"""Fashion-MNIST: 60,000 + 10,000 real images of clothes in ten classes (Xiao, Rasul and Vollgraf 2017).

Used where the machine has it: in the folder ``LECTURE_DATA``, there or in ``fashion-mnist``, or from Debian's package
``dataset-fashion-mnist``. Else it is downloaded once. What is used is always the published set.
"""

from functools import cache
from pathlib import Path

from lecture.data import idx
from lecture.data.images import Images

SOURCE = "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"
DEBIAN = Path("/usr/share/datasets/fashion-mnist")
SET = idx.Published(
    "Fashion-MNIST",
    SOURCE,
    "fashion-mnist",
    "put its four .gz files into a folder and set LECTURE_DATA to it, or install Debian's dataset-fashion-mnist",
    also=(DEBIAN,),
)


@cache
def load(part: str = "train") -> Images:
    """Return the official training set, ``[60000, 28, 28]``, or with ``part="t10k"`` the test set, ``[10000, 28, 28]``.

    Raises:
        LectureError: The machine does not have the set and cannot download it, or a file's content is wrong.
    """
    return SET.load(part)


def here() -> bool:
    """Tell whether all four files are on this machine, so that no download is needed."""
    return SET.here()
