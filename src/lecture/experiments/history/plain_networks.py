"""What the depth experiments of C03 share: kinds of plain networks, and the class that trains and scores them.

Training and test set are the same for all seeds. A seed draws the weights at the start and the order of the examples,
so intervals over seeds speak of other starts and orders, not of other data.
"""

from abc import ABC
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data import mnist1d
from lecture.experiments.experiment import PILOT, Experiment
from lecture.experiments.grid import Grid
from lecture.models.activations import Sigmoid
from lecture.models.initialisers import Initialiser, he, torch_default, xavier
from lecture.models.mlp import mlp
from lecture.training.fit import fit
from lecture.training.optimisers import SGD, Adam
from lecture.training.scores import scores

WITH_MOMENTUM = partial(SGD, momentum=0.9)
"""Gradient descent that keeps nine tenths of the last step, as in Rumelhart, Hinton and Williams (1986)."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of network, and how it is trained; the defaults are the tools of the time.

    Attributes:
        rates: The learning rate for each number of layers.
        offered: The learning rates that it was chosen from.
        activation: Makes the non-linearity of the hidden layers: the logistic sigmoid of Rumelhart and others (1986).
        init: How the weights start: uniform within ±1/sqrt(fan_in), the custom (Glorot and Bengio 2010, eq. 1).
        optimiser: Takes the model and the learning rates ``[R]``: plain gradient descent.
        width: Units in each hidden layer, if not the experiment's.
        examples: Training examples, if not the experiment's.
    """

    rates: Mapping[int, float]
    offered: tuple[float, ...]
    activation: Callable[[], nn.Module] = Sigmoid
    init: Initialiser = torch_default
    optimiser: Callable[[nn.Module, float | Tensor], SGD | Adam] = SGD
    width: int | None = None
    examples: int | None = None


SIGMOID = (1.0, 3.0, 10.0)
KINDS = {
    "plain": Kind(rates={2: 3.0, 3: 3.0, 4: 3.0, 5: 3.0, 6: 3.0, 8: 0.3}, offered=(0.3, *SIGMOID)),
    "few": Kind(rates={2: 3.0}, offered=SIGMOID, examples=100),
    "patience": Kind(rates={6: 3.0, 8: 0.3}, offered=(0.3, 1.0, 3.0)),
    "narrow": Kind(rates={2: 3.0, 6: 1.0, 8: 1.0}, offered=SIGMOID, width=10),
    "wide": Kind(rates={2: 10.0, 6: 1.0, 8: 1.0}, offered=SIGMOID, width=100),
    "scarce": Kind(rates={2: 10.0, 6: 1.0, 8: 1.0}, offered=SIGMOID, examples=400),
    "plenty": Kind(rates={2: 3.0, 6: 3.0, 8: 1.0}, offered=SIGMOID, examples=16000),
    "momentum": Kind(rates={2: 0.3, 6: 0.1, 8: 0.1}, offered=(0.1, 0.3, 1.0), optimiser=WITH_MOMENTUM),
    "Adam": Kind(rates={2: 0.03, 6: 0.01, 8: 0.01}, offered=(0.001, 0.003, 0.01, 0.03), optimiser=Adam),
    "tanh": Kind(rates={2: 1.0, 6: 0.3, 8: 0.3}, offered=(0.03, 0.1, 0.3, 1.0), activation=nn.Tanh, init=xavier),
    "now": Kind(rates={8: 0.001}, offered=(0.001,), activation=nn.ReLU, init=he, optimiser=Adam),
}
"""``plain`` and ``patience`` have the tools of the time throughout; the others change what they are called after.

Of the rates offered, each number of layers has the one with the lowest mean training loss over three pilot seeds
(settings of the ``book`` preset with ``pilots=3``): the question is what can be trained at all. ``now`` has Adam's
customary rate (Kingma and Ba 2015, algorithm 1)."""


