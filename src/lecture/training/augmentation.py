"""Images shifted at random as they enter training: the network never sees quite the same picture twice."""

from collections.abc import Iterable, Iterator

import torch
from torch import Tensor
from torch.nn import functional

from lecture.seeds import Stream


def shift(images: Tensor, down: Tensor, right: Tensor, most: int) -> Tensor:
    """Move each image by whole pixels; what leaves the frame is lost, what enters is 0.

    Args:
        images: ``[R, B, height, width]``.
        down: Pixels to move each one down, ``[R, B]``, int64, from ``-most`` to ``most``.
        right: Pixels to move it to the right, the same way.
        most: Largest shift.
    """
    height, width = images.shape[2:]
    framed = functional.pad(images, (most,) * 4).flatten(2)
    rows, columns = (torch.arange(n, device=images.device) for n in (height, width))
    window = (rows[:, None] * (width + 2 * most) + columns).flatten()  # of the frame's top left corner
    corner = (most - down) * (width + 2 * most) + (most - right)
    return framed.gather(2, corner[:, :, None] + window).view(images.shape)


def shifted(
    batches: Iterable[tuple[Tensor, Tensor]], most: int, side: int, stream: Stream
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the batches with every image shifted by up to ``most`` pixels in each direction, anew each time.

    Args:
        batches: Images ``[R, B, side * side]`` with labels.
        most: Largest shift, in pixels.
        side: Height and width of an image.
        stream: Where the shifts come from.
    """
    for x, y in batches:
        down, right = (stream.integers(x.shape[1], below=2 * most + 1) - most for _ in range(2))
        yield shift(x.view(*x.shape[:2], side, side), down, right, most).flatten(2), y
