"""C25: error against the size of a classical model: trees, rounds of boosting, steps towards a best straight line."""

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.experiments.saturation import rivals

Floats = NDArray[np.float64]
Signals = tuple[Floats, NDArray[np.int64], Floats, NDArray[np.int64]]


@dataclass(frozen=True, kw_only=True)
class ClassicalSize(Experiment):
    """The classical methods that can be made larger, or computed longer, on the same examples.

    A forest takes more trees and boosting takes more rounds; both are then larger models, and more work. Logistic
    regression has a fixed size, but can be computed longer. Nearest neighbours and support vector machines have neither
    knob: the one has nothing to compute, and the other has a single best solution, which the solver finds.

    One fit gives all sizes: the first k trees of a forest are the forest of k trees. Settings are those of
    :mod:`lecture.experiments.saturation.rivals`.

    Attributes:
        seeds: Independent data.
        examples: Training examples.
        test: Test examples of each seed.
        amounts: Trees, rounds (of ten trees each, one a class) and steps of the solver.
    """

    seeds: int = 5
    examples: int = 3000
    test: int = 3000
    amounts: tuple[int, ...] = (1, 3, 9, 27, 81)

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "examples": 200, "test": 200, "amounts": (1, 2, 4)},
        "full": {"seeds": 10, "examples": 30_000, "test": 20_000, "amounts": (1, 3, 9, 27, 81, 243)},
    }
    core_seconds: ClassVar[float] = 14.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, amount and seed: columns seed, method, amount, error (a share).

        Everything here is scikit-learn's and runs on the CPU, whatever the device.
        """
        rows: list[dict[str, Any]] = []
        for seed in self.seed_range():
            x, y, x_test, y_test = (part.numpy() for part in mnist1d.split(self.examples, self.test, seed))
            signals = x, y, x_test, y_test
            for method, errors in (
                ("logistic", self._logistic(signals)),
                ("forest", self._forest(signals, seed)),
                ("boosting", self._boosting(signals, seed)),
            ):
                rows += [
                    {"seed": seed, "method": method, "amount": amount, "error": error}
                    for amount, error in zip(self.amounts, errors, strict=True)
                ]
        return pd.DataFrame(rows)

    def _logistic(self, signals: Signals) -> Iterator[float]:
        x, y, x_test, y_test = signals
        for steps in self.amounts:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ConvergenceWarning)  # to stop before the end is the point here
                yield 1 - rivals.logistic(steps).fit(x, y).score(x_test, y_test)

    def _forest(self, signals: Signals, seed: int) -> Iterator[float]:
        x, y, x_test, y_test = signals
        forest = rivals.forest(max(self.amounts), seed).fit(x, y)
        votes = np.zeros((len(y_test), mnist1d.CLASSES))
        for trees, tree in enumerate(forest.estimators_, 1):
            votes += tree.predict_proba(x_test)
            if trees in self.amounts:
                yield float(np.mean(votes.argmax(1) != y_test))

    def _boosting(self, signals: Signals, seed: int) -> Iterator[float]:
        x, y, x_test, y_test = signals
        boosting = rivals.boosting(max(self.amounts), seed).fit(x, y)
        for rounds, predicted in enumerate(boosting.staged_predict(x_test), 1):
            if rounds in self.amounts:
                yield float(np.mean(predicted != y_test))
