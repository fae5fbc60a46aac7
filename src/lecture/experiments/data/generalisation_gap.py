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
from lecture.training.batches import minibatches
from lecture.training.scores import scores
from lecture.training.solved import train_until_solved


@dataclass(frozen=True, kw_only=True)
class GeneralisationGap(Experiment):
    """Trains networks of several widths on more and more examples of MNIST-1D, each until it has learned them.

    Learned means: the mean training loss over a pass is below one bar, the same for all, so that gaps can be compared.
    What never gets there stops after so many passes. Nothing holds overfitting back: no weight decay, no dropout, no
    augmentation. Each seed draws its own examples from a common pool, and a larger set contains the smaller one. The
    test examples are the same for all, and two seeds share half of the largest set: intervals speak of starts and
    draws, not of another pool.

    Attributes:
        examples: Numbers of training examples; the last but one is Caltech-101's 9,146.
        widths: Units in each of the two hidden layers, one network for each number.
        test: Test examples, the same for all.
        batch: Examples a step.
        bar: Training loss at which a set is learned, nats.
        passes: Most passes through the examples.
        steps: Most steps, where these are more: small sets are gone through many times.
        learning_rate: Adam's. On pilot seeds (10,000 to 10,002) 0.001 and 0.002 gave the same gaps, the second sooner.
    """

    seeds: int = 5
    examples: tuple[int, ...] = (100, 300, 1000, 3000, 9146, 30000)
    widths: tuple[int, ...] = (10, 25, 60, 150)
    test: int = 5000
    batch: int = 100
    bar: float = 0.1
    passes: int = 30
    steps: int = 2000
    learning_rate: float = 2e-3

    presets: ClassVar = {
        "smoke": {
            "seeds": 2, "examples": (50, 100, 200, 400), "widths": (5, 20), "test": 200, "steps": 40, "passes": 2,
        },
        "full": {"seeds": 30, "widths": (10, 25, 60, 150, 400), "steps": 20000, "passes": 200},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 80.0
    size: ClassVar[str] = (
        "{examples} signals of MNIST-1D, networks of two hidden layers of {widths} units, to a training loss of {bar} "
        "or {passes} passes"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``width``, ``parameters``, ``examples``, ``seed``, ``passes`` (-1 if never learned) and scores."""
        most = max(self.examples)
        x, y, x_test, y_test = (part.to(device) for part in mnist1d.split(2 * most, self.test, seed=0))
        seeds = self.seeds_on(device)
        drawn = seeds.stream("examples").permutation(2 * most)
        tables = []
        for width, n in product(self.widths, self.examples):
            data = x[drawn[:, :n]], y[drawn[:, :n]]
            model = mlp(seeds.stream("weights"), depth=2, width=width, activation=nn.ReLU, init=he)
            most_steps, a_pass = max(self.steps, self.passes * n // self.batch), max(1, n // self.batch)
            batches = minibatches(*data, self.batch, most_steps, seeds.stream("order"))
            rates = torch.full((len(seeds),), self.learning_rate, device=device)
            updates = train_until_solved(model, rates, batches, bar=self.bar, window=a_pass)
            passes = torch.where(updates < 0, -1.0, updates * self.batch / n).tolist()
            parameters = sum(p[0].numel() for p in model.parameters())
            settings = {"width": width, "parameters": parameters, "examples": n, "seed": seeds.values, "passes": passes}
            tables.append(pd.DataFrame({**settings, **scores(model, data, (x_test, y_test))}))
        return pd.concat(tables, ignore_index=True)
