"""Photographs that lie in files, too many to be kept in memory: worker processes read them, batch by batch.

How a photograph is cut and mirrored depends on the seed, the pass and its place in the list alone. So the number of
workers changes nothing, and a training that was killed goes on to the same numbers.
"""

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from time import perf_counter
from typing import NamedTuple
from zlib import crc32

import joblib
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from lecture.errors import LectureError

SQUARE, SIDE = 256, 224
"""Pixels a side: of the square to which a photograph is brought, and of what a network sees of it (Krizhevsky et al.
2012, sections 2 and 4.1)."""
SHADE = 0.1
"""Standard deviation of the random numbers by which training changes colours (ibid., section 4.1)."""
MOST = 32
"""Workers at most."""
USUAL = (500, 375)
"""Width and height of most photographs of ImageNet: what reading is timed by where there are none."""


@dataclass(frozen=True, eq=False)
class Pictures:
    """Files with their classes; none has been opened yet.

    Attributes:
        folder: That they are in.
        names: Below the folder, ``class/file``, sorted, as bytes: a million of Python's strings would be copied into
            every worker.
        y: ``[n]``, the number of each one's class.
        bytes: ``[n]``, the size of each file.
    """

    folder: Path
    names: NDArray[np.bytes_]
    y: NDArray[np.int64]
    bytes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.names)

    def path(self, index: int) -> Path:
        """Return the file of one."""
        return self.folder / os.fsdecode(self.names[index])


class Batch(NamedTuple):
    """Some photographs.

    Attributes:
        x: ``[B, 3, side, side]``, uint8.
        shades: ``[B, 3]``, what colours are to be changed by, 0 in testing.
        y: ``[B]``, their classes.
    """

    x: Tensor
    shades: Tensor
    y: Tensor


class Way(NamedTuple):
    """What decides how training sees each photograph in a pass: the seed and the number of the pass."""

    seed: int
    epoch: int


def batches(pictures: Pictures, order: Sequence[int], size: int, way: Way | None = None) -> Iterator[Batch]:
    """Yield photographs in this order; as training sees them in a pass, or else as squares.

    Args:
        pictures: Where they are.
        order: Places in the list.
        size: Photographs of a batch; in training an incomplete last one is dropped.
        way: What decides how training sees them.

    Raises:
        LectureError: One cannot be read.
    """
    dropped = way is not None and len(order) >= size
    loader = DataLoader(
        _Read(pictures, way), size, sampler=order, num_workers=workers(), collate_fn=_together, drop_last=dropped,
        generator=torch.Generator(),
    )  # fmt: skip
    for batch in loader:
        if isinstance(batch, LectureError):
            raise batch
        yield batch


def workers() -> int:
    """Return how many processes read: one for each core."""
    return min(MOST, int(joblib.cpu_count()))


def read(file: Path | io.BytesIO) -> Tensor:
    """Return the largest square in the middle of a photograph, brought to 256 pixels: ``[3, 256, 256]``, uint8.

    Raises:
        LectureError: It cannot be read.
    """
    try:
        with Image.open(file) as image:
            side = min(image.size)
            left, top = ((length - side) / 2 for length in image.size)
            box = (left, top, left + side, top + side)
            square = image.convert("RGB").resize((SQUARE, SQUARE), Image.Resampling.BILINEAR, box)
    except Exception as error:  # each format has its own; whichever it is, the way out is the same
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise LectureError(f"cannot read the picture {file} ({why}): replace it, then try again") from error
    return torch.from_numpy(np.array(square)).permute(2, 0, 1)


def cut(square: Tensor, way: Way, index: int) -> tuple[Tensor, Tensor]:
    """Return what training sees of a square, ``[3, 224, 224]``, and what its colours are changed by, ``[3]``."""
    random = np.random.default_rng([way.seed, crc32(b"pictures"), way.epoch, index])
    top, left = random.integers(SQUARE - SIDE + 1, size=2)
    part = square[:, top : top + SIDE, left : left + SIDE]
    part = part.flip(2) if random.random() < 0.5 else part
    return part, torch.from_numpy(SHADE * random.standard_normal(3)).float()


def ten_views(x: Tensor) -> Iterator[Tensor]:
    """Yield the four corners and the middle of squares ``[B, 3, 256, 256]``, each also mirrored: 224 pixels a side."""
    rest = SQUARE - SIDE
    for top, left in [*product((0, rest), repeat=2), (rest // 2, rest // 2)]:
        part = x[:, :, top : top + SIDE, left : left + SIDE]
        yield from (part, part.flip(3))


def middle(x: Tensor) -> Iterator[Tensor]:
    """Yield the middle of squares alone."""
    edge = (SQUARE - SIDE) // 2
    yield x[:, :, edge : edge + SIDE, edge : edge + SIDE]


def seconds_a_picture(number: int = 8) -> float:
    """Return how long all workers together take for a photograph of the usual size: made up, and read so many times."""
    random, file = np.random.default_rng(0), io.BytesIO()
    coarse = Image.fromarray(random.integers(256, size=(24, 32, 3), dtype=np.uint8))
    coarse.resize(USUAL, Image.Resampling.BICUBIC).save(file, "JPEG", quality=95)
    start = perf_counter()
    for index in range(number):
        cut(read(file), Way(0, 0), index)[0].contiguous()
    return (perf_counter() - start) / number / workers()


class _Read(Dataset[tuple[Tensor, Tensor, int] | LectureError]):
    """Reads photographs by their place in the list. What cannot be read is returned: raised, it would be 20 lines."""

    def __init__(self, pictures: Pictures, way: Way | None) -> None:
        self.pictures, self.way = pictures, way

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor, int] | LectureError:
        try:
            square = read(self.pictures.path(index))
        except LectureError as error:
            return error
        x, shade = cut(square, self.way, index) if self.way else (square, torch.zeros(3))
        return x, shade, int(self.pictures.y[index])


def _together(some: list[tuple[Tensor, Tensor, int] | LectureError]) -> Batch | LectureError:
    found = []
    for one in some:
        if isinstance(one, LectureError):
            return one
        found.append(one)
    x, shades, y = zip(*found, strict=True)
    return Batch(torch.stack(x), torch.stack(shades), torch.tensor(y))
