"""The same deep network with another start, or with normalisation: what reaches the first layer, and what trains."""

from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.gradient_vanishing.signals import RUN, MomentumTraining
from lecture.models.activations import ACTIVATIONS
from lecture.models.layers import BatchNorm, Linear
from lecture.models.mlp import mlp
from lecture.training.gradients import FirstGradients
from lecture.training.scores import scores

VARIANTS = (("default", False), ("Xavier", False), ("He", False), ("Xavier", True))
"""Initialisation of the weights, and whether there is batch normalisation."""


@dataclass(frozen=True, kw_only=True)
class Initialisation(MomentumTraining):
    """Trains one deep architecture with three functions, three starts, and with and without batch normalisation.

    Attributes:
        depth: Number of hidden layers.
    """

    depth: int = 16

    size: ClassVar[str] = "{depth} hidden layers of " + RUN
    presets: ClassVar = {
        "smoke": {"seeds": 2, "steps": 10, "rates": (0.1,), "examples": 200},
        "full": {"seeds": 10, "width": 256, "rates": (0.001, 0.01, 0.1), "steps": 8000},
    }
    core_seconds: ClassVar[float] = 30.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each ``activation``, ``init``, ``norm``, ``rate`` and ``seed``.

        ``share`` is the gradient of the first layer's weights over the last hidden layer's, before the first step;
        ``train_loss``, ``train_accuracy``, ``test_loss`` and ``test_accuracy`` are measured at the end.
        """
        train, test = self.data(device)
        grid = self.grid(device, rate=self.rates)
        tables = []
        for activation, (init, normalised) in product(ACTIVATIONS, VARIANTS):
            weights = grid.seeds.stream("weights")
            norm = partial(BatchNorm, stream=weights) if normalised else None
            model = mlp(weights, depth=self.depth, width=self.width, activation=activation, init=init, norm=norm)
            layers = [layer for layer in model if isinstance(layer, Linear)]
            gradients = FirstGradients(layers[0].weight, layers[-2].weight)
            self.descend(model, train, grid, on_step=gradients)
            first, last = gradients.norms
            found = {"share": (first / last).tolist(), **scores(model, train, test)}
            settings = {"activation": activation, "init": init, "norm": "batch" if normalised else "none"}
            tables.append(grid.settings.assign(**settings, **found))
        return pd.concat(tables, ignore_index=True)
