"""Pipelines and networks that met on the same images, in published tables."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rival:
    """One row of a published comparison.

    Attributes:
        key: Short name.
        quantity: What was measured.
        error: Per cent.
        network: Whether it was trained end to end.
        citation: Key in ``book/references.bib``.
        where: Place in the source.
    """

    key: str
    quantity: str
    error: float
    network: bool
    citation: str
    where: str


RIVALS = (
    Rival(
        "ilsvrc_fisher",
        "top-5 error on ImageNet 2010, SIFT and Fisher vectors",
        25.7,
        False,
        "krizhevsky2012imagenet",
        "Table 1",
    ),
    Rival("ilsvrc_network", "top-5 error on ImageNet 2010, AlexNet", 17.0, True, "krizhevsky2012imagenet", "Table 1"),
    Rival("mnist_svm", "error on MNIST, virtual SVM, distorted digits", 0.8, False, "lecun1998gradient", "Figure 9"),
    Rival("mnist_lenet", "error on MNIST, LeNet-5, distorted digits", 0.8, True, "lecun1998gradient", "Figure 9"),
)
"""ImageNet: 1.2 million training images of the contest of 2010. MNIST: 60,000 digits, and distorted copies of them."""
