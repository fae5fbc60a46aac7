"""Learning random labels by heart, as published (Zhang et al. 2017)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fitted:
    """One network trained on CIFAR-10's 50,000 images with random labels.

    Attributes:
        network: Hidden layers and their width.
        train: Training accuracy, per cent.
        test: Accuracy on test images with their true labels, per cent.
        citation: Key in ``book/references.bib``.
        where: Place in the source.
    """

    network: str
    train: float
    test: float
    citation: str = "zhang2017understanding"
    where: str = "Table 1"


RANDOM_LABELS = Fitted("MLP 3x512", 100.0, 10.48)
"""The plain network of the paper, the one nearest to ours, without weight decay or augmentation."""

IMAGENET = 95.20
"""Top-1 training accuracy, per cent, of Inception V3 on ImageNet's 1.28 million images with random labels (ibid.,
Table 2)."""
