"""Automatic differentiation in a page: what PyTorch does, for single numbers.

Every number remembers which numbers it was made from, and how fast it changes with each of them. Written down in
order, these numbers are a Wengert list (Wengert 1964). Walked forwards, it gives the derivatives by *one* input; walked
backwards, the derivatives by *all* of them (Linnainmaa 1970).

A value may also be a numpy array, one number a replica: then everything happens element by element, for all at once.
"""

from collections import defaultdict
from typing import Any, Union

import numpy as np

Parents = tuple[tuple["Number", Any], ...]


class Number:
    """A number, and where it comes from.

    Attributes:
        value: The number itself.
        parents: The numbers it was computed from, each with the local derivative by it.
        name: What a drawing calls it.
    """

    def __init__(self, value: Any, parents: Parents = (), name: str = "") -> None:
        self.value, self.parents, self.name = value, parents, name

    def __add__(self, other: "Operand") -> "Number":
        other = number(other)
        return Number(self.value + other.value, ((self, 1.0), (other, 1.0)), "+")

    def __mul__(self, other: "Operand") -> "Number":
        other = number(other)
        return Number(self.value * other.value, ((self, other.value), (other, self.value)), "×")

    def __pow__(self, power: float) -> "Number":
        return Number(self.value**power, ((self, power * self.value ** (power - 1)),), f"^{power}")

    def __neg__(self) -> "Number":
        return self * -1.0

    def __sub__(self, other: "Operand") -> "Number":
        return self + -number(other)

    def __truediv__(self, other: "Operand") -> "Number":
        return self * number(other) ** -1.0

    __radd__, __rmul__ = __add__, __mul__


Operand = Union[Number, float]  # noqa: UP007  (a class that refers to itself)


def number(x: Operand) -> Number:
    """Return a constant as a number without parents."""
    return x if isinstance(x, Number) else Number(x)


def tanh(x: Number) -> Number:
    """Return the hyperbolic tangent, whose derivative is 1 - tanh²."""
    y = np.tanh(x.value)
    return Number(y, ((x, 1 - y**2),), "tanh")


def exp(x: Number) -> Number:
    """Return the exponential, its own derivative."""
    y = np.exp(x.value)
    return Number(y, ((x, y),), "exp")


def wengert_list(result: Number) -> list[Number]:
    """Return every number that went into the result, each after those it was made from; the result is last."""
    order: dict[Number, None] = {}  # keeps the order in which numbers are put in
    waiting = [(result, False)]
    while waiting:
        x, parents_done = waiting.pop()
        if parents_done:
            order[x] = None
        elif x not in order:
            waiting.append((x, True))
            waiting += [(parent, False) for parent, _ in reversed(x.parents)]
    return list(order)


def forward(result: Number, by: Number) -> Any:
    """Return the derivative of the result by one number, walking the list from the start: one pass an input."""
    tangent: defaultdict[Number, Any] = defaultdict(float, {by: 1.0})
    for x in wengert_list(result):
        for parent, slope in x.parents:
            tangent[x] = tangent[x] + slope * tangent[parent]
    return tangent[result]


def backward(result: Number) -> dict[Number, Any]:
    """Return the derivatives of the result by every number in it, walking the list from the end: one pass in all."""
    gradient: defaultdict[Number, Any] = defaultdict(float, {result: 1.0})
    for x in reversed(wengert_list(result)):
        for parent, slope in x.parents:
            gradient[parent] = gradient[parent] + slope * gradient[x]
    return gradient
