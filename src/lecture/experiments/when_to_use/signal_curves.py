"""C18: error against the number of examples for a fully connected network on MNIST-1D."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.experiments.saturation.annealed_cnn import cube_root_steps
from lecture.models.initialisers import he
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.annealing import cosine
from lecture.training.batches import minibatches
from lecture.training.loop import evaluate, train
from lecture.training.optimisers import Adam


@dataclass(frozen=True, kw_only=True)
class SignalCurves(Experiment):
    """A multilayer network on the very sets of :mod:`lecture.experiments.saturation.scaling_deep`, with its steps.

    Width (of 100, 200) and learning rate (of 0.002, 0.005, 0.01) were chosen at 3,000 examples, on seeds 1000 and up.

    Attributes:
        seeds: Independent data.
        sizes: Training examples.
        drawn: Examples drawn, of which a training set is the beginning.
        test: Test examples of each seed.
        width: Units in each of the two hidden layers.
        batch: Examples a step.
        rate: Learning rate of Adam at the start; it falls to 0.
        least_steps: Steps at 100 examples; they grow with the cube root.
    """

    seeds: int = 5
    sizes: tuple[int, ...] = (100, 300, 1000, 3000, 10_000, 30_000)
    drawn: int = 100_000
    test: int = 10_000
    width: int = 200
    batch: int = 100
    rate: float = 0.01
    least_steps: int = 180

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "sizes": (100, 200, 300, 400), "drawn": 400, "test": 200, "least_steps": 5},
        "full": {
            "seeds": 10,
            "sizes": (100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000),
            "drawn": 1_000_000,
            "test": 20_000,
            "width": 400,
            "rate": 0.001,
            "least_steps": 1500,
        },
    }
    core_seconds: ClassVar[float] = 16.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a size and seed: columns seed, method, n, error (a share)."""
        seeds = Seeds(tuple(self.seed_range()), device)
        sets = [mnist1d.split(self.drawn, self.test, seed) for seed in seeds.values]
        x, y, x_test, y_test = (torch.stack(parts).to(device) for parts in zip(*sets, strict=True))
        tables = []
        for n in self.sizes:
            model = mlp(seeds.stream("weights"), depth=2, width=self.width, activation=nn.ReLU, init=he)
            steps, optimiser = cube_root_steps(self.least_steps, n), Adam(model, self.rate)
            batches = minibatches(x[:, :n], y[:, :n], self.batch, steps, seeds.stream("order"))
            train(model, optimiser, batches, on_step=cosine(optimiser, steps))
            error = 1 - evaluate(model, x_test, y_test)[1]
            tables.append(pd.DataFrame({"seed": seeds.values, "method": "MLP", "n": n, "error": error.tolist()}))
        return pd.concat(tables, ignore_index=True)
