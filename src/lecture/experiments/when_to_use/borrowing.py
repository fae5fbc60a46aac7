"""C19: five classes with few examples, for networks that know five other classes of the same kind, and for others."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch import Tensor, nn

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.models.kernel_svm import svm_predictions
from lecture.models.layers import Linear
from lecture.seeds import Seeds, Stream
from lecture.training.annealing import cosine
from lecture.training.batches import minibatches
from lecture.training.loop import evaluate, train
from lecture.training.optimisers import Adam

OLD, NEW = range(5), range(5, 10)
"""Classes of the task that is borrowed from, and of the new one."""

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]
Classifier = Callable[[Floats, Labels, Floats, Labels], float]
"""Takes training examples, their labels, test examples and their labels, and returns the accuracy."""


@dataclass(frozen=True, kw_only=True)
class Borrowing(Experiment):
    """Learn classes 5 to 9 from a few examples: from scratch, from a network that knows 0 to 4, or the classical way.

    The training sets of a seed are nested and its test set stays the same. Rates, steps and decay were chosen on seeds
    1000 and up, by the mean accuracy of a method at 10 and at 50 examples a class.

    Attributes:
        sizes: Training examples a class.
        source: Examples a class of the old task.
        test: Test examples a class of the new task.
        batch: Examples a step.
        source_steps: Steps on the old task.
        source_rate: Learning rate of Adam there, at the start; it falls to 0.
        steps: Steps on the new task.
        scratch_rate: Learning rate of the network from scratch.
        tuned_rate: Learning rate of the fine-tuned network.
        decay: Weight in front of the squared weights when a linear classifier is put on frozen features, 1/C.
    """

    seeds: int = 5
    sizes: tuple[int, ...] = (5, 10, 20, 50, 200)
    source: int = 2000
    test: int = 200
    batch: int = 50
    source_steps: int = 1000
    source_rate: float = 0.01
    steps: int = 150
    scratch_rate: float = 0.02
    tuned_rate: float = 0.003
    decay: float = 10.0

    @abstractmethod
    def pool(self) -> Tensor:
        """Return examples sorted by seed and class, ``[R, 10, m, ...]``, at least as many as are needed."""

    @abstractmethod
    def network(self, stream: Stream) -> nn.Sequential:
        """Return R fresh networks of five outputs, whose last layer is linear."""

    @abstractmethod
    def classical(self, pool: Tensor) -> Mapping[str, tuple[Tensor, Classifier]]:
        """Return the classical methods by name, each with what it looks at, ``[R, 10, m, d]``.

        Args:
            pool: The examples, ``[R, 10, m, ...]``.
        """

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, size and seed: columns seed, method, n (examples a class), accuracy (a share)."""
        seeds = Seeds(tuple(self.seed_range()), device)
        pool = self.pool().to(device)
        old = examples(pool, OLD, slice(self.source))
        most = max(self.sizes)
        test = examples(pool, NEW, slice(most, most + self.test))
        plan = (self.batch, self.source_steps, self.source_rate)
        rivals = self.classical(pool)
        base = fitted(self.network(seeds.stream("old weights")), old, plan, seeds.stream("old order"))
        rows: list[dict[str, Any]] = []
        for n in self.sizes:
            new = examples(pool, NEW, slice(n))
            starts = {
                "scratch": (self.network(seeds.stream("weights")), self.scratch_rate),
                "fine-tuned": (with_new_head(base, seeds.stream("head")), self.tuned_rate),
            }
            found = {}
            for method, (model, rate) in starts.items():
                trained = fitted(model, new, (self.batch, self.steps, rate), seeds.stream("order"))
                found[method] = evaluate(trained, *test)[1].tolist()
            sets = (features(base, new[0]), new[1], features(base, test[0]), test[1])
            found["frozen"] = one_by_one(linear(self.decay), *sets)
            for method, (described, classifier) in rivals.items():
                sets = (*examples(described, NEW, slice(n)), *examples(described, NEW, slice(most, most + self.test)))
                found[method] = one_by_one(classifier, *sets)
            rows += [
                {"seed": seed, "method": method, "n": n, "accuracy": accuracy}
                for method, accuracies in found.items()
                for seed, accuracy in zip(seeds.values, accuracies, strict=True)
            ]
        return pd.DataFrame(rows)


def signals(seeds: Iterable[int], each: int) -> Tensor:
    """Return freshly drawn signals of MNIST-1D sorted by class, ``[R, 10, each, 40]``."""
    drawn = (mnist1d.generate(10 * each, seed) for seed in seeds)
    return torch.stack([x[torch.argsort(y, stable=True)].view(10, each, -1) for x, y in drawn])


def examples(pool: Tensor, classes: range, part: slice) -> tuple[Tensor, Tensor]:
    """Return examples ``[R, k * n, ...]`` of k classes and labels ``[R, k * n]`` from 0 to k - 1.

    Args:
        pool: ``[R, 10, m, ...]``.
        classes: The k classes.
        part: Which n of the m examples of each class.
    """
    x = pool[:, classes.start : classes.stop, part]
    y = torch.arange(len(classes), device=pool.device)[:, None].expand(len(pool), -1, x.shape[2])
    return x.flatten(1, 2), y.flatten(1)


def fitted(
    model: nn.Sequential, data: tuple[Tensor, Tensor], plan: tuple[int, int, float], order: Stream
) -> nn.Sequential:
    """Train by Adam along half a period of a cosine and return the networks.

    Args:
        model: R networks, changed in place.
        data: Inputs ``[R, n, ...]`` and labels ``[R, n]``.
        plan: Examples a step, steps, and the learning rate at the start.
        order: Shuffles the examples.
    """
    batch, steps, rate = plan
    optimiser = Adam(model, rate)
    train(model, optimiser, minibatches(*data, batch, steps, order), on_step=cosine(optimiser, steps))
    return model


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


def linear(decay: float) -> Classifier:
    """Return logistic regression on features that are brought to one scale."""

    def accuracy(x: Floats, y: Labels, x_test: Floats, y_test: Labels) -> float:
        model = make_pipeline(StandardScaler(), LogisticRegression(C=1 / decay, max_iter=1000))
        return float(model.fit(x, y).score(x_test, y_test))

    return accuracy


def machine(cost: float, gamma: float) -> Classifier:
    """Return a support vector machine with a Gaussian kernel (see :mod:`lecture.models.kernel_svm`)."""

    def accuracy(x: Floats, y: Labels, x_test: Floats, y_test: Labels) -> float:
        return float(np.mean(svm_predictions(x, y, x_test, cost=cost, gamma=gamma) == y_test))

    return accuracy


def one_by_one(classifier: Classifier, *sets: Tensor) -> list[float]:
    """Return the accuracy for each seed.

    Args:
        classifier: Fits and scores.
        sets: Training features, labels, test features, labels, with a seed axis in front.
    """
    return [classifier(*parts) for parts in zip(*(part.cpu().numpy() for part in sets), strict=True)]
