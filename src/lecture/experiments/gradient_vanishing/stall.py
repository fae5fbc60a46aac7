"""Training sigmoid networks of growing depth: the loss that stays where guessing puts it."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data.mnist1d import split
from lecture.experiments.experiment import Experiment
from lecture.models.initialisers import torch_default, xavier
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.lengths import length
from lecture.training.loop import evaluate, train
from lecture.training.optimisers import SGD

STARTS = {"default": torch_default, "Xavier": xavier}
"""How the weights start."""


@dataclass(frozen=True, kw_only=True)
class Stall(Experiment):
    """Trains sigmoid networks by gradient descent with momentum, and watches the loss and the first layer's gradient.

    Attributes:
        depths: Numbers of hidden layers.
        width: Units in each.
        rates: Learning rates; all are recorded, the claim takes each depth at the one with the lowest training loss.
        momentum: As in AlexNet (Krizhevsky et al. 2012, section 5).
        batch: Examples a step.
        steps: Steps of each run.
        every: A record is made every so many steps.
        examples: Training examples, of MNIST-1D; 1,000 of them measure the training loss, 1,000 others the test loss.
    """

    depths: tuple[int, ...] = (1, 2, 4, 8, 16)
    width: int = 32
    rates: tuple[float, ...] = (0.1, 1.0)
    momentum: float = 0.9
    batch: int = 50
    steps: int = 1000
    every: int = 50
    examples: int = 4000

    presets: ClassVar = {
        "smoke": {"seeds": 2, "depths": (1, 16), "steps": 20, "every": 10, "examples": 200},
        "full": {"depths": (1, 2, 4, 8, 16, 32), "width": 256, "rates": (0.01, 0.1, 1.0), "steps": 10000, "every": 500},
    }
    core_seconds: ClassVar[float] = 33.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each ``init``, ``depth``, ``rate``, ``seed`` and ``step``.

        ``train_loss`` and ``test_loss`` in nats, and ``first``, the norm of the gradient of the first layer's weights.
        """
        data = [part.to(device) for part in split(self.examples, 1000, seed=0)]
        seeds = Seeds(tuple(self.seed_range()) * len(self.rates), device)
        rates = torch.tensor(self.rates, device=device).repeat_interleave(self.seeds)
        tables = []
        for depth in self.depths:
            for start, init in STARTS.items():
                weights = seeds.stream("weights")
                model = mlp(weights, depth=depth, width=self.width, activation=nn.Sigmoid, init=init)
                batches = minibatches(data[0], data[1], self.batch, self.steps + 1, seeds.stream("order"))
                records = Records(model, data, self.every)
                train(model, SGD(model, rates, self.momentum), batches, on_step=records)
                index = pd.MultiIndex.from_product(
                    [records.steps, self.rates, self.seed_range()], names=["step", "rate", "seed"]
                )
                columns = torch.cat(records.rows, 1).cpu().numpy()
                table = pd.DataFrame(dict(zip(("train_loss", "test_loss", "first"), columns, strict=True)), index)
                tables.append(table.reset_index().assign(init=start, depth=depth))
        return pd.concat(tables, ignore_index=True)


class Records:
    """Measures the networks while they train.

    Args:
        model: The networks.
        data: Training inputs and labels, test inputs and labels.
        every: Number of steps between two measurements.
    """

    def __init__(self, model: nn.Sequential, data: list[Tensor], every: int) -> None:
        self.model, self.every = model, every
        self.train, self.test = (data[0][:1000], data[1][:1000]), (data[2], data[3])
        self.steps: list[int] = []
        self.rows: list[Tensor] = []

    def __call__(self, step: int, losses: Tensor) -> None:
        """Note the losses and the first layer's gradient, ``[3, R]``."""
        if step % self.every:
            return
        gradient = next(self.model.parameters()).grad
        assert gradient is not None
        self.steps.append(step)
        self.rows.append(
            torch.stack([evaluate(self.model, *self.train)[0], evaluate(self.model, *self.test)[0], length(gradient)])
        )
        self.model.train()
