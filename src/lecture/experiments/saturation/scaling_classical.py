"""C25: error against the number of examples for classical methods, trees among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sklearn.base import ClassifierMixin

from lecture.experiments.saturation import rivals
from lecture.experiments.saturation.learning_curve import ClassicalCurve, LearningCurve


@dataclass(frozen=True, kw_only=True)
class ScalingClassical(ClassicalCurve):
    """Three methods on the very training and test sets of :mod:`lecture.experiments.saturation.scaling_deep`.

    Each method's main setting was chosen at 3,000 examples, on other seeds, among a few values that
    :mod:`lecture.experiments.saturation.rivals` names.

    Attributes:
        sizes: Training examples; those between two triplings serve the fitted laws.
        most_logistic: Largest training set of logistic regression.
        most_neighbours: Nearest neighbours.
        most_svm: Support vector machine; its cost grows with the square of the number of examples and more.
    """

    sizes: tuple[int, ...] = (100, 300, 1000, 1700, 3000, 5500, 10_000, 30_000, 100_000)
    most_logistic: int = 30_000
    most_neighbours: int = 100_000
    most_svm: int = 3000

    presets: ClassVar = {
        "smoke": LearningCurve.presets["smoke"],
        "full": {**LearningCurve.presets["full"], "tested": 20_000, "most_logistic": 100_000, "most_svm": 30_000},
    }
    core_seconds: ClassVar[float] = 24.0
    size: ClassVar[str] = "{sizes} signals of MNIST-1D"

    def methods(self, seed: int) -> Mapping[str, tuple[int, ClassifierMixin]]:
        """Return logistic regression, neighbours and support vectors, the same for every seed."""
        return {
            "logistic": (self.most_logistic, rivals.logistic()),
            "neighbours": (self.most_neighbours, rivals.neighbours()),
            "SVM": (self.most_svm, rivals.svm()),
        }


@dataclass(frozen=True, kw_only=True)
class ScalingTrees(ClassicalCurve):
    """A forest of random trees and gradient boosting, on the same sets and with settings chosen in the same way.

    Attributes:
        sizes: Training examples; those between two triplings serve the fitted laws.
        trees: Trees of the forest.
        rounds: Rounds of boosting: ten trees each, one a class.
        most_forest: Largest training set of the forest.
        most_boosting: Largest training set of boosting.
    """

    sizes: tuple[int, ...] = (300, 1000, 1700, 3000, 5500, 10_000, 30_000)
    trees: int = 20
    rounds: int = 30
    most_forest: int = 30_000
    most_boosting: int = 10_000

    presets: ClassVar = {
        "smoke": {**LearningCurve.presets["smoke"], "trees": 3, "rounds": 2},
        "full": {
            **LearningCurve.presets["full"], "sizes": ScalingClassical.sizes, "tested": 20_000, "trees": 300,
            "rounds": 300, "most_forest": 100_000, "most_boosting": 100_000,
        },
    }  # fmt: skip
    core_seconds: ClassVar[float] = 48.0
    size: ClassVar[str] = "{sizes} signals of MNIST-1D, a forest of {trees} trees, boosting of {rounds} rounds"

    def methods(self, seed: int) -> Mapping[str, tuple[int, ClassifierMixin]]:
        """Return the forest and boosting, which draw their own random numbers."""
        return {
            "forest": (self.most_forest, rivals.forest(self.trees, seed)),
            "boosting": (self.most_boosting, rivals.boosting(self.rounds, seed)),
        }
