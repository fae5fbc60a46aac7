"""MNIST whole: 60,000 + 10,000 digits, with the split that published errors are told for (LeCun et al. 1998).

No package ships it; :mod:`lecture.data.mnist` has 5,000 of its digits. It is used from the folder ``LECTURE_DATA`` (its
four files, packed by gzip or not, there or in ``mnist``), else downloaded once. What is used is always the published
set.
"""

from functools import cache

from lecture.data import idx
from lecture.data.images import Images

SOURCE = "https://ossci-datasets.s3.amazonaws.com/mnist/"  # the mirror that torchvision uses
PACKED = {  # as in pytorch/vision, torchvision/prototype/datasets/_builtin/mnist.py; checked as CONTENT was
    "train-images-idx3-ubyte": "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    "train-labels-idx1-ubyte": "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    "t10k-images-idx3-ubyte": "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    "t10k-labels-idx1-ubyte": "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
}
SET = idx.Published(
    "MNIST", SOURCE, "mnist", "put its four .gz files into a folder 'mnist' and set LECTURE_DATA to its parent", PACKED
)
SIDE = 28
BYTES = 70_000 * SIDE**2 * 4
"""Of both parts, as they are loaded."""


@cache
def load(part: str = "train") -> Images:
    """Return the official training set, ``[60000, 28, 28]``, or with ``part="t10k"`` the test set, ``[10000, 28, 28]``.

    Raises:
        LectureError: The machine does not have the set and cannot download it, or a file is not the published one.
    """
    return SET.load(part)


def published() -> idx.Published:
    """Return what an experiment names as its source: its records can then be looked at where the set is not."""
    return SET


def here() -> bool:
    """Tell whether all four files are on this machine, so that no download is needed."""
    return SET.here()
