"""C12 at its own scale: ReLU against tanh, epochs until the training error on CIFAR-10 is down to 25 %.

Figure 1 of Krizhevsky et al. (2012): a convolutional network of four layers, each function with a learning rate "chosen
independently to make training as fast as possible", and nothing against overfitting. The paper does not say more about
that network. Ours has the maps and windows of the small network that came with its author's code for graphics cards
(cuda-convnet), the largest of each window in place of some means, and weights that start by the rule for each function.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.experiments.cifar import CifarTraining
from lecture.models.convnet import convnet
from lecture.training.checkpoint import once
from lecture.training.single import Recipe, Set, Training, constant, fit, generator, score

RUNNERS = ("ReLU", "tanh")


@dataclass(frozen=True, kw_only=True)
class CifarRace(CifarTraining):
    """Follows the training error of both functions at each learning rate, on all training photographs of CIFAR-10.

    The table is that of ``gradient_vanishing.race``, and the predicate of C12.c judges it.

    Attributes:
        maps: Feature maps of the three convolutions; a linear layer is the fourth.
        rates: Learning rates; each stays as it is.
        epochs: Passes over the training photographs.
        looks: How often an epoch the error is measured.
        watched: Training photographs that it is measured on.
    """

    seeds: int = 10
    maps: tuple[int, ...] = (32, 32, 64)
    rates: tuple[float, ...] = (0.003, 0.01, 0.03, 0.1)
    epochs: int = 60
    looks: int = 2
    watched: int = 10_000

    in_place_of: ClassVar[str] = "gradient_vanishing.race"
    few_steps: ClassVar = {"seeds": 2, "maps": (4, 4, 4), "rates": (0.01,), "epochs": 2, "batch": 8, "watched": 20}
    size: ClassVar[str] = "three convolutions of {maps} maps, {epochs} epochs of 50,000 photographs of CIFAR-10"
    core_seconds: ClassVar[float] = 5e5

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the training error (a share) of each function, rate and seed, look by look."""
        train, _ = self.data(device)
        tables = []
        for (function, rate), training in self._all(len(train.y)):
            for seed in self.seed_range():
                rows = pd.DataFrame(once(f"{training.name}, seed {seed}", partial(self._run, training, seed, train)))
                tables.append(rows.assign(activation=function, rate=rate, seed=seed))
        table = pd.concat(tables, ignore_index=True)
        return table[["activation", "rate", "seed", "epoch", "train_error"]]

    def trainings(self) -> Iterator[Training]:
        """Yield a training for each function and rate."""
        return (training for _, training in self._all())

    def _all(self, examples: int = 50_000) -> Iterator[tuple[tuple[str, float], Training]]:
        steps = self._stride(examples) * self.looks * self.epochs
        for function in RUNNERS:
            for rate in self.rates:
                recipe = Recipe(rate=rate, steps=steps, batch=self.batch, momentum=self.momentum, schedule=constant)
                network, scored = partial(self._network, function), self.watched * self.looks * self.epochs
                yield (function, rate), Training(f"{function} at {rate:g}", network, recipe, self.seeds, scored)

    def _stride(self, examples: int) -> int:
        """Return the steps from one look to the next."""
        return max(1, examples // self.batch // self.looks)

    def _network(self, function: str, seed: int) -> nn.Module:
        return convnet(generator(seed, "weights"), maps=self.maps, function=function)

    def _run(self, training: Training, seed: int, train: Set) -> list[dict[str, Any]]:
        model, watched = training.network(seed).to(train.x.device), train.first(self.watched)
        found = fit(
            f"{training.name}, seed {seed}", model, train, training.recipe, seed,
            every=self._stride(len(train.y)), look=lambda model: (score(model, watched).error,),
        )  # fmt: skip
        return [{"epoch": step * self.batch / len(train.y), "train_error": error} for step, error in found]
