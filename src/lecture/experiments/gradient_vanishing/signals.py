"""What the experiments that train on one set of MNIST-1D have in common: the settings of a run, its data, its loop."""

from abc import ABC
from dataclasses import dataclass
from functools import partial
from typing import Unpack

import torch
from torch import Tensor, nn

from lecture.data.mnist1d import split
from lecture.experiments.experiment import Experiment
from lecture.experiments.grid import Grid
from lecture.experiments.sizes import Passes
from lecture.seeds import Seeds
from lecture.training.fit import Plan, fit
from lecture.training.optimisers import SGD

Set = tuple[Tensor, Tensor]
"""Inputs and labels."""
RUN = "{width} units, {steps} steps of {batch} = {passes} passes, {examples} signals of MNIST-1D"
"""The end of every experiment's size line."""


@dataclass(frozen=True, kw_only=True)
class SignalTraining(Passes, Experiment, ABC):
    """Trains networks on minibatches of one set; the learning rate stays as it is.

    Attributes:
        width: Units in each hidden layer.
        batch: Examples a step.
        steps: Steps of each run.
        examples: Training examples, of MNIST-1D.
    """

    seeds: int = 5
    width: int = 32
    batch: int = 50
    steps: int = 800
    examples: int = 4000

    def data(self, device: torch.device, test: int = 1000) -> tuple[Set, Set]:
        """Return the training examples, and others to test on."""
        x, y, x_test, y_test = (part.to(device) for part in split(self.examples, test, seed=0))
        return (x, y), (x_test, y_test)

    def learn(
        self, model: nn.Module, train: Set, seeds: Seeds, rate: float | Tensor, more: int = 0, **plan: Unpack[Plan]
    ) -> None:
        """Train for the steps of a run, and ``more`` where something is looked at before the step after the last."""
        plan.setdefault("anneal", False)
        fit(model, *train, seeds, batch=self.batch, steps=self.steps + more, rate=rate, **plan)


@dataclass(frozen=True, kw_only=True)
class MomentumTraining(SignalTraining, ABC):
    """Trains at several learning rates by gradient descent with momentum.

    Attributes:
        rates: Learning rates; every one is recorded, the claim takes each network at its best.
        momentum: As in AlexNet (Krizhevsky et al. 2012, section 5).
    """

    rates: tuple[float, ...] = (0.01, 0.1)
    momentum: float = 0.9

    def descend(self, model: nn.Module, train: Set, grid: Grid, more: int = 0, **plan: Unpack[Plan]) -> None:
        """Train each replica at its rate."""
        plan.setdefault("optimiser", partial(SGD, momentum=self.momentum))
        self.learn(model, train, grid.seeds, grid.column("rate"), more, **plan)
