"""Losses and scores, one number a replica."""

import torch
from torch import Tensor
from torch.nn import functional


def cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the mean cross-entropy of each replica, in nats: ``[R, B, classes]`` and ``[R, B]`` to ``[R]``."""
    losses = functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), reduction="none")
    return losses.view(labels.shape).mean(1)


@torch.no_grad()
def accuracy(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the share of right answers of each replica: ``[R, B, classes]`` and ``[R, B]`` to ``[R]``."""
    return (logits.argmax(-1) == labels).float().mean(1)
