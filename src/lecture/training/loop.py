"""The training loop: ordinary PyTorch, for R networks at once."""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn

from lecture.training.gradients import clip_gradients
from lecture.training.loss import accuracy, cross_entropy
from lecture.training.optimisers import SGD, Adam


def train(
    model: nn.Module,
    optimiser: SGD | Adam,
    batches: Iterable[tuple[Tensor, Tensor]],
    *,
    loss: Callable[[Tensor, Tensor], Tensor] = cross_entropy,
    clip: float | None = None,
    on_step: Callable[[int, Tensor], None] | None = None,
) -> None:
    """Train R replicas.

    Args:
        model: Maps ``[R, B, ...]`` to ``[R, B, classes]``.
        optimiser: Built over the same model.
        batches: Inputs and labels, from :func:`lecture.training.batches.minibatches`.
        loss: Gives one number a replica, ``[R]``.
        clip: Largest gradient norm of a replica.
        on_step: Called before each update with the step (from 0) and the losses ``[R]``; gradients are in place.
    """
    model.train()
    for step, (x, y) in enumerate(batches):
        losses = loss(model(x), y)
        torch.autograd.backward(losses, torch.ones_like(losses))  # replicas share no weights: each gets its own
        if on_step:
            on_step(step, losses.detach())
        if clip is not None:
            clip_gradients(model, clip)
        optimiser.step()


@torch.no_grad()
def evaluate(model: nn.Module, x: Tensor, y: Tensor, batch: int = 1000) -> tuple[Tensor, Tensor]:
    """Return loss and accuracy of each replica on a whole set, both ``[R]``.

    Args:
        model: Maps ``[R, B, ...]`` to ``[R, B, classes]``.
        x: Inputs ``[n, ...]`` shared by all replicas, or ``[R, n, ...]``.
        y: Labels ``[n]`` or ``[R, n]``.
        batch: Examples at a time.
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
    return losses / y.shape[1], hits / y.shape[1]
