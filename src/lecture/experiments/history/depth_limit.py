"""How deep a network could be trained with the recipes of 1986 to 2005, and with how much patience.

Training and test set are the same for all seeds. A seed draws the weights at the start and the order of the examples,
so intervals over seeds speak of other starts and orders, not of other data.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.models.activations import Sigmoid
from lecture.models.initialisers import Initialiser, lecun, torch_default
from lecture.models.mlp import mlp
from lecture.training.fit import checkpoints
from lecture.training.optimisers import SGD, Adam
from lecture.training.scores import scores

WITH_MOMENTUM = partial(SGD, momentum=0.9)
"""Gradient descent that keeps nine tenths of the last step, as in Rumelhart, Hinton and Williams (1986)."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a network was built and trained; the defaults are the custom of the time.

    Attributes:
        rates: Learning rate for each number of layers.
        activation: Makes the non-linearity of the hidden layers: the logistic sigmoid of Rumelhart and others (1986).
        init: How the weights start: uniform within ±1/sqrt(fan_in), the custom (Glorot and Bengio 2010, eq. 1).
        optimiser: Takes the model and the learning rates ``[R]``: plain gradient descent.
    """

    rates: Mapping[int, float]
    activation: Callable[[], nn.Module] = Sigmoid
    init: Initialiser = torch_default
    optimiser: Callable[[nn.Module, float | Tensor], SGD | Adam] = SGD


RECIPES = {
    "custom": Recipe(rates={2: 10.0, 4: 3.0, 5: 3.0, 6: 3.0, 8: 3.0}),
    "momentum": Recipe(rates={2: 1.0, 4: 0.3, 5: 0.3, 6: 0.3, 8: 0.3}, optimiser=WITH_MOMENTUM),
    "1998": Recipe(
        rates={2: 0.1, 4: 0.1, 5: 0.1, 6: 0.03, 8: 0.03}, activation=nn.Tanh, init=lecun, optimiser=WITH_MOMENTUM
    ),
    "Adam": Recipe(rates={2: 0.03, 4: 0.01, 5: 0.01, 6: 0.01, 8: 0.003}, optimiser=Adam),
}
"""The custom, the custom with momentum, the best recipe printed at the time (LeCun and others 1998: tanh, weights of
variance 1/fan_in, momentum), and the custom with the optimiser of today.

For each number of layers the rate is the one of four, a factor of about three apart, at which two pilot networks (seeds
10,000 and 10,001) had the lowest mean training loss in the end: the question is what can be trained at all. Where they
learnt nothing at any rate, it is that of the next shallower network."""


@dataclass(frozen=True, kw_only=True)
class DepthLimit(Experiment):
    """Trains plain networks of two to eight layers by each recipe, and looks at them after more and more passes.

    Attributes:
        recipes: Keys of :data:`RECIPES`.
        layers: Numbers of layers, counted as AlexNet's eight are: those with weights.
        width: Units in each hidden layer.
        examples: Training examples.
        test: Test examples.
        batch: Examples a step.
        passes: Over the training examples; after each of them the networks are scored.
    """

    recipes: tuple[str, ...] = tuple(RECIPES)
    layers: tuple[int, ...] = (2, 4, 5, 6, 8)
    width: int = 50
    examples: int = 1000
    test: int = 2000
    batch: int = 50
    passes: tuple[int, ...] = (25, 75, 150, 300)

    size: ClassVar[str] = (
        "{layers} layers of {width} units, {passes} passes over {examples} signals of MNIST-1D in batches of {batch}"
    )
    presets: ClassVar = {
        "smoke": {"seeds": 2, "examples": 100, "test": 100, "passes": (1, 2)},
        "full": {"seeds": 30, "examples": 4000, "test": 10_000},
    }
    core_seconds: ClassVar[float] = 200.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``recipe``, ``layers``, ``passes``, ``rate``, ``seed`` and the four scores."""
        x, y, *test = (part.to(device) for part in mnist1d.split(self.examples, self.test, seed=0))
        tables = [
            self.train(recipe, layers, (x, y), (test[0], test[1])) for recipe in self.recipes for layers in self.layers
        ]
        return pd.concat(tables, ignore_index=True)

    def train(
        self, recipe: str, layers: int, train: tuple[Tensor, Tensor], test: tuple[Tensor, Tensor]
    ) -> pd.DataFrame:
        """Train one network a seed, and return a row for each of them and each number of passes."""
        chosen = RECIPES[recipe]
        grid = self.grid(train[0].device, rate=(chosen.rates[layers],))
        stream = grid.seeds.stream("weights")
        model = mlp(stream, depth=layers - 1, width=self.width, activation=chosen.activation, init=chosen.init)
        steps = {n * self.examples // self.batch: n for n in self.passes}
        looks = checkpoints(
            model, *train, grid.seeds, at=steps, batch=self.batch, steps=max(steps),
            rate=grid.column("rate"), optimiser=chosen.optimiser, anneal=False,
        )  # fmt: skip
        settings = grid.settings.assign(recipe=recipe, layers=layers)
        return pd.concat([settings.assign(passes=steps[at], **scores(model, train, test)) for at in looks])
