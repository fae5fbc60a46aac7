"""Minibatches for R replicas: the whole set lives on the device, each seed has its own order."""

from collections.abc import Iterator

import torch
from torch import Tensor

from lecture.seeds import Stream


def minibatches(x: Tensor, y: Tensor, size: int, steps: int, stream: Stream) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield ``steps`` batches, shuffled anew each epoch, in an order that belongs to each seed.

    Args:
        x: Inputs ``[n, ...]`` shared by all replicas, or ``[R, n, ...]`` with a set for each.
        y: Labels ``[n]``, or ``[R, n]`` with a set for each.
        size: Examples a batch; the last incomplete batch of an epoch is dropped, as in most training code.
        steps: Number of batches in all.
        stream: Where the order comes from.

    Yields:
        Inputs ``[R, size, ...]`` and labels ``[R, size]``.
    """
    own = y.dim() == 2
    n = y.shape[-1]
    size = min(size, n)
    replicas = len(stream.generators)
    if own:
        x, y = x.flatten(0, 1), y.flatten()
        offsets = torch.arange(replicas, device=x.device)[:, None] * n
    for step in range(steps):
        place = step % (n // size)
        if place == 0:
            order = stream.permutation(n)
            if own:
                order = order + offsets
        index = order[:, place * size : (place + 1) * size]
        flat = index.flatten()
        yield x.index_select(0, flat).view(*index.shape, *x.shape[1:]), y[index]
