"""Minibatches for R replicas: the whole set lives on the device, each seed has its own order."""

from collections.abc import Iterator

import torch
from torch import Tensor

from lecture.seeds import Stream

GATHERED = 2**17  # numbers gathered at once: several small batches in one call, few enough for the cache


def minibatches(x: Tensor, y: Tensor, size: int, steps: int, stream: Stream) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield ``steps`` batches, shuffled anew each epoch, in an order that belongs to each seed.

    From inputs ``[n, ...]`` and labels ``[n]`` shared by all replicas, or ``[R, n, ...]`` with a set for each, come
    inputs ``[R, size, ...]`` and labels ``[R, size]``. The last incomplete batch of an epoch is dropped, as in most
    training code.
    """
    own = y.dim() == 2
    n = y.shape[-1]
    size = min(size, n)
    an_epoch = n // size
    replicas = len(stream.generators)
    offsets = torch.arange(replicas, device=y.device)[:, None] * n
    if own:
        x, y = x.flatten(0, 1), y.flatten()
    at_once = max(1, GATHERED // (replicas * size * max(1, x[0].numel())))
    while steps > 0:
        order = stream.permutation(n)[:, : min(an_epoch, steps) * size]
        if own:
            order = order + offsets
        for part in torch.split(order, at_once * size, 1):
            index = part.view(replicas, -1, size).transpose(0, 1).flatten()  # batch by batch, each one run of memory
            shape = (-1, replicas, size)
            yield from zip(
                x.index_select(0, index).view(*shape, *x.shape[1:]).unbind(),
                y.index_select(0, index).view(shape).unbind(),
                strict=True,
            )
        steps -= an_epoch
