"""Sigmoid, tanh and ReLU at every depth: which of them still learn when the network gets deep.

The same network, data, optimiser and number of steps; only the function at each unit and the start of the weights
differ. All three start by Glorot's rule, so that the functions are compared and nothing else. ReLU also starts by
torch's default and by He's rule, to see how much of its success is the function's and how much the start's.
"""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.data.mnist1d import split
from lecture.experiments.experiment import Experiment
from lecture.models.initialisers import he, torch_default, xavier
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.loop import evaluate, train
from lecture.training.optimisers import SGD

VARIANTS = {
    ("sigmoid", "Xavier"): (nn.Sigmoid, xavier),
    ("tanh", "Xavier"): (nn.Tanh, xavier),
    ("ReLU", "Xavier"): (nn.ReLU, xavier),
    ("ReLU", "default"): (nn.ReLU, torch_default),
    ("ReLU", "He"): (nn.ReLU, he),
}
"""Function and start."""


@dataclass(frozen=True, kw_only=True)
class Activations(Experiment):
    """Train each function at each depth and each learning rate.

    Attributes:
        depths: Numbers of hidden layers.
        width: Units in each hidden layer.
        rates: Learning rates; every one is recorded, the claim takes each network at its best.
        momentum: As in AlexNet (Krizhevsky et al. 2012, section 5).
        batch: Examples a step.
        steps: Steps of each training run.
        examples: Training examples, of MNIST-1D.
    """

    seeds: int = 5
    depths: tuple[int, ...] = (1, 2, 4, 8, 16, 32)
    width: int = 32
    rates: tuple[float, ...] = (0.01, 0.1)
    momentum: float = 0.9
    batch: int = 50
    steps: int = 800
    examples: int = 4000

    presets: ClassVar = {
        "smoke": {"seeds": 2, "depths": (1, 4), "steps": 20, "examples": 200},
        "full": {"seeds": 10, "width": 100, "rates": (0.001, 0.003, 0.01, 0.03, 0.1), "steps": 8000},
    }
    core_seconds: ClassVar[float] = 54.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return training and test loss and accuracy at the end, for each function, start, depth, rate and seed."""
        data = [part.to(device) for part in split(self.examples, 1000, seed=0)]
        seeds = Seeds(tuple(self.seed_range()) * len(self.rates), device)
        settings = pd.DataFrame(
            {"seed": seeds.values, "rate": [rate for rate in self.rates for _ in range(self.seeds)]}
        )
        rates = torch.tensor(settings["rate"].to_numpy(), dtype=torch.float32, device=device)
        tables = []
        for depth in self.depths:
            for (function, start), (activation, init) in VARIANTS.items():
                model = mlp(seeds.stream("weights"), depth=depth, width=self.width, activation=activation, init=init)
                batches = minibatches(data[0], data[1], self.batch, self.steps, seeds.stream("order"))
                train(model, SGD(model, rates, self.momentum), batches)
                scores = [*evaluate(model, data[0], data[1]), *evaluate(model, data[2], data[3])]
                names = ("train_loss", "train_accuracy", "test_loss", "test_accuracy")
                columns = {name: score.cpu().numpy() for name, score in zip(names, scores, strict=True)}
                tables.append(settings.assign(activation=function, init=start, depth=depth, **columns))
        return pd.concat(tables, ignore_index=True)
