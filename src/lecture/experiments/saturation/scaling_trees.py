"""C25: error against the number of examples for a forest of random trees and for gradient boosting."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch
from sklearn.base import ClassifierMixin

from lecture.experiments.experiment import Experiment
from lecture.experiments.saturation import rivals


@dataclass(frozen=True, kw_only=True)
class ScalingTrees(Experiment):
    """The two tree methods on the very sets of :mod:`lecture.experiments.saturation.scaling_classical`.

    The main setting was chosen at 3,000 examples, on other seeds, among the few values that
    :mod:`lecture.experiments.saturation.rivals` names.

    Attributes:
        seeds: Independent data.
        sizes: Training examples; those between two triplings serve the fitted laws.
        drawn: Examples drawn, of which a training set is the beginning.
        test: Test examples of each seed.
        tested: How many of them are used.
        trees: Trees of the forest.
        rounds: Rounds of boosting: ten trees each, one a class.
        most_forest: Largest training set of the forest.
        most_boosting: Largest training set of boosting.
    """

    seeds: int = 5
    sizes: tuple[int, ...] = (300, 1000, 1700, 3000, 5500, 10_000, 30_000)
    drawn: int = 100_000
    test: int = 10_000
    tested: int = 3000
    trees: int = 20
    rounds: int = 30
    most_forest: int = 30_000
    most_boosting: int = 10_000

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "sizes": (100, 200, 300, 400), "drawn": 400, "test": 200, "trees": 3, "rounds": 2},
        "full": {
            "seeds": 10,
            "sizes": (100, 300, 1000, 1700, 3000, 5500, 10_000, 30_000, 100_000),
            "drawn": 1_000_000,
            "test": 20_000,
            "tested": 20_000,
            "trees": 300,
            "rounds": 300,
            "most_forest": 100_000,
            "most_boosting": 100_000,
        },
    }
    core_seconds: ClassVar[float] = 48.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, size and seed: columns seed, method, n, error (a share). Runs on the CPU."""
        examples = self.drawn, self.test, self.tested
        tables = [rivals.errors_by_size(self._methods(seed), self.sizes, examples, seed) for seed in self.seed_range()]
        return pd.concat(tables, ignore_index=True)

    def _methods(self, seed: int) -> dict[str, tuple[int, ClassifierMixin]]:
        forest, boosting = rivals.forest(self.trees, seed), rivals.boosting(self.rounds, seed)
        return {"forest": (self.most_forest, forest), "boosting": (self.most_boosting, boosting)}
