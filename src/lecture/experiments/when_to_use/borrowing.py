"""C19: five classes with few examples, for networks that know five other classes of the same kind, and for others."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray
from sklearn.base import ClassifierMixin
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch import Tensor, nn

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.models.kernel_svm import svm_predictions
from lecture.models.layers import Linear
from lecture.seeds import Seeds, Stream
from lecture.training.fit import fit
from lecture.training.scores import evaluate

OLD, NEW = range(5), range(5, 10)
"""Classes of the task that is borrowed from, and of the new one."""

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]
Classifier = Callable[[Floats, Labels, Floats, Labels], float]
"""Takes training examples, their labels, test examples and their labels, and returns the accuracy."""


@dataclass(frozen=True, kw_only=True)
class Lending(Experiment):
    """Networks that know classes 0 to 4, to be used for classes 5 to 9.

    Attributes:
        source: Examples a class of the old task.
        test: Test examples a class of the new task.
        batch: Examples a step.
        source_steps: Steps on the old task.
        source_rate: Learning rate of Adam there, at the start; it falls to 0.
        steps: Steps on the new task.
    """

    seeds: int = 5
    source: int = 2000
    test: int = 200
    batch: int = 50
    source_steps: int = 1000
    source_rate: float = 0.01
    steps: int

    @abstractmethod
    def network(self, stream: Stream) -> nn.Sequential:
        """Return R fresh networks of five outputs, whose last layer is linear."""

    def lender(self, pool: Tensor, seeds: Seeds) -> nn.Sequential:
        """Return R networks that have learned the old task from the pool, ``[R, 10, m, ...]``."""
        base, old = self.network(seeds.stream("old weights")), examples(pool, OLD, slice(self.source))
        steps, rate = self.source_steps, self.source_rate
        return fit(base, *old, seeds, batch=self.batch, steps=steps, rate=rate, order="old order")


@dataclass(frozen=True, kw_only=True)
class Borrowing(Lending):
    """Learn classes 5 to 9 from a few examples: from scratch, from a network that knows 0 to 4, or the classical way.

    The training sets of a seed are nested and its test set stays the same. Rates, steps and decay were chosen on seeds
    1000 and up, by the mean accuracy of a method at 10 and at 50 examples a class.

    Attributes:
        sizes: Training examples a class.
        scratch_rate: Learning rate of the network from scratch.
        tuned_rate: Learning rate of the fine-tuned network.
        decay: Weight in front of the squared weights when a linear classifier is put on frozen features, 1/C.
    """

    sizes: tuple[int, ...] = (5, 10, 20, 50, 200)
    steps: int = 150
    scratch_rate: float = 0.02
    tuned_rate: float = 0.003
    decay: float = 10.0

    @abstractmethod
    def pool(self) -> Tensor:
        """Return examples sorted by seed and class, ``[R, 10, m, ...]``, at least as many as are needed."""

    @abstractmethod
    def classical(self, pool: Tensor) -> Mapping[str, tuple[Tensor, Classifier]]:
        """Return the classical methods by name, each with what it looks at of the pool, ``[R, 10, m, d]``."""

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, size and seed: columns method, n (examples a class), seed, accuracy."""
        seeds = self.seeds_on(device)
        pool = self.pool().to(device)
        tested = slice(max(self.sizes), max(self.sizes) + self.test)
        test = examples(pool, NEW, tested)
        rivals = self.classical(pool)
        base = self.lender(pool, seeds)
        found: dict[tuple[str, int], list[float]] = {}
        for n in self.sizes:
            new = examples(pool, NEW, slice(n))
            starts = {
                "scratch": (self.network(seeds.stream("weights")), self.scratch_rate),
                "fine-tuned": (with_new_head(base, seeds.stream("head")), self.tuned_rate),
            }
            for method, (model, rate) in starts.items():
                fit(model, *new, seeds, batch=self.batch, steps=self.steps, rate=rate)
                found[method, n] = evaluate(model, *test).accuracy.tolist()
            sets = (features(base, new[0]), new[1], features(base, test[0]), test[1])
            found["frozen", n] = one_by_one(linear(self.decay), *sets)
            for method, (described, classifier) in rivals.items():
                sets = (*examples(described, NEW, slice(n)), *examples(described, NEW, tested))
                found[method, n] = one_by_one(classifier, *sets)
        return self.per_seed(found, ["method", "n"], "accuracy")


def signals(seeds: Iterable[int], each: int) -> Tensor:
    """Return freshly drawn signals of MNIST-1D sorted by class, ``[R, 10, each, 40]``."""
    drawn = (mnist1d.generate(10 * each, seed) for seed in seeds)
    return torch.stack([x[torch.argsort(y, stable=True)].view(10, each, -1) for x, y in drawn])


def examples(pool: Tensor, classes: range, part: slice) -> tuple[Tensor, Tensor]:
    """Return examples ``[R, k * n, ...]`` of k classes of a pool ``[R, 10, m, ...]``, and labels from 0 to k - 1."""
    x = pool[:, classes.start : classes.stop, part]
    y = torch.arange(len(classes), device=pool.device)[:, None].expand(len(pool), -1, x.shape[2])
    return x.flatten(1, 2), y.flatten(1)


def with_new_head(base: nn.Sequential, stream: Stream) -> nn.Sequential:
    """Return a copy of R trained networks with a fresh last layer of the same shape."""
    last = base[-1]
    assert isinstance(last, Linear)
    _, inputs, outputs = last.weight.shape
    return nn.Sequential(*(deepcopy(layer) for layer in list(base)[:-1]), Linear(inputs, outputs, stream))


@torch.no_grad()
def features(base: nn.Sequential, x: Tensor) -> Tensor:
    """Return what the last layer decides by, ``[R, n, d]``."""
    found: Tensor = base[:-1](x)
    return found


def scored(method: ClassifierMixin) -> Classifier:
    """Return a method of scikit-learn."""
    return lambda x, y, x_test, y_test: float(method.fit(x, y).score(x_test, y_test))


def linear(decay: float) -> Classifier:
    """Return logistic regression on features that are brought to one scale.

    A penalty on squared weights does not change when features are rotated, and weights have no part outside the span of
    the examples: in between, these are turned so that as many features as examples remain, which is ten times faster.
    """
    machine = LogisticRegression(C=1 / decay, max_iter=1000)
    return scored(make_pipeline(StandardScaler(), PCA(svd_solver="full"), machine))


def machine(cost: float, gamma: float) -> Classifier:
    """Return a support vector machine with a Gaussian kernel (see :mod:`lecture.models.kernel_svm`)."""
    fitted = partial(svm_predictions, cost=cost, gamma=gamma)
    return lambda x, y, x_test, y_test: float(np.mean(fitted(x, y, x_test) == y_test))


def one_by_one(classifier: Classifier, *sets: Tensor) -> list[float]:
    """Return the accuracy for each seed; training features, labels, test features, labels have a seed axis in front."""
    return [classifier(*parts) for parts in zip(*(part.cpu().numpy() for part in sets), strict=True)]
