"""C25: error against the number of examples: which examples these are, and how long a network trains on them."""

import math
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from sklearn.base import ClassifierMixin, clone
from torch import Tensor

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment


@dataclass(frozen=True, kw_only=True)
class LearningCurve(Experiment):
    """A method on ever larger training sets of MNIST-1D.

    The training sets of a seed are nested, and it has one test set. They depend on the seed and on how many signals are
    drawn, so that all experiments with the same numbers learn from and are tested on the very same signals.

    Attributes:
        sizes: Training examples; those between two triplings serve the fitted laws.
        drawn: Examples drawn, of which a training set is the beginning.
        test: Test examples of each seed.
    """

    sizes: tuple[int, ...] = (100, 300, 1000, 1700, 3000, 5500, 10_000, 30_000)
    drawn: int = 30_000
    test: int = 10_000

    signals: ClassVar[mnist1d.Settings | None] = None
    """How the signals are made; None for the published way."""
    presets: ClassVar = {
        "smoke": {"seeds": 2, "sizes": (100, 200, 300, 400), "drawn": 400, "test": 200},
        "full": {"seeds": 10, "drawn": 1_000_000, "test": 20_000},
    }

    def split(self, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return a seed's training signals ``[drawn, points]`` and labels, test signals and labels."""
        return mnist1d.split(self.drawn, self.test, seed, settings=self.signals)


@dataclass(frozen=True, kw_only=True)
class NetworkCurve(LearningCurve):
    """A network: its learning rate falls to 0, and its steps grow with the cube root of the number of examples.

    Attributes:
        batch: Examples a step.
        least_steps: Steps at 100 examples.
    """

    batch: int = 100
    least_steps: int = 180

    presets: ClassVar = {
        "smoke": {**LearningCurve.presets["smoke"], "least_steps": 5},
        "full": {
            **LearningCurve.presets["full"],
            "sizes": (100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000),
            "least_steps": 1500,
        },
    }

    def steps(self, n: int) -> int:
        """Return the steps for n examples."""
        return round(self.least_steps * math.pow(n / 100, 1 / 3))

    @property
    def all_steps(self) -> tuple[int, ...]:
        """The steps for each size."""
        return tuple(map(self.steps, self.sizes))


@dataclass(frozen=True, kw_only=True)
class ClassicalCurve(LearningCurve):
    """Methods of scikit-learn, with the settings of :mod:`lecture.experiments.saturation.rivals`.

    Each method stops where one more size would cost more than the rest of the experiment: ``most`` says where.

    Attributes:
        tested: How many test examples are used: neighbours and support vectors are slow to ask.
    """

    tested: int = 3000

    @abstractmethod
    def methods(self, seed: int) -> Mapping[str, tuple[int, ClassifierMixin]]:
        """Return by name the largest size that a method is fitted to, and the method."""

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, size and seed: columns seed, method, n, error (a share)."""
        rows = []
        for seed in self.seed_range():
            x, y, x_test, y_test = (part.numpy() for part in self.split(seed))
            asked = x_test[: self.tested], y_test[: self.tested]
            rows += [
                (seed, name, n, 1 - clone(method).fit(x[:n], y[:n]).score(*asked))
                for name, (most, method) in self.methods(seed).items()
                for n in self.sizes
                if n <= most
            ]
        return pd.DataFrame(rows, columns=["seed", "method", "n", "error"])
