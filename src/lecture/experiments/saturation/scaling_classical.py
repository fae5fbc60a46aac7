"""C25: error against the number of examples for three classical methods."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch
from sklearn.base import ClassifierMixin, clone
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment


@dataclass(frozen=True, kw_only=True)
class ScalingClassical(Experiment):
    """Classical methods on the very training and test sets of :mod:`lecture.experiments.saturation.scaling_deep`.

    Each method's main setting was chosen at 3,000 examples, on other seeds, among a few values: 9 neighbours weighted
    by distance (of 1 to 15); a support vector machine with C = 10 and gamma = 0.05 (of 1 to 100, 0.025 to 0.2). Trees
    have an experiment of their own, :mod:`lecture.experiments.saturation.scaling_trees`.

    Each method stops where one more size would cost more than the rest of the experiment: ``most`` says where.

    Attributes:
        seeds: Independent data.
        sizes: Training examples; those between two triplings serve the fitted laws.
        drawn: Examples drawn, of which a training set is the beginning.
        test: Test examples of each seed.
        tested: How many of them are used: neighbours and support vectors are slow to ask.
        most_logistic: Largest training set of logistic regression.
        most_neighbours: Nearest neighbours.
        most_svm: Support vector machine; its cost grows with the square of the number of examples and more.
    """

    seeds: int = 5
    sizes: tuple[int, ...] = (100, 300, 1000, 1700, 3000, 5500, 10_000, 30_000, 100_000)
    drawn: int = 100_000
    test: int = 10_000
    tested: int = 3000
    most_logistic: int = 30_000
    most_neighbours: int = 100_000
    most_svm: int = 3000

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "sizes": (100, 200, 300, 400), "drawn": 400, "test": 200},
        "full": {
            "seeds": 10,
            "drawn": 1_000_000,
            "test": 20_000,
            "tested": 20_000,
            "most_logistic": 100_000,
            "most_svm": 30_000,
        },
    }
    core_seconds: ClassVar[float] = 24.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, size and seed: columns seed, method, n, error (a share).

        Everything here is scikit-learn's and runs on the CPU, whatever the device.
        """
        methods = {
            "logistic": (self.most_logistic, LogisticRegression(max_iter=300)),
            "neighbours": (self.most_neighbours, KNeighborsClassifier(9, weights="distance", algorithm="brute")),
            "SVM": (self.most_svm, SVC(C=10, gamma=0.05)),
        }
        tables = [
            errors_by_size(methods, self.sizes, (self.drawn, self.test, self.tested), seed)
            for seed in self.seed_range()
        ]
        return pd.concat(tables, ignore_index=True)


def errors_by_size(
    methods: Mapping[str, tuple[int, ClassifierMixin]],
    sizes: Iterable[int],
    examples: tuple[int, int, int],
    seed: int,
    settings: mnist1d.Settings | None = None,
) -> pd.DataFrame:
    """Fit scikit-learn's methods to the first n examples of one set.

    Args:
        methods: By name, the largest size a method is fitted to and the method.
        sizes: Training examples.
        examples: How many are drawn to train on, how many to test on, and how many of these are used.
        seed: Of the data.
        settings: Of the data, by default the published ones.

    Returns:
        One row a method and size: columns seed, method, n, error (a share).
    """
    drawn, test, tested = examples
    x, y, x_test, y_test = (part.numpy() for part in mnist1d.split(drawn, test, seed, settings=settings))
    return pd.DataFrame(
        [
            {
                "seed": seed,
                "method": name,
                "n": n,
                "error": 1 - clone(method).fit(x[:n], y[:n]).score(x_test[:tested], y_test[:tested]),
            }
            for name, (most, method) in methods.items()
            for n in sizes
            if n <= most
        ]
    )
