"""Losses and scores, one number a replica."""

import torch
from torch import Tensor
from torch.nn import functional


def cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the mean cross-entropy of each replica, in nats: ``[R, B, classes]`` and ``[R, B]`` to ``[R]``."""
    return functional.cross_entropy(logits.mT, labels, reduction="none").mean(1)  # mT: torch wants classes second


@torch.no_grad()
def accuracy(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the share of right answers of each replica: ``[R, B, classes]`` and ``[R, B]`` to ``[R]``."""
    return (logits.argmax(-1) == labels).float().mean(1)