@dataclass(frozen=True, kw_only=True)
class DepthExperiment(Experiment, ABC):
    """Trains kinds of plain networks with several numbers of layers, and scores them on what they saw and what not.

    Attributes:
        kinds: Keys of :data:`KINDS`.
        layers: Numbers of layers, counted as AlexNet's eight are: those with weights.
        width: Units in each hidden layer.
        examples: Training examples.
        pool: Training examples that are drawn; every kind sees the first ones of the same pool.
        test: Test examples.
        batch: Examples a step.
        steps: Steps of training.
        pilots: Pilot seeds that choose the learning rates anew; 0 takes those of :data:`KINDS`.
    """

    seeds: int = 5
    kinds: tuple[str, ...] = ("plain",)
    layers: tuple[int, ...] = (2, 6, 8)
    width: int = 50
    examples: int = 4000
    pool: int = 16000
    test: int = 4000
    batch: int = 50
    steps: int = 2000
    pilots: int = 0

    size: ClassVar[str] = (
        "{layers} layers of {widths} units, {steps} steps of {batch} = {passes} passes, {sets} signals of MNIST-1D"
    )
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "examples": 100, "pool": 100, "test": 100, "steps": 5},
        "full": {"seeds": 30, "pilots": 10},
    }

    @property
    def widths(self) -> tuple[int, ...]:
        """Units in a hidden layer, over all kinds."""
        return tuple(sorted({KINDS[kind].width or self.width for kind in self.kinds}))

    @property
    def sets(self) -> tuple[int, ...]:
        """Training examples, over all kinds."""
        return tuple(sorted({min(KINDS[kind].examples or self.examples, self.pool) for kind in self.kinds}))

    @property
    def passes(self) -> tuple[float, ...]:
        """Passes over each of these sets."""
        return tuple(self.steps * min(self.batch, n) / n for n in self.sets)

    def data(self, device: torch.device) -> list[Tensor]:
        """Return training inputs and labels, test inputs and labels."""
        return [part.to(device) for part in mnist1d.split(self.pool, self.test, seed=0)]

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each kind, number of layers and seed: what :meth:`trained` gives."""
        data = self.data(device)
        return pd.concat([self.trained(k, n, data) for k in self.kinds for n in self.layers], ignore_index=True)

    def trained(self, kind: str, layers: int, data: list[Tensor]) -> pd.DataFrame:
        """Return a row for each seed: its settings, ``seed`` and four scores.

        The settings are ``kind``, ``layers``, ``width``, ``examples``, ``batch``, ``steps`` and ``rate``; the scores
        ``train_loss`` and ``test_loss`` (nats), ``train_accuracy`` and ``test_accuracy`` (shares).
        """
        rate = self.pilot(kind, layers, data) if self.pilots else KINDS[kind].rates[layers]
        return self._scores(kind, layers, data, self.grid(data[0].device, rate=(rate,)))

    def pilot(self, kind: str, layers: int, data: list[Tensor]) -> float:
        """Return the learning rate with the lowest mean training loss over the pilot seeds."""
        offered = KINDS[kind].offered
        grid = self.grid(data[0].device, range(PILOT, PILOT + self.pilots), rate=offered)
        loss = self._scores(kind, layers, data, grid).groupby("rate")["train_loss"].mean()
        return min(offered, key=loss.__getitem__)

    def _scores(self, kind: str, layers: int, data: list[Tensor], grid: Grid) -> pd.DataFrame:
        """Train one network for each pair of a learning rate and a seed, all at once."""
        k = KINDS[kind]
        width, n = k.width or self.width, min(k.examples or self.examples, self.pool)
        x, y, *test = data[0][:n], data[1][:n], *data[2:]
        stream, rate = grid.seeds.stream("weights"), grid.column("rate")
        model = mlp(stream, depth=layers - 1, width=width, activation=k.activation, init=k.init)
        fit(model, x, y, grid.seeds, batch=self.batch, steps=self.steps, rate=rate, optimiser=k.optimiser, anneal=False)
        settings = {"kind": kind, "layers": layers, "width": width, "examples": n, "batch": min(self.batch, n)}
        found = scores(model, (x, y), (test[0], test[1]))
        return pd.DataFrame(settings | {"steps": self.steps} | grid.settings.to_dict("list") | found)
