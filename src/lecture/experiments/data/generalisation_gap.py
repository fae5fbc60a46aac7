"""The gap between training and test accuracy against the number of training examples, for networks of several sizes."""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.models.initialisers import he
from lecture.models.mlp import mlp
from lecture.training.fit import fit
from lecture.training.scores import scores


@dataclass(frozen=True, kw_only=True)
class GeneralisationGap(Experiment):
    """Trains networks of several widths on more and more examples of MNIST-1D.

    Nothing holds overfitting back: no weight decay, no dropout, no augmentation, no early stopping. Each seed draws
    its own examples from a common pool, and a larger set contains the smaller one. The test examples are the same for
    all, and two seeds share half of the largest set: intervals speak of starts and draws, not of another pool.

    Attributes:
        examples: Numbers of training examples; the last but one is Caltech-101's 9,146.
        widths: Units in each of the two hidden layers, one network for each number.
        test: Test examples, the same for all.
        batch: Examples a step.
        steps: Fewest steps of training; small sets are gone through many times.
        passes: Fewest passes through the examples; large sets get more steps.
        learning_rate: Adam's at the start, a customary value, from where it falls to zero along half a cosine; nothing
            here was tuned.
    """

    seeds: int = 5
    examples: tuple[int, ...] = (100, 300, 1000, 3000, 9146, 30000)
    widths: tuple[int, ...] = (10, 25, 60, 150)
    test: int = 5000
    batch: int = 100
    steps: int = 1000
    passes: int = 15
    learning_rate: float = 2e-3

    presets: ClassVar = {
        "smoke": {
            "seeds": 2, "examples": (50, 100, 200, 400), "widths": (5, 20), "test": 200, "steps": 40, "passes": 2,
        },
        "full": {"seeds": 30, "widths": (10, 25, 60, 150, 400), "steps": 20000, "passes": 90},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 40.0
    size: ClassVar[str] = (
        "{examples} signals of MNIST-1D, networks of two hidden layers of {widths} units, at least {steps} steps and "
        "{passes} passes"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``width``, ``parameters``, ``examples``, ``seed`` and the four scores."""
        most = max(self.examples)
        x, y, x_test, y_test = (part.to(device) for part in mnist1d.split(2 * most, self.test, seed=0))
        seeds = self.seeds_on(device)
        drawn = seeds.stream("examples").permutation(2 * most)
        tables = []
        for width, n in product(self.widths, self.examples):
            data = x[drawn[:, :n]], y[drawn[:, :n]]
            steps = max(self.steps, self.passes * n // self.batch)
            model = mlp(seeds.stream("weights"), depth=2, width=width, activation=nn.ReLU, init=he)
            fit(model, *data, seeds, batch=self.batch, steps=steps, rate=self.learning_rate)
            parameters = sum(p[0].numel() for p in model.parameters())
            settings = {"width": width, "parameters": parameters, "examples": n, "seed": seeds.values}
            tables.append(pd.DataFrame({**settings, **scores(model, data, (x_test, y_test))}))
        return pd.concat(tables, ignore_index=True)
