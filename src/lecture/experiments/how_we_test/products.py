"""The matrix products of a training step by themselves: how fast a step of these shapes could be at best."""

from collections import Counter
from collections.abc import Mapping
from math import prod

import torch
from torch import nn

from lecture.experiments.how_we_test.ways import clock_of
from lecture.models.counting import count
from lecture.seeds import Stream

Size = tuple[int, int, int]
"""Of a product ``[m, k] @ [k, n]``: m, k and n."""


@torch.no_grad()
def sizes(model: nn.Module, batch: int, points: int) -> Counter[Size]:
    """Return the products in the training step of one replica, and how often each occurs.

    A layer of n inputs and m outputs at B places has three: ``[B, n] @ [n, m]`` forward, ``[n, B] @ [B, m]`` for the
    gradient of its weights, and ``[B, m] @ [m, n]`` for what it hands down, which the first layer need not do.

    Args:
        model: Maps ``[R, B, points]`` to ``[R, B, classes]``.
        batch: Examples a step.
        points: Of an example.
    """
    first = next(model.parameters())
    layers, _ = count(model, first.new_zeros(len(first), batch, points))
    found: Counter[Size] = Counter()
    for number, layer in enumerate(layer for layer in layers if layer.multiply_adds):
        *places, outputs = layer.shape
        rows, inputs = prod(places), layer.multiply_adds // prod(layer.shape)
        found.update([(rows, inputs, outputs), (inputs, rows, outputs)])
        found.update([(rows, outputs, inputs)] if number else [])
    return found


def operations(products: Mapping[Size, int]) -> int:
    """Return the floating-point operations of products: each multiply-add is two."""
    return sum(2 * prod(size) * times for size, times in products.items())


def seconds(products: Mapping[Size, int], stream: Stream, duration: float) -> float:
    """Return the seconds that the products take, for all seeds of a stream at once and nothing else in between.

    Each is timed alone, again and again on the same numbers, which so stay in the caches; the fastest time counts.
    A product may be computed as it is or transposed, ``(B' A')'``: the faster of the two counts.

    Args:
        products: As :func:`sizes` gives them.
        stream: Draws the numbers.
        duration: Shortest time over which a product is repeated, in seconds.
    """
    return sum(
        times * min(_fastest((m, k, n), stream, duration), _fastest((n, k, m), stream, duration))
        for (m, k, n), times in products.items()
    )


def _fastest(size: Size, stream: Stream, duration: float) -> float:
    m, k, n = size
    a, b = stream.normal(m, k), stream.normal(k, n)
    product, clock = a.new_empty(len(a), m, n), clock_of(stream.device)
    taken: list[float] = []
    begin = clock()
    while len(taken) < 3 or clock() - begin < duration:
        start = clock()
        torch.bmm(a, b, out=product)
        taken.append(clock() - start)
    return min(taken)
