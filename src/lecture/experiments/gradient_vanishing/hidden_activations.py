"""How much of what tells two signals apart the hidden layers put out, before training and after it; and dead units."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.experiments.gradient_vanishing.piloted import PilotedMomentum
from lecture.experiments.gradient_vanishing.signals import RUN
from lecture.models.mlp import mlp

STARTS = {"sigmoid": "Xavier", "tanh": "Xavier", "ReLU": "He"}
"""The start of each function."""


@dataclass(frozen=True, kw_only=True)
class HiddenActivations(PilotedMomentum):
    """Trains deep networks of three functions, and looks at all their units on all examples.

    Attributes:
        depth: Number of hidden layers.
        rates: A single learning rate, which ``gradient_vanishing.activations`` has for tanh and ReLU at this depth.
    """

    depth: int = 8
    rates: tuple[float, ...] = (0.03,)

    size: ClassVar[str] = "{depth} hidden layers of " + RUN
    presets: ClassVar = {
        "smoke": {"seeds": 2, "steps": 20, "examples": 200, "width": 16},
        "full": {"width": 256, "examples": 4000, "steps": 16_000},
    }
    core_seconds: ClassVar[float] = 25.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return what :func:`outputs` gives for each function, ``moment`` ("start" or "end"), layer and seed."""
        (train, _), grid = self.data(device), self.grid(device, rate=self.rates)
        seeds = grid.seeds
        tables = []
        for activation, init in STARTS.items():
            model = mlp(seeds.stream("weights"), depth=self.depth, width=self.width, activation=activation, init=init)
            for moment in ("start", "end"):
                if moment == "end":
                    self.descend(model, train, grid)
                rows = outputs(model, train[0].expand(len(seeds), -1, -1))
                index = pd.MultiIndex.from_product([range(1, self.depth + 1), seeds.values], names=["layer", "seed"])
                table = pd.DataFrame(rows.flatten(0, 1).cpu().numpy(), index, columns=["spread", "dead"])
                tables.append(table.reset_index().assign(activation=activation, moment=moment))
        return pd.concat(tables, ignore_index=True)


@torch.no_grad()
def outputs(model: nn.Sequential, x: Tensor) -> Tensor:
    """Return the spread of each hidden layer's outputs and the share of its units that are dead, ``[layers, R, 2]``.

    The spread is a unit's standard deviation over the examples, averaged over the units. A unit is dead if it puts out
    the same for every example: then it has no slope either, and gets no gradient.

    Args:
        model: One of :func:`lecture.models.mlp.mlp`.
        x: ``[R, n, inputs]``.
    """
    rows = []
    for place, layer in enumerate(list(model)[:-1]):
        x = layer(x)
        if place % 2:  # weights and functions take turns
            dead = (x.amax(1) == x.amin(1)).float().mean(1)
            rows.append(torch.stack([x.std(1).mean(1), dead], 1))
    return torch.stack(rows)
