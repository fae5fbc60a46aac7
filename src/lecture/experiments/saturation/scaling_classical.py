"""C25: error against the number of examples for classical methods, kernel machines and trees among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sklearn.base import ClassifierMixin

from lecture.experiments.saturation import rivals
from lecture.experiments.saturation.learning_curve import ClassicalCurve, LearningCurve


@dataclass(frozen=True, kw_only=True)
class ScalingClassical(ClassicalCurve):
    """Four methods on the very training and test sets of :mod:`lecture.experiments.saturation.scaling_deep`.

    Each method's main setting was chosen at 3,000 examples, on other seeds, among a few values that
    :mod:`lecture.experiments.saturation.rivals` names.

    Attributes:
        most_svm: Largest training set of the support vector machine, whose cost grows with the square of the number
            of examples and more. Beyond, the kernel machine on random features stands for it.
        features: Of that machine.
    """

    most_svm: int = 5500
    features: int = 2000

    presets: ClassVar = {
        "smoke": {**LearningCurve.presets["smoke"], "features": 50},
        "full": {**LearningCurve.presets["full"], "tested": 20_000, "most_svm": 30_000, "features": 10_000},
    }
    core_seconds: ClassVar[float] = 155.0
    size: ClassVar[str] = "{sizes} signals of MNIST-1D"

    def methods(self, seed: int) -> Mapping[str, tuple[int, ClassifierMixin]]:
        """Return logistic regression, neighbours and both kernel machines."""
        return {
            "logistic": (max(self.sizes), rivals.logistic()),
            "neighbours": (max(self.sizes), rivals.neighbours()),
            "SVM": (self.most_svm, rivals.svm()),
            "kernel": (max(self.sizes), rivals.kernel_machine(self.features, seed)),
        }


@dataclass(frozen=True, kw_only=True)
class ScalingTrees(ClassicalCurve):
    """A forest of random trees and gradient boosting, on the same sets and with settings chosen in the same way.

    Attributes:
        trees: Trees of the forest.
        rounds: Rounds of boosting: ten trees each, one a class.
    """

    trees: int = 20
    rounds: int = 30

    presets: ClassVar = {
        "smoke": {**LearningCurve.presets["smoke"], "trees": 3, "rounds": 2},
        "full": {
            **LearningCurve.presets["full"], "sizes": (100, 300, 1000, 3000, 10_000, 30_000, 100_000), "tested": 20_000,
            "trees": 300, "rounds": 300,
        },
    }  # fmt: skip
    core_seconds: ClassVar[float] = 95.0
    size: ClassVar[str] = "{sizes} signals of MNIST-1D, a forest of {trees} trees, boosting of {rounds} rounds"

    def methods(self, seed: int) -> Mapping[str, tuple[int, ClassifierMixin]]:
        """Return the forest and boosting, which draw their own random numbers."""
        return {
            "forest": (max(self.sizes), rivals.forest(self.trees, seed)),
            "boosting": (max(self.sizes), rivals.boosting(self.rounds, seed)),
        }
