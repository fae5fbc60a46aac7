"""Accuracy under attack as published: MNIST, where every pixel may change by 0.3."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Withstood:
    """One network, attacked by somebody who knows it.

    Attributes:
        attack: By which the accuracy was measured.
        accuracy: Per cent, on the 10,000 test images.
        citation: Key in ``book/references.bib``.
        where: Place in the source.
    """

    attack: str
    accuracy: float
    citation: str = "madry2018towards"
    where: str = "README of the paper's code"


MADRY = Withstood("100 steps of PGD, worst of 50 starts", 89.62)
"""The network trained under attack by Madry et al.; stronger attacks found later leave it 88.0 (same list)."""
