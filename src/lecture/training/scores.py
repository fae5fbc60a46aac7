"""What a trained network is worth, on what it has seen and on what it has not."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from lecture.training.loss import accuracy, cross_entropy


class Scores(NamedTuple):
    """What each replica is worth on a set.

    Attributes:
        loss: Mean cross-entropy in nats, ``[R]``.
        accuracy: Share of right answers, ``[R]``.
    """

    loss: Tensor
    accuracy: Tensor

    @property
    def error(self) -> Tensor:
        """Share of wrong answers, ``[R]``."""
        return 1 - self.accuracy


@torch.no_grad()
def evaluate(model: nn.Module, x: Tensor, y: Tensor, batch: int = 1000) -> Scores:
    """Return what each replica is worth on a set: ``[n, ...]`` and labels ``[n]`` for all, or ``[R, n, ...]``.

    The set is taken ``batch`` examples at a time.
    """
    model.eval()
    replicas = next(model.parameters()).shape[0]
    if y.dim() == 1:
        x, y = x.expand(replicas, *x.shape), y.expand(replicas, *y.shape)
    losses, hits = torch.zeros(2, replicas, device=y.device)
    for xs, ys in zip(torch.split(x, batch, 1), torch.split(y, batch, 1), strict=True):
        logits = model(xs)
        losses += cross_entropy(logits, ys) * ys.shape[1]
        hits += accuracy(logits, ys) * ys.shape[1]
    return Scores(losses / y.shape[1], hits / y.shape[1])


def scores(model: nn.Module, train: tuple[Tensor, Tensor], test: tuple[Tensor, Tensor]) -> dict[str, list[float]]:
    """Return loss (nats) and accuracy (a share) of each replica on both sets, as columns of a table.

    They are ``train_loss``, ``train_accuracy``, ``test_loss`` and ``test_accuracy``, R numbers each.
    """
    found = {"train": evaluate(model, *train), "test": evaluate(model, *test)}
    return {f"{name}_{key}": part.tolist() for name, each in found.items() for key, part in each._asdict().items()}
