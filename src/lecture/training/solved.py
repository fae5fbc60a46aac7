"""Train until the task is solved: a replica that has solved it leaves, whatever the others do."""

from copy import deepcopy

import torch
from torch import Tensor, nn

from lecture.training.fit import Batches, train
from lecture.training.optimisers import Adam


def train_until_solved(
    model: nn.Module, rates: Tensor, batches: Batches, *, bar: float, window: int, clip: float | None = None
) -> Tensor:
    """Train R replicas in place with Adam, each until it has solved its task or the batches end.

    Solved means: the mean loss of the last ``window`` batches, each taken before its update, is below ``bar``. A
    replica stays as it then is, and costs nothing more.

    Args:
        model: Maps ``[R, B, ...]`` to ``[R, B, classes]``.
        rates: Adam's learning rate for each, ``[R]``.
        batches: Inputs ``[R, B, ...]`` and labels ``[R, B]``.
        bar: In nats.
        window: Batches.
        clip: Largest gradient norm of a replica.

    Returns:
        The updates until each replica had solved it, ``[R]``; -1 if it never has.
    """
    updates = torch.full_like(rates, -1, dtype=torch.int64)
    recent = torch.full((window, len(rates)), torch.inf, device=rates.device)
    rows = torch.arange(len(rates), device=rates.device)  # who still trains, as ``part``
    part = replicas_of(model, rows >= 0)
    optimiser, done = Adam(part, rates), rows < 0

    def watch(step: int, losses: Tensor) -> None:
        nonlocal done
        recent[step % window, rows] = losses
        done = recent.mean(0)[rows] < bar
        updates[rows[done]] = step
        put_back(done)  # before the update that follows

    def put_back(which: Tensor) -> None:
        for whole, some in zip(model.parameters(), part.parameters(), strict=True):
            whole.data[rows[which]] = some.data[which]

    for step, (x, y) in enumerate(batches):
        train(part, optimiser, [(x[rows], y[rows])], clip=clip, on_step=watch, first=step)
        if done.any():
            if done.all():
                return updates
            part = replicas_of(part, ~done)
            optimiser, rows = optimiser.keep(part, ~done), rows[~done]
    put_back(rows >= 0)
    return updates


def replicas_of(model: nn.Module, rows: Tensor) -> nn.Module:
    """Return a copy of some replicas of a model without buffers; ``rows`` is a mask ``[R]``."""
    part = deepcopy(model)
    for parameter in part.parameters():
        parameter.data = parameter.data[rows]
    return part
