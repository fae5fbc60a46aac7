"""Augmentation by small shifts: a digit one pixel further to the left is the same digit (Simard et al. 2003)."""

from collections.abc import Iterable, Iterator

import torch
from torch import Tensor, nn

from lecture.seeds import Stream


def shifted(batches: Iterable[tuple[Tensor, Tensor]], reach: int, stream: Stream) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the same batches, each image moved by up to ``reach`` pixels down or up and right or left at random.

    Args:
        batches: Images ``[R, B, height, width]`` and labels ``[R, B]``.
        reach: Largest shift; all whole numbers of pixels up to it, in both directions, are equally likely. What moves
            in from outside is 0.
        stream: Draws the shifts, so that each seed has its own.
    """
    for x, y in batches:
        replicas, size, height, width = x.shape
        moves = stream.integers(2, size, below=2 * reach + 1)
        down, right = (moves[:, i, :, None] + torch.arange(n, device=x.device) for i, n in enumerate((height, width)))
        wide = width + 2 * reach
        place = (down * wide)[..., None] + right[:, :, None]
        padded = nn.functional.pad(x, (reach,) * 4).flatten(2)
        yield padded.gather(2, place.flatten(2)).view(replicas, size, height, width), y
