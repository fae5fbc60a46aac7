"""Training sigmoid networks of growing depth: the loss that stays where guessing puts it."""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.experiments.gradient_vanishing.signals import RUN, MomentumTraining, Set
from lecture.experiments.grid import Grid
from lecture.models.mlp import mlp
from lecture.training.gradients import length
from lecture.training.scores import evaluate

STARTS = ("default", "Xavier")
"""Initialisations of the weights."""


@dataclass(frozen=True, kw_only=True)
class Stall(MomentumTraining):
    """Trains sigmoid networks by gradient descent with momentum, and watches the loss and the first layer's gradient.

    1,000 training examples measure the training loss, 1,000 others the test loss.

    Attributes:
        depths: Numbers of hidden layers.
        every: A record is made every so many steps.
    """

    seeds: int = 10
    depths: tuple[int, ...] = (1, 2, 4, 8, 16)
    rates: tuple[float, ...] = (0.1, 1.0)
    steps: int = 1000
    every: int = 50

    size: ClassVar[str] = "{depths} hidden layers of " + RUN
    presets: ClassVar = {
        "smoke": {"seeds": 2, "depths": (1, 16), "steps": 20, "every": 10, "examples": 200},
        "full": {"depths": (1, 2, 4, 8, 16, 32), "width": 256, "rates": (0.01, 0.1, 1.0), "steps": 10000, "every": 500},
    }
    core_seconds: ClassVar[float] = 18.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each ``init``, ``depth``, ``rate``, ``seed`` and ``step``.

        ``train_loss`` and ``test_loss`` in nats, and ``first``, the norm of the gradient of the first layer's weights.
        """
        train, test = self.data(device)
        grid = self.grid(device, rate=self.rates)
        tables = [
            table.assign(init=init, depth=depth)
            for depth, init in product(self.depths, STARTS)
            for table in self._watched(depth, init, grid, train, test)
        ]
        return pd.concat(tables, ignore_index=True)

    def _watched(self, depth: int, init: str, grid: Grid, train: Set, test: Set) -> list[pd.DataFrame]:
        model = mlp(grid.seeds.stream("weights"), depth=depth, width=self.width, activation=nn.Sigmoid, init=init)
        few = train[0][:1000], train[1][:1000]
        tables = []

        def look(step: int, losses: Tensor) -> None:
            gradient = model.get_parameter("0.weight").grad
            if step % self.every == 0 and gradient is not None:
                train_loss, test_loss = (evaluate(model, *examples).loss.tolist() for examples in (few, test))
                found = {"train_loss": train_loss, "test_loss": test_loss, "first": length(gradient).tolist()}
                tables.append(grid.settings.assign(step=step, **found))
                model.train()

        self.descend(model, train, grid, more=1, on_step=look)
        return tables
