"""ReLU against tanh: epochs until the training error is down to 25 %.

Figure 1 of Krizhevsky et al. (2012) at our scale. Theirs is a convolutional network of four layers on CIFAR-10, each
function with a learning rate "chosen independently to make training as fast as possible". Ours is a network of four
fully connected layers on MNIST-1D, each function at each of several rates; the claim takes each at its fastest.
"""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import pandas as pd
import torch

from lecture.data.mnist1d import generate
from lecture.experiments.experiment import Experiment
from lecture.models.mlp import mlp
from lecture.training.fit import Plan, checkpoints
from lecture.training.optimisers import SGD
from lecture.training.scores import evaluate

RUNNERS = (("ReLU", "He"), ("tanh", "Xavier"))
"""Each activation function with the initialisation that was derived for it."""


@dataclass(frozen=True, kw_only=True)
class Race(Experiment):
    """Follow the training error of both functions at each learning rate.

    Attributes:
        depth: Hidden layers; with the output layer there are four layers of weights, as in the paper.
        width: Units in each hidden layer.
        rates: Learning rates.
        momentum: As in the paper, section 5.
        batch: Examples a step; the paper took 128.
        epochs: Passes over the training examples.
        examples: Training examples, of MNIST-1D.
        looks: How often an epoch the error is measured.
        watched: Training examples that it is measured on.
    """

    seeds: int = 10
    depth: int = 3
    width: int = 64
    rates: tuple[float, ...] = (0.01, 0.03, 0.1)
    momentum: float = 0.9
    batch: int = 50
    epochs: int = 40
    examples: int = 4000
    looks: int = 2
    watched: int = 1000

    size: ClassVar[str] = "{depth} hidden layers of {width} units, {epochs} epochs of {examples} signals of MNIST-1D"
    presets: ClassVar = {
        "smoke": {"seeds": 2, "epochs": 2, "examples": 400, "watched": 200},
        "full": {"width": 200, "rates": (0.003, 0.01, 0.03, 0.1, 0.3), "epochs": 80, "watched": 4000},
    }
    core_seconds: ClassVar[float] = 20.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the training error (a share) of each function, rate and seed, epoch by epoch."""
        x, y = (part.to(device) for part in generate(self.examples, seed=0))
        grid = self.grid(device, rate=self.rates)
        stride = self.examples // self.batch // self.looks
        steps = stride * self.looks * self.epochs
        tables = []
        for activation, init in RUNNERS:
            weights = grid.seeds.stream("weights")
            model = mlp(weights, depth=self.depth, width=self.width, activation=activation, init=init)
            plan: Plan = {"optimiser": partial(SGD, momentum=self.momentum), "anneal": False}
            looks, rate = range(stride, steps + 1, stride), grid.column("rate")
            for step in checkpoints(
                model, x, y, grid.seeds, at=looks, batch=self.batch, steps=steps, rate=rate, **plan
            ):
                error = evaluate(model, x[: self.watched], y[: self.watched]).error.tolist()
                epoch = step * self.batch / self.examples
                tables.append(grid.settings.assign(activation=activation, epoch=epoch, train_error=error))
        return pd.concat(tables, ignore_index=True)
