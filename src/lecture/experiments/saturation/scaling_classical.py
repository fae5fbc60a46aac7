"""C25: error against the number of examples for five classical methods."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch
from sklearn.base import ClassifierMixin
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment


@dataclass(frozen=True, kw_only=True)
class ScalingClassical(Experiment):
    """Classical methods on the very training and test sets of :mod:`lecture.experiments.saturation.scaling_deep`.

    Each method's main setting was chosen at 3,000 examples, on other seeds, among a few values: 9 neighbours weighted
    by distance (of 1 to 15); a support vector machine with C = 10 and gamma = 0.05 (of 1 to 100, 0.025 to 0.2); trees
    that look at half of the points at each split (of the root, 0.3, 0.5); boosting at a rate of 0.2 (of 0.1 to 0.4).
    The forest is of extremely randomised trees (Geurts 2006): here better than Breiman's, and cheaper to grow.

    Each method stops where one more size would cost more than the rest of the experiment: ``most`` says where.

    Attributes:
        seeds: Independent data.
        sizes: Training examples.
        test: Test examples of each seed.
        tested: How many of them are used: neighbours and support vectors are slow to ask.
        trees: Trees of the forest.
        rounds: Rounds of boosting: ten trees each, one a class.
        most_logistic: Largest training set of logistic regression, and so on for the others.
        most_neighbours: Nearest neighbours.
        most_forest: Forest.
        most_boosting: Gradient boosting.
        most_svm: Support vector machine; its cost grows with the square of the number of examples and more.
    """

    seeds: int = 5
    sizes: tuple[int, ...] = (100, 300, 1000, 3000, 10_000, 30_000, 100_000)
    test: int = 10_000
    tested: int = 3000
    trees: int = 30
    rounds: int = 30
    most_logistic: int = 30_000
    most_neighbours: int = 100_000
    most_forest: int = 30_000
    most_boosting: int = 10_000
    most_svm: int = 3000

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "sizes": (100, 200, 300, 400), "test": 200, "trees": 3, "rounds": 2},
        "full": {
            "seeds": 10,
            "test": 20_000,
            "tested": 20_000,
            "trees": 300,
            "rounds": 300,
            "most_logistic": 100_000,
            "most_forest": 100_000,
            "most_boosting": 100_000,
            "most_svm": 30_000,
        },
    }
    core_seconds: ClassVar[float] = 55.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, size and seed: columns seed, method, n, error (a share).

        Everything here is scikit-learn's and runs on the CPU, whatever the device.
        """
        rows: list[dict[str, Any]] = []
        for seed in self.seed_range():
            x, y, x_test, y_test = (part.numpy() for part in mnist1d.split(max(self.sizes), self.test, seed))
            for name, (most, make) in self._methods(seed).items():
                for n in (n for n in self.sizes if n <= most):
                    model = make().fit(x[:n], y[:n])
                    error = 1 - model.score(x_test[: self.tested], y_test[: self.tested])
                    rows.append({"seed": seed, "method": name, "n": n, "error": error})
        return pd.DataFrame(rows)

    def _methods(self, seed: int) -> dict[str, tuple[int, Callable[[], ClassifierMixin]]]:
        return {
            "logistic": (self.most_logistic, lambda: LogisticRegression(max_iter=300)),
            "neighbours": (
                self.most_neighbours,
                lambda: KNeighborsClassifier(9, weights="distance", algorithm="brute"),
            ),
            "SVM": (self.most_svm, lambda: SVC(C=10, gamma=0.05)),
            "forest": (
                self.most_forest,
                lambda: ExtraTreesClassifier(self.trees, max_features=0.5, random_state=seed),
            ),
            "boosting": (
                self.most_boosting,
                lambda: HistGradientBoostingClassifier(
                    max_iter=self.rounds, learning_rate=0.2, max_bins=63, early_stopping=False, random_state=seed
                ),
            ),
        }
