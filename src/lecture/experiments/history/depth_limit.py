"""How deep a network the tools of 1986 to 2005 could train, and whether what stops it is overfitting."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.models.activations import Sigmoid
from lecture.models.initialisers import Initialiser, he, torch_default
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.loop import evaluate, train
from lecture.training.optimisers import SGD, Adam

PILOT = 10_000
"""Pilot seeds start here: no seed that chooses a learning rate is among those that are reported."""


@dataclass(frozen=True)
class Tools:
    """What a network is built and trained with.

    Attributes:
        activation: Makes the non-linearity of the hidden layers.
        init: How the weights start.
        optimiser: Takes the model and the learning rates ``[R]``.
    """

    activation: Callable[[], nn.Module]
    init: Initialiser
    optimiser: Callable[[nn.Module, Tensor], SGD | Adam]


TOOLS = {
    "then": Tools(Sigmoid, torch_default, SGD),
    "now": Tools(nn.ReLU, he, Adam),
}
"""``then``: the logistic sigmoid of Rumelhart, Hinton and Williams (1986), weights uniform within ±1/sqrt(fan_in) as
was the custom (Glorot and Bengio 2010, eq. 1), plain gradient descent. ``now``: ReLU, He's weights, Adam."""


@dataclass(frozen=True, kw_only=True)
class DepthLimit(Experiment):
    """Trains plain networks of two to eight layers, and scores them on what they saw and on what they did not.

    Layers are counted as AlexNet's eight are: those with weights. Overfitting means good in training and bad in the
    test; a network that is bad in both has not learnt. For each number of layers, the learning rate is the one with the
    lowest mean training loss over a few pilot seeds, since the question is what can be trained at all. Three things
    stand beside the sweep: a shallow network that sees only a few examples and does overfit, the deepest network with
    the tools of today, and deep networks that are given far more time.

    Attributes:
        layers: Numbers of layers.
        width: Units in each hidden layer.
        train: Training examples.
        test: Test examples.
        batch: Examples a step.
        steps: Steps of training; 2,000 are 50 passes over the examples.
        rates: Learning rates tried with the old tools.
        pilots: Seeds on which one of them is chosen.
        rate_now: Learning rate of the tools of today, Adam's customary one (Kingma and Ba 2015, algorithm 1).
        few: Training examples of the network that overfits.
        patient_layers: Numbers of layers of the networks that are given more time.
        patient_steps: Their steps.
        patient_seeds: Their seeds, at most as many as the others'.
    """

    layers: tuple[int, ...] = (2, 3, 4, 5, 6, 8)
    width: int = 50
    train: int = 4000
    test: int = 4000
    batch: int = 100
    steps: int = 2000
    rates: tuple[float, ...] = (1.0, 3.0, 10.0)
    pilots: int = 3
    rate_now: float = 0.001
    few: int = 100
    patient_layers: tuple[int, ...] = (6, 8)
    patient_steps: int = 12000
    patient_seeds: int = 5

    presets: ClassVar = {
        "smoke": {
            "seeds": 2, "train": 200, "test": 200, "steps": 10, "pilots": 1, "patient_steps": 20, "patient_seeds": 2,
        },
        "full": {"seeds": 30, "pilots": 10, "patient_seeds": 30},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 75.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each network trained: its settings, ``seed``, whether it is a ``pilot``, four scores.

        The settings are ``tools``, ``layers``, ``examples``, ``batch``, ``steps`` and ``learning_rate``; the scores
        are ``train_loss`` and ``test_loss`` (nats) and ``train_accuracy`` and ``test_accuracy`` (shares).
        """
        data = tuple(part.to(device) for part in mnist1d.split(self.train, self.test, seed=0))
        few = (data[0][: self.few], data[1][: self.few], *data[2:])
        seeds = tuple(self.seed_range())

        tables, rates = [], {}
        for layers in self.layers:
            pilot = self._pilot(layers, data)
            rates[layers] = min((pilot.train_loss[pilot.learning_rate == r].mean(), r) for r in self.rates)[1]
            tables.append(pilot.assign(pilot=True))

        runs = [("then", layers, data, self.steps, rates[layers], seeds) for layers in self.layers]
        runs += [("then", min(rates), few, self.steps, rates[min(rates)], seeds)]
        runs += [("now", max(rates), data, self.steps, self.rate_now, seeds)]
        runs += [
            ("then", layers, data, self.patient_steps, rates[layers], seeds[: self.patient_seeds])
            for layers in self.patient_layers
        ]
        tables += [
            self._scores(tools, layers, examples, steps, [rate] * len(own), own).assign(pilot=False)
            for tools, layers, examples, steps, rate, own in runs
        ]
        return pd.concat(tables, ignore_index=True)

    def _pilot(self, layers: int, data: tuple[Tensor, ...]) -> pd.DataFrame:
        """Train the old tools' network with each learning rate and each pilot seed, all at once."""
        each = [rate for rate in self.rates for _ in range(self.pilots)]
        seeds = tuple(range(PILOT, PILOT + self.pilots)) * len(self.rates)
        return self._scores("then", layers, data, self.steps, each, seeds)

    def _scores(
        self, tools: str, layers: int, data: tuple[Tensor, ...], steps: int, rates: list[float], seeds: tuple[int, ...]
    ) -> pd.DataFrame:
        """Train one network for each pair of a learning rate and a seed, all at once, and return its rows."""
        x, y, x_test, y_test = data
        t, rate = TOOLS[tools], torch.tensor(rates, device=x.device)
        streams = Seeds(seeds, x.device)
        model = mlp(streams.stream("weights"), depth=layers - 1, width=self.width, activation=t.activation, init=t.init)
        train(model, t.optimiser(model, rate), minibatches(x, y, self.batch, steps, streams.stream("order")))
        train_loss, train_accuracy = evaluate(model, x, y)
        test_loss, test_accuracy = evaluate(model, x_test, y_test)
        return pd.DataFrame(
            {
                "tools": tools,
                "layers": layers,
                "examples": len(y),
                "batch": min(self.batch, len(y)),
                "steps": steps,
                "learning_rate": rates,
                "seed": list(seeds),
                "train_loss": train_loss.cpu().numpy(),
                "train_accuracy": train_accuracy.cpu().numpy(),
                "test_loss": test_loss.cpu().numpy(),
                "test_accuracy": test_accuracy.cpu().numpy(),
            }
        )
