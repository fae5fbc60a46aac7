"""C25: error against the number of examples for three classical methods."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch

from lecture.experiments.experiment import Experiment
from lecture.experiments.saturation import rivals


@dataclass(frozen=True, kw_only=True)
class ScalingClassical(Experiment):
    """Classical methods on the very training and test sets of :mod:`lecture.experiments.saturation.scaling_deep`.

    Each method's main setting was chosen at 3,000 examples, on other seeds, among a few values that
    :mod:`lecture.experiments.saturation.rivals` names. Trees have an experiment of their own,
    :mod:`lecture.experiments.saturation.scaling_trees`.

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
            "logistic": (self.most_logistic, rivals.logistic()),
            "neighbours": (self.most_neighbours, rivals.neighbours()),
            "SVM": (self.most_svm, rivals.svm()),
        }
        tables = [
            rivals.errors_by_size(methods, self.sizes, (self.drawn, self.test, self.tested), seed)
            for seed in self.seed_range()
        ]
        return pd.concat(tables, ignore_index=True)
