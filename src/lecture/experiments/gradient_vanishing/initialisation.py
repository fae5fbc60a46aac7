"""The same deep network with another start, or with normalisation: what reaches the first layer, and what trains."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data.mnist1d import split
from lecture.experiments.experiment import Experiment
from lecture.models.initialisers import he, torch_default, xavier
from lecture.models.layers import BatchNorm, Linear
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.lengths import length
from lecture.training.loop import evaluate, train
from lecture.training.optimisers import SGD

FUNCTIONS = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "ReLU": nn.ReLU}
STARTS = {"default": torch_default, "Xavier": xavier, "He": he}


@dataclass(frozen=True, kw_only=True)
class Initialisation(Experiment):
    """Trains one deep architecture with three functions, three starts, and with and without batch normalisation.

    Attributes:
        depth: Number of hidden layers.
        width: Units in each.
        rates: Learning rates; all are recorded, the claim takes each network at the one with the lowest training loss.
        momentum: As in AlexNet (Krizhevsky et al. 2012, section 5).
        batch: Examples a step.
        steps: Steps of each run.
        examples: Training examples, of MNIST-1D.
    """

    seeds: int = 5
    depth: int = 16
    width: int = 32
    rates: tuple[float, ...] = (0.01, 0.1)
    momentum: float = 0.9
    batch: int = 50
    steps: int = 800
    examples: int = 4000

    presets: ClassVar = {
        "smoke": {"seeds": 2, "steps": 10, "rates": (0.1,), "examples": 200},
        "full": {"seeds": 10, "width": 256, "rates": (0.001, 0.01, 0.1), "steps": 8000},
    }
    core_seconds: ClassVar[float] = 45.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each ``activation``, ``init``, ``norm``, ``rate`` and ``seed``.

        ``share`` is the gradient of the first layer's weights over the last hidden layer's, before the first step;
        ``train_loss``, ``train_accuracy``, ``test_loss`` and ``test_accuracy`` are measured at the end.
        """
        data = [part.to(device) for part in split(self.examples, 1000, seed=0)]
        seeds = Seeds(tuple(self.seed_range()) * len(self.rates), device)
        rates = torch.tensor(self.rates, device=device).repeat_interleave(self.seeds)
        settings = pd.DataFrame(
            {"rate": [rate for rate in self.rates for _ in self.seed_range()], "seed": seeds.values}
        )
        tables = []
        for function, activation in FUNCTIONS.items():
            for start, normalised in [*((start, False) for start in STARTS), ("Xavier", True)]:
                weights = seeds.stream("weights")
                model = mlp(
                    weights,
                    depth=self.depth,
                    width=self.width,
                    activation=activation,
                    init=STARTS[start],
                    norm=partial(BatchNorm, stream=weights) if normalised else None,
                )
                shares: list[Tensor] = []
                train(
                    model,
                    SGD(model, rates, self.momentum),
                    minibatches(data[0], data[1], self.batch, self.steps, seeds.stream("order")),
                    on_step=partial(_note, model, shares),
                )
                scores = [shares[0], *evaluate(model, data[0], data[1]), *evaluate(model, data[2], data[3])]
                names = ("share", "train_loss", "train_accuracy", "test_loss", "test_accuracy")
                columns = {name: score.cpu().numpy() for name, score in zip(names, scores, strict=True)}
                norm = "batch" if normalised else "none"
                tables.append(settings.assign(activation=function, init=start, norm=norm, **columns))
        return pd.concat(tables, ignore_index=True)


def _note(model: nn.Sequential, shares: list[Tensor], step: int, losses: Tensor) -> None:
    """Before the first step, note the first layer's gradient over the last hidden layer's, ``[R]``."""
    if step == 0:
        layers = [layer for layer in model if isinstance(layer, Linear)]
        first, last = layers[0].weight.grad, layers[-2].weight.grad
        assert first is not None
        assert last is not None
        shares.append(length(first) / length(last))
