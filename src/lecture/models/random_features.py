"""A kernel machine for any number of examples: least squares on random features (Rahimi and Recht 2007)."""

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

AT_ONCE = 10_000  # examples whose features are in memory together


class RandomFeatures(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """A classifier that is linear in ``cos(w·x + b)``, with w drawn from the Gaussian kernel's spectrum and b uniform.

    The product of two examples' features is, on average, their kernel ``exp(-gamma |x - y|²)`` (algorithm 1 there). So
    least squares on them comes ever closer to the kernel machine as features are added, at a cost that grows with the
    number of examples and not with its square. Features are made a block of examples at a time.

    Attributes:
        features: Their number.
        gamma: Of the kernel.
        penalty: Added to the diagonal: how much large weights cost.
        seed: Of the draws.
        classes_: The classes, ``[K]``.
    """

    def __init__(self, features: int = 3000, gamma: float = 0.05, penalty: float = 1.0, seed: int = 0) -> None:
        self.features = features
        self.gamma = gamma
        self.penalty = penalty
        self.seed = seed

    def fit(self, x: NDArray[np.floating[Any]], y: NDArray[np.int64]) -> Self:
        """Solve for the weights of all classes, from examples ``[n, d]`` and labels ``[n]``."""
        draw = np.random.default_rng(self.seed)
        self._spectrum = draw.normal(scale=(2 * self.gamma) ** 0.5, size=(x.shape[1], self.features)).astype(np.float32)
        self._phase = draw.uniform(0, 2 * np.pi, self.features).astype(np.float32)
        self.classes_, codes = np.unique(y, return_inverse=True)
        target = 2 * np.eye(len(self.classes_), dtype=np.float32)[codes] - 1
        products = np.zeros((self.features, self.features))
        moments = np.zeros((self.features, len(self.classes_)))
        for start in range(0, len(x), AT_ONCE):
            some = self.transform(x[start : start + AT_ONCE])
            products += some.T @ some
            moments += some.T @ target[start : start + AT_ONCE]
        products[np.diag_indices(self.features)] += self.penalty
        self._weights = np.linalg.solve(products, moments).astype(np.float32)
        return self

    def transform(self, x: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """Return the features ``[n, features]`` of examples ``[n, d]``."""
        found: NDArray[np.float32] = np.sqrt(2 / self.features) * np.cos(x @ self._spectrum + self._phase)
        return found.astype(np.float32, copy=False)

    def predict(self, x: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
        """Return the class of each example ``[n]``."""
        found: NDArray[np.int64] = self.classes_[(self.transform(x) @ self._weights).argmax(1)]
        return found
