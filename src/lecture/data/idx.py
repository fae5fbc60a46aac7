"""MNIST, and sets published after it in four files of the same names and the same format, IDX.

Since the names are the same, a file is told by its content: one that is another set's is passed over, one that is
nobody's is refused. Packagers compress the files anew, so the sums are those of the unpacked files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import prod
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from lecture.data import files
from lecture.data.images import Images
from lecture.errors import LectureError

CONTENT = {
    # As in the public repositories EntroMorphic/sstt (Makefile) and lunal-dev/kettle (examples/training/mnist/
    # download.py); three of the four files, from fgnt/mnist, had these sums when we looked.
    "MNIST": {
        "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
    "Fashion-MNIST": {
        "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    },
}
"""sha256 of each unpacked file of each set, by the set's name."""


@dataclass(frozen=True)
class Published:
    """A set as it was published, whether this machine has it or not.

    Attributes:
        name: As a reader knows it, of :data:`CONTENT`.
        source: Address of the folder from which its packed files are downloaded.
        folder: Name of a folder of its own, below ``LECTURE_DATA`` and the folder of what was downloaded.
        way_out: What a person can do who has no network.
        packed: sha256 of each file as it is downloaded, where that is known.
        also: Further folders in which the files may lie.
    """

    name: str
    source: str
    folder: str
    way_out: str
    packed: Mapping[str, str] = field(default_factory=dict)
    also: Sequence[Path] = ()

    def load(self, part: str) -> Images:
        """Return ``[n, height, width]`` of ``part``, ``"train"`` or ``"t10k"``; what is not here is downloaded.

        Raises:
            LectureError: The machine does not have the set and cannot download it, or a file is not the published one.
        """
        pixels, labels = (self._read(f"{part}-{kind}-ubyte") for kind in ("images-idx3", "labels-idx1"))
        return Images(self.name, torch.tensor(pixels).float() / 255, torch.tensor(labels).long())

    def here(self) -> bool:
        """Tell whether all four files are on this machine, so that no download is needed."""
        return all(self._place(name) for name in CONTENT[self.name])

    def digest(self) -> str:
        """Return what identifies its content: no other is ever loaded."""
        return sha256(" ".join(CONTENT[self.name].values()).encode()).hexdigest()

    def _read(self, name: str) -> NDArray[np.uint8]:
        path = self._place(name)
        if path is None:
            url, digest = f"{self.source}{name}.gz", self.packed.get(name)
            (path,) = files.download(url, self.name, self.way_out, digest, folder=self.folder)
        return parsed(files.content(path, CONTENT[self.name][name], self.name), path.name)

    def _place(self, name: str) -> Path | None:
        """Return the first file of that name that is not another set's."""
        places = (path for path in files.places(self.folder, name, self.also) if path.exists())
        return next((path for path in places if not self._of_another(path, name)), None)

    def _of_another(self, path: Path, name: str) -> bool:
        try:
            found = sha256(files.unpacked(path)).hexdigest()
        except LectureError:  # whoever reads it is told
            return False
        return found != CONTENT[self.name][name] and found in {content[name] for content in CONTENT.values()}


def parsed(content: bytes, told: str) -> NDArray[np.uint8]:
    """Return the array in the content of an IDX file, which its name says the dimensions of: ``...-idx3-ubyte``.

    The file begins with two zeros, the code of its type (8: unsigned bytes) and the number of dimensions; then comes
    the length of each, in four bytes, the highest first.

    Args:
        content: All of it, unpacked.
        told: The file's name.

    Raises:
        LectureError: It begins otherwise, or has another length than it says.
    """
    dimensions = int(told.partition("-idx")[2][0])
    begin = 4 + 4 * dimensions
    if content[:4] != bytes((0, 0, 8, dimensions)) or len(content) < begin:
        raise LectureError(f"{told} is no IDX file of bytes in {dimensions} dimensions")
    shape = [int(length) for length in np.frombuffer(content, ">u4", dimensions, offset=4)]
    if len(content) - begin != prod(shape):
        raise LectureError(f"{told} says that it has {shape} bytes, and has {len(content) - begin:,}")
    return np.frombuffer(content, np.uint8, offset=begin).reshape(shape)
