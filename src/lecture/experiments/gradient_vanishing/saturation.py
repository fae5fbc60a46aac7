"""Saturation of the top layer: what Glorot and Bengio saw when a sigmoid network starts to train."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data.mnist1d import split
from lecture.experiments.experiment import Experiment
from lecture.models.initialisers import torch_default
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.loop import train
from lecture.training.optimisers import SGD

FUNCTIONS = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh}


@dataclass(frozen=True, kw_only=True)
class Saturation(Experiment):
    """Watches the mean output of each hidden layer while a network of four hidden layers trains (their figure 2).

    Attributes:
        depth: Number of hidden layers.
        width: Units in each.
        rate: Learning rate of plain gradient descent.
        batch: Examples a step.
        steps: Steps of the run.
        every: A record is made every so many steps.
        examples: Training examples, of MNIST-1D; 300 others are looked at.
    """

    seeds: int = 5
    depth: int = 4
    width: int = 32
    rate: float = 0.3
    batch: int = 10
    steps: int = 4000
    every: int = 50
    examples: int = 4000

    presets: ClassVar = {
        "smoke": {"seeds": 2, "steps": 20, "every": 10, "examples": 200},
        "full": {"seeds": 10, "width": 256, "steps": 40000, "every": 200},
    }
    core_seconds: ClassVar[float] = 8.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each ``activation``, ``step``, ``layer`` and ``seed``.

        ``mean`` and ``low``, ``high`` describe the layer's outputs over units and examples (2nd and 98th percentile);
        ``slope`` is the mean slope of the function there.
        """
        x, y, seen, _ = (part.to(device) for part in split(self.examples, 300, seed=0))
        seeds = Seeds(tuple(self.seed_range()), device)
        seen = seen.expand(len(seeds), *seen.shape)
        tables = []
        for function, activation in FUNCTIONS.items():
            model = mlp(
                seeds.stream("weights"), depth=self.depth, width=self.width, activation=activation, init=torch_default
            )
            rows: list[Tensor] = []

            def look(step: int, losses: Tensor, model: nn.Sequential = model, rows: list[Tensor] = rows) -> None:
                if step % self.every == 0:
                    rows.append(outputs(model, seen))

            batches = minibatches(x, y, self.batch, self.steps + 1, seeds.stream("order"))
            train(model, SGD(model, self.rate), batches, on_step=look)
            steps = range(0, self.steps + 1, self.every)
            index = pd.MultiIndex.from_product(
                [steps, range(1, self.depth + 1), seeds.values], names=["step", "layer", "seed"]
            )
            table = pd.DataFrame(
                torch.stack(rows).flatten(0, 2).cpu().numpy(), index, columns=["mean", "low", "high", "slope"]
            )
            tables.append(table.reset_index().assign(activation=function))
        return pd.concat(tables, ignore_index=True)


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
