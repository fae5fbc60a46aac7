"""Train until the task is solved: a replica that has solved it stops, whatever the others do."""

from collections.abc import Iterator

import torch
from torch import Tensor

from lecture.training.fit import Batches
from lecture.training.optimisers import SGD, Adam


class Solved:
    """Stops each replica once it has solved its task; hand it to :func:`~lecture.training.fit.train` as ``on_step``.

    Solved means: the mean loss of the last ``window`` batches, none of which was seen before, is below ``bar``. From
    then on the replica's learning rate is 0, so that what it becomes does not depend on how long others need.

    Attributes:
        updates: Updates until each replica had solved it, ``[R]``; -1 while it has not.

    Args:
        optimiser: It trains the replicas, at one rate a replica.
        bar: In nats.
        window: Batches.
    """

    def __init__(self, optimiser: SGD | Adam, bar: float, window: int) -> None:
        self.optimiser, self.bar = optimiser, bar
        replicas, device = optimiser.flat.replicas, optimiser.flat.values.device
        self.recent = torch.full((window, replicas), torch.inf, device=device)
        self.updates = torch.full((replicas,), -1, device=device)

    def __call__(self, step: int, losses: Tensor) -> None:
        """Look at the losses ``[R]`` of one more batch, after ``step`` updates."""
        self.recent[step % len(self.recent)] = losses
        now = (self.updates < 0) & (self.recent.mean(0) < self.bar)
        self.updates[now] = step
        self.optimiser.lr *= self.optimiser.flat.spread((~now).float())

    def rest(self, batches: Batches) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield batches as long as there is a replica that needs them."""
        for batch in batches:
            if (self.updates >= 0).all():
                return
            yield batch
