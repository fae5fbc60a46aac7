"""Training to the end, at learning rates that other seeds have chosen."""

from abc import ABC
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Unpack

import torch
from torch import nn

from lecture.experiments.experiment import PILOT
from lecture.experiments.gradient_vanishing.signals import MomentumTraining, Set, SignalTraining
from lecture.experiments.grid import Grid
from lecture.seeds import Stream
from lecture.training.fit import Plan
from lecture.training.scores import evaluate


@dataclass(frozen=True, kw_only=True)
class PilotedTraining(SignalTraining, ABC):
    """Trains each network at one rate, on so few signals and for so many passes that a shallow one learns them all.

    Attributes:
        pilots: Pilot seeds that choose each rate anew; 0 takes the one that two of them have chosen with the settings
            of the ``book`` preset.
    """

    seeds: int = 10
    examples: int = 1000
    pilots: int = 0

    def best_rate(
        self,
        build: Callable[[Stream], nn.Module],
        train: Set,
        rates: Sequence[float],
        learn: Callable[[nn.Module, Set, Grid], None],
        chosen: float,
    ) -> float:
        """Return the rate with the lowest mean training loss over the pilot seeds; one that diverges is never chosen.

        Args:
            build: Makes the networks, given the stream of their weights.
            train: What they are trained on.
            rates: The learning rates offered.
            learn: Trains each replica at its rate, the grid's column ``rate``.
            chosen: The one that was chosen before.
        """
        if not self.pilots:
            return chosen
        grid = self.grid(train[0].device, range(PILOT, PILOT + self.pilots), rate=rates)
        model = build(grid.seeds.stream("weights"))
        learn(model, train, grid)
        loss = evaluate(model, *train).loss.nan_to_num(torch.inf).view(len(rates), self.pilots).mean(1)
        return rates[int(loss.argmin())]


@dataclass(frozen=True, kw_only=True)
class PilotedMomentum(PilotedTraining, MomentumTraining, ABC):
    """The same by gradient descent with momentum, at rates that fall to zero along half a cosine.

    Where the rate stayed as it was, deep pilot networks that could learn had not come to their end after as many steps.

    Attributes:
        rates: Learning rates that are offered, at the start.
    """

    width: int = 64
    steps: int = 1500
    rates: tuple[float, ...] = (0.01, 0.03, 0.1, 0.3, 1.0)

    def descend(self, model: nn.Module, train: Set, grid: Grid, more: int = 0, **plan: Unpack[Plan]) -> None:
        """Train each replica at its rate, which falls to zero."""
        plan.setdefault("anneal", True)
        super().descend(model, train, grid, more, **plan)
