"""Saturation of the top layer: what Glorot and Bengio saw when a sigmoid network starts to train."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.experiments.gradient_vanishing.signals import RUN, SignalTraining
from lecture.models.mlp import mlp
from lecture.training.optimisers import SGD

COMPARED = ("sigmoid", "tanh")
"""Activation functions."""


@dataclass(frozen=True, kw_only=True)
class Saturation(SignalTraining):
    """Watches the mean output of each hidden layer while a network of four hidden layers trains (their figure 2).

    300 examples that it does not train on are looked at.

    Attributes:
        depth: Number of hidden layers.
        rate: Learning rate of plain gradient descent.
        every: A record is made every so many steps.
    """

    depth: int = 4
    rate: float = 0.3
    batch: int = 10
    steps: int = 4000
    every: int = 50

    size: ClassVar[str] = "{depth} hidden layers of " + RUN
    presets: ClassVar = {
        "smoke": {"seeds": 2, "steps": 20, "every": 10, "examples": 200},
        "full": {"seeds": 10, "width": 256, "steps": 40000, "every": 200},
    }
    core_seconds: ClassVar[float] = 12.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each ``activation``, ``step``, ``layer`` and ``seed``.

        ``mean`` and ``low``, ``high`` describe the layer's outputs over units and examples (2nd and 98th percentile);
        ``slope`` is the mean slope of the function there.
        """
        return pd.concat([self._watched(activation, device) for activation in COMPARED], ignore_index=True)

    def _watched(self, activation: str, device: torch.device) -> pd.DataFrame:
        train, (seen, _) = self.data(device, test=300)
        seeds = self.seeds_on(device)
        seen = seen.expand(len(seeds), *seen.shape)
        model = mlp(seeds.stream("weights"), depth=self.depth, width=self.width, activation=activation)
        rows: list[Tensor] = []

        def look(step: int, losses: Tensor) -> None:
            if step % self.every == 0:
                rows.append(outputs(model, seen))

        self.learn(model, train, seeds, self.rate, more=1, optimiser=SGD, on_step=look)
        places = [range(0, self.steps + 1, self.every), range(1, self.depth + 1), seeds.values]
        index = pd.MultiIndex.from_product(places, names=["step", "layer", "seed"])
        values = torch.stack(rows).flatten(0, 2).cpu().numpy()
        table = pd.DataFrame(values, index, columns=["mean", "low", "high", "slope"])
        return table.reset_index().assign(activation=activation)


@torch.no_grad()
def outputs(model: nn.Sequential, x: Tensor) -> Tensor:
    """Return mean, 2nd and 98th percentile and mean slope of each hidden layer's outputs, ``[layers, R, 4]``."""
    rows = []
    for layer in model:
        x = layer(x)
        if isinstance(layer, (nn.Sigmoid, nn.Tanh)):
            flat = x.flatten(1)
            slope = flat * (1 - flat) if isinstance(layer, nn.Sigmoid) else 1 - flat.square()
            ends = flat.quantile(torch.tensor([0.02, 0.98], device=x.device), dim=1)
            rows.append(torch.stack([flat.mean(1), *ends, slope.mean(1)], 1))
    return torch.stack(rows)
