"""C25: error against the size of a classical model: trees, rounds, random features, steps towards a best line."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning

from lecture.data import mnist1d
from lecture.data.tables import Floats, Labels
from lecture.experiments.experiment import Experiment
from lecture.experiments.saturation import rivals


@dataclass(frozen=True, kw_only=True)
class ClassicalSize(Experiment):
    """The classical methods that can be made larger, or computed longer, on the same examples.

    A forest takes more trees, boosting more rounds, a kernel machine more random features: all are then larger models,
    and more work. Logistic regression has a fixed size, but can be computed longer. Nearest neighbours and support
    vector machines have neither knob: the one has nothing to compute, and the other a single best solution, which the
    solver finds.

    One fit gives all sizes: the first k trees of a forest are the forest of k trees. Settings are those of
    :mod:`lecture.experiments.saturation.rivals`.

    Attributes:
        examples: Training examples.
        test: Test examples of each seed.
        amounts: Trees, rounds (of ten trees each, one a class) and steps of the solver.
        features: Random features for each one of these.
    """

    examples: int = 3000
    test: int = 3000
    amounts: tuple[int, ...] = (1, 3, 9, 27, 81)
    features: int = 20

    presets: ClassVar = {
        "smoke": {"seeds": 2, "examples": 200, "test": 200, "amounts": (1, 2, 4)},
        "full": {"seeds": 10, "examples": 30_000, "test": 20_000, "amounts": (1, 3, 9, 27, 81, 243)},
    }
    core_seconds: ClassVar[float] = 45.0
    size: ClassVar[str] = "{examples} signals of MNIST-1D, {amounts} trees, rounds, steps or {features} features"

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, amount and seed: columns seed, method, amount, error (a share)."""
        methods = {
            "logistic": self._logistic,
            "forest": self._forest,
            "boosting": self._boosting,
            "kernel": self._kernel,
        }
        rows = [
            (seed, method, amount, error)
            for seed in self.seed_range()
            for method, errors in methods.items()
            for amount, error in zip(self.amounts, errors(seed, *self._signals(seed)), strict=True)
        ]
        return pd.DataFrame(rows, columns=["seed", "method", "amount", "error"])

    def _signals(self, seed: int) -> Iterator[NDArray[Any]]:
        return (part.numpy() for part in mnist1d.split(self.examples, self.test, seed))

    def _logistic(self, seed: int, x: Floats, y: Labels, x_test: Floats, y_test: Labels) -> Iterator[float]:
        for steps in self.amounts:
            # to stop before the end is the point here
            with warnings.catch_warnings(action="ignore", category=ConvergenceWarning):
                yield 1 - rivals.logistic(steps).fit(x, y).score(x_test, y_test)

    def _forest(self, seed: int, x: Floats, y: Labels, x_test: Floats, y_test: Labels) -> Iterator[float]:
        forest = rivals.forest(max(self.amounts), seed).fit(x, y)
        votes = np.zeros((len(y_test), mnist1d.CLASSES))
        for trees, tree in enumerate(forest.estimators_, 1):
            votes += tree.predict_proba(x_test)
            if trees in self.amounts:
                yield float(np.mean(votes.argmax(1) != y_test))

    def _kernel(self, seed: int, x: Floats, y: Labels, x_test: Floats, y_test: Labels) -> Iterator[float]:
        for amount in self.amounts:
            machine = rivals.kernel_machine(self.features * amount, seed)
            yield 1 - machine.fit(x, y).score(x_test, y_test)

    def _boosting(self, seed: int, x: Floats, y: Labels, x_test: Floats, y_test: Labels) -> Iterator[float]:
        boosting = rivals.boosting(max(self.amounts), seed).fit(x, y)
        for rounds, predicted in enumerate(boosting.staged_predict(x_test), 1):
            if rounds in self.amounts:
                yield float(np.mean(predicted != y_test))
