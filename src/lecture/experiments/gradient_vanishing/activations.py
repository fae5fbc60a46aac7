"""Sigmoid, tanh and ReLU at every depth: which of them still learn when the network gets deep.

The same network, data, optimiser and number of steps; only the function at each unit and the start of the weights
differ. All three start by Glorot's rule, so that the functions are compared and nothing else. ReLU also starts by
torch's default and by He's rule, to see how much of its success is the function's and how much the start's.
"""

from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.gradient_vanishing.piloted import PilotedMomentum
from lecture.experiments.gradient_vanishing.signals import RUN
from lecture.models.mlp import mlp
from lecture.training.scores import scores

RATES: dict[tuple[str, str], dict[int, float]] = {
    ("sigmoid", "Xavier"): {1: 1.0, 2: 0.3, 4: 0.3, 8: 0.3, 16: 0.3},
    ("tanh", "Xavier"): {1: 0.3, 2: 0.3, 4: 0.1, 8: 0.03, 16: 0.03},
    ("ReLU", "Xavier"): {1: 0.3, 2: 0.1, 4: 0.1, 8: 0.03, 16: 0.03},
    ("ReLU", "default"): {1: 0.3, 2: 0.1, 4: 0.1, 8: 0.1, 16: 0.1},
    ("ReLU", "He"): {1: 0.3, 2: 0.1, 4: 0.03, 8: 0.03, 16: 0.01},
}
"""Activation function and initialisation of the weights, and the learning rate that pilot seeds have chosen for each
number of hidden layers; where nothing was learnt at any rate, that of half as many layers. One is the largest that was
offered: the sigmoid's with a single layer, and at 3.0 it was worse."""


@dataclass(frozen=True, kw_only=True)
class Activations(PilotedMomentum):
    """Train each function at each depth, at the learning rate that the pilot seeds chose for it.

    Attributes:
        depths: Numbers of hidden layers.
    """

    depths: tuple[int, ...] = (1, 2, 4, 8, 16)

    size: ClassVar[str] = "{depths} hidden layers of " + RUN
    presets: ClassVar = {
        "smoke": {"seeds": 2, "depths": (1, 4), "steps": 20, "examples": 200, "pilots": 1},
        "full": {"depths": (1, 2, 4, 8, 16, 32), "width": 256, "examples": 4000, "steps": 16_000, "pilots": 5},
    }
    core_seconds: ClassVar[float] = 70.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return training and test loss and accuracy at the end, for each function, start, depth and seed."""
        train, test = self.data(device)
        tables = []
        for depth, ((activation, init), chosen) in product(self.depths, RATES.items()):
            build = partial(mlp, depth=depth, width=self.width, activation=activation, init=init)
            best = self.best_rate(build, train, self.rates, self.descend, chosen.get(depth, min(self.rates)))
            grid = self.grid(device, rate=[best])
            model = build(grid.seeds.stream("weights"))
            self.descend(model, train, grid)
            found = scores(model, train, test)
            tables.append(grid.settings.assign(activation=activation, init=init, depth=depth, **found))
        return pd.concat(tables, ignore_index=True)
