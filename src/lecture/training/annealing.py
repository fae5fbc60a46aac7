"""A learning rate that falls to zero along half a cosine (Loshchilov and Hutter 2017, eq. 5, without restarts)."""

from collections.abc import Callable
from math import cos, pi

from torch import Tensor

from lecture.training.optimisers import SGD, Adam


def cosine(optimiser: SGD | Adam, steps: int) -> Callable[[int, Tensor], None]:
    """Return what :func:`lecture.training.loop.train` calls at each step to lower the rate from its start to zero.

    Args:
        optimiser: The rate it has now is the start.
        steps: Steps of the whole training.

    Raises:
        ValueError: No steps.
    """
    if steps < 1:
        raise ValueError(f"a schedule needs at least one step, got {steps}")
    start = optimiser.lr

    def on_step(step: int, losses: Tensor) -> None:
        optimiser.lr = start * (0.5 * (1 + cos(pi * step / steps)))

    return on_step
