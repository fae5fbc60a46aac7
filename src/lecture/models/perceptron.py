"""Rosenblatt's perceptron: its learning rule, and the bound on how often it can be wrong."""

from collections.abc import Iterable
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CORNERS = np.array([[1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]], dtype=float)
"""The four inputs of a gate, with a 1 in front of each that carries the threshold."""
GATES = {
    "AND": np.array([-1.0, -1.0, -1.0, 1.0]),
    "OR": np.array([-1.0, 1.0, 1.0, 1.0]),
    "XOR": np.array([-1.0, 1.0, 1.0, -1.0]),
}
"""What a gate answers at the four corners: 1 for true, -1 for false."""


class Perceptron:
    """A weighted sum and a threshold (Rosenblatt 1958).

    Attributes:
        weights: One an input; all start at 0.
    """

    def __init__(self, inputs: int) -> None:
        self.weights = np.zeros(inputs)

    def learn(self, x: Array, y: float) -> bool:
        """Look at one example, correct the weights if the answer is wrong, and say whether it was.

        The right answer ``y`` is 1 or -1. A sum of 0 counts as wrong.
        """
        wrong = bool(y * (self.weights @ x) <= 0)
        if wrong:
            self.weights += y * x
        return wrong


def widest_margin(x: Array, y: Array) -> float | None:
    """Return the largest distance that a plane through the origin can keep from all examples; None if none separates.

    The widest plane is w/|w| for the shortest w with y (w x) >= 1 everywhere, and that w is the shortest solution of
    these conditions as equations for some of the examples, at most one a dimension. So try them all, which is fine for
    a handful ``[n, d]`` with answers ``[n]``, 1 or -1.
    """
    signed = y[:, None] * x
    lengths = []
    for some in _subsets(range(len(x)), most=x.shape[1]):
        w = np.linalg.pinv(signed[some]) @ np.ones(len(some))
        if (signed @ w >= 1 - 1e-9).all():
            lengths.append(np.linalg.norm(w))
    return float(1 / min(lengths)) if lengths else None


def most_mistakes(x: Array, y: Array) -> float:
    """Return Novikoff's bound on the mistakes of a perceptron that starts at 0, in any order (Novikoff 1962).

    It is (R/γ)², R the length of the longest input and γ the widest margin; infinite where no plane separates.
    """
    margin = widest_margin(x, y)
    return float("inf") if margin is None else float((np.linalg.norm(x, axis=1).max() / margin) ** 2)


def _subsets(items: Iterable[int], most: int) -> list[list[int]]:
    items = list(items)
    return [list(some) for size in range(1, most + 1) for some in combinations(items, size)]
