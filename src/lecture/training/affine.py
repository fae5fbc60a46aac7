"""Augmentation by affine maps: a digit turned, slanted, stretched or moved a little is the same digit."""

from collections.abc import Iterable, Iterator

import torch
from torch import Tensor
from torch.nn import functional

from lecture.seeds import Stream


def affine(
    batches: Iterable[tuple[Tensor, Tensor]], stream: Stream, *, turn: float, stretch: float, reach: float
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the same batches, each image under an affine map of its own (as Simard et al. 2003, section 2).

    Args:
        batches: Square images ``[R, B, side, side]`` and anything that belongs to them.
        stream: Draws the maps, so that each seed has its own.
        turn: Largest angle in radians; a slant of up to as much comes on top.
        stretch: Largest change of height and of width, as a share.
        reach: Largest shift in pixels. What moves in from outside is 0.
    """
    for x, y in batches:
        replicas, size, side, _ = x.shape
        angle, slant, wide, high, right, down = stream.uniform(size, 6, low=-1, high=1).unbind(-1)
        cos, sin = torch.cos(turn * angle), torch.sin(turn * angle)
        wide, high = 1 + stretch * wide, 1 + stretch * high
        first = torch.stack((cos * wide, turn * slant - sin * high, 2 * reach / side * right), -1)
        second = torch.stack((sin * wide, cos * high, 2 * reach / side * down), -1)
        maps = torch.stack((first, second), -2).flatten(0, 1)
        where = functional.affine_grid(maps, [replicas * size, 1, side, side], align_corners=False)
        moved = functional.grid_sample(x.reshape(-1, 1, side, side), where, align_corners=False)
        yield moved.view(x.shape), y
