"""A task on which depth pays: two spirals, told apart by networks of equally many weights and more and more layers.

The task is Lang and Witbrock's (1988), with more turns. What a fold is to a strip of paper, a layer is to the plane.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.data.spirals import ARMS, fresh_batches, points
from lecture.experiments.experiment import Experiment
from lecture.models.initialisers import he
from lecture.models.mlp import mlp
from lecture.training.fit import cosine, train
from lecture.training.optimisers import Adam
from lecture.training.scores import evaluate


@dataclass(frozen=True, kw_only=True)
class Spirals(Experiment):
    """Trains networks of rectifiers, each as wide as its weights allow, on points that are always new.

    Attributes:
        depths: Numbers of hidden layers, keys of ``rates``.
        weights: Most weights of a network, biases included.
        turns: Of each spiral.
        batch: Points a step.
        steps: Steps of each training run; the rate falls to zero along half a cosine.
        tested: Points that the error is measured on, new ones again.
    """

    depths: tuple[int, ...] = (1, 2, 3, 4, 6)
    weights: int = 600
    turns: float = 4.0
    batch: int = 100
    steps: int = 6000
    tested: int = 2000

    rates: ClassVar[Mapping[int, float]] = {1: 0.03, 2: 0.01, 3: 0.003, 4: 0.003, 6: 0.003}
    """Learning rate of Adam by number of hidden layers: the one of 0.003, 0.01 and 0.03 with the lower mean error for
    two pilot seeds (10,000 and 10,001)."""
    size: ClassVar[str] = "{depths} hidden layers, at most {weights} weights, {steps} steps of {batch} points"
    presets: ClassVar = {"smoke": {"seeds": 2, "depths": (1, 3), "steps": 5, "tested": 50}, "full": {"seeds": 30}}
    core_seconds: ClassVar[float] = 30.0

    def width(self, depth: int) -> int:
        """Return the most units a hidden layer can have with that many of them."""
        width = 1
        while _weights(depth, width + 1) <= self.weights:
            width += 1
        return width

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``depth``, ``width``, ``rate``, ``seed`` and the test ``loss`` and ``accuracy``."""
        tables = []
        for depth in self.depths:
            grid = self.grid(device, rate=(self.rates[depth],))
            seeds, width = grid.seeds, self.width(depth)
            model = mlp(
                seeds.stream("weights"), depth=depth, width=width, activation=nn.ReLU, init=he, inputs=2, classes=ARMS
            )
            optimiser = Adam(model, grid.column("rate"))
            batches = fresh_batches(seeds.stream("training"), self.batch, self.turns, self.steps)
            train(model, optimiser, batches, on_step=cosine(optimiser, self.steps))
            found = evaluate(model, *points(seeds.stream("test"), self.tested, self.turns))._asdict()
            columns = {name: values.tolist() for name, values in found.items()}
            tables.append(grid.settings.assign(depth=depth, width=width, **columns))
        return pd.concat(tables, ignore_index=True)


def _weights(depth: int, width: int) -> int:
    """Return the weights and biases of a network with two inputs."""
    return (2 + 1) * width + (depth - 1) * (width + 1) * width + (width + 1) * ARMS
