"""Few examples: classical methods and networks that learn from 1 to 50 real examples a class."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar
from zlib import crc32

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray
from sklearn.base import ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC
from torch import Tensor, nn

from lecture.data import digits, tables
from lecture.experiments.experiment import Experiment
from lecture.models.convolution2d import Conv2d
from lecture.models.initialisers import he
from lecture.models.layers import Linear
from lecture.models.mlp import mlp
from lecture.seeds import Stream
from lecture.training.fit import fit
from lecture.training.optimisers import Adam
from lecture.training.scores import evaluate


class NearestMean(KNeighborsClassifier):  # type: ignore[misc]  # scikit-learn has no types
    """The class whose mean is nearest; scikit-learn's own warns where a class has one example."""

    def fit(self, x: NDArray[Any], y: NDArray[np.int64]) -> "NearestMean":
        """Keep the mean of each class, 0 to the last."""
        classes = np.unique(y)
        super().fit(np.stack([x[y == label].mean(0) for label in classes]), classes)
        return self


CLASSICAL: Mapping[str, Callable[[], ClassifierMixin]] = {
    "nearest mean": lambda: NearestMean(1, metric="cosine"),
    "neighbour": lambda: KNeighborsClassifier(1, metric="cosine"),
    "logistic": lambda: LogisticRegression(C=0.1, max_iter=200, fit_intercept=False),
    "SVM": lambda: SVC(C=10.0),
}
"""Each with the lowest error up to 10 examples a class, mean over the sets, on seeds 1000 to 1009.

Tried were angles and distances; one and three neighbours; C of 0.01 to 10 with and without an intercept; C of 1 to 100
and a third, once and three times the usual gamma.
"""

NETWORKS = ("MLP", "CNN")
"""One hidden layer; two convolutions and a linear layer, for images only."""


@dataclass(frozen=True, kw_only=True)
class LittleData(Experiment):
    """Every seed draws its own test examples and, from the rest, its own training examples; more contain the fewer.

    The columns of a table are shifted and scaled by all rows that are not tested on, whose classes nobody looks at, for
    all methods alike; all pixels of an image are shifted and scaled alike. Learning rate (0.003, 0.01), weight decay
    (0.1 to 3), steps (100, 200), width (64, 256) and dropout (none, 0.5) of the networks were chosen on seeds 1000 to
    1009: other splits of the same sets.

    Attributes:
        sets: ``digits`` or names in :mod:`lecture.data.tables`.
        sizes: Training examples a class; a size for which some class is too small is left out.
        test: Test examples at most; no more than a third of a set.
        steps: Steps of a network.
        rate: Learning rate of Adam at the start; it falls to zero along a cosine.
        decay: Decoupled weight decay.
        width: Hidden units of the fully connected networks.
        channels: Of the first convolution; the second has twice as many.
    """

    seeds: int = 12
    sets: tuple[str, ...] = ("digits", "wine", "cancer")
    sizes: tuple[int, ...] = (1, 2, 5, 10, 20, 50)
    test: int = 500
    steps: int = 100
    rate: float = 1e-2
    decay: float = 2.0
    width: int = 256
    channels: int = 16

    presets: ClassVar = {
        "smoke": {
            "seeds": 4, "sets": ("digits", "wine"), "sizes": (1, 5), "test": 60, "steps": 20, "channels": 4, "width": 16
        },
        "full": {"seeds": 100, "steps": 300, "channels": 32},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 20.0
    size: ClassVar[str] = (
        "{sizes} examples a class of {sets}, one hidden layer of {width} units or two convolutions, {steps} steps"
    )

    def data_digest(self) -> str:
        """Return what identifies the sets."""
        others = tables.digest(tuple(name for name in self.sets if name != "digits"))
        return f"{digits.load().digest()} {others}" if "digits" in self.sets else others

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each set, number of examples a class, method and seed, with the share ``error``."""
        found: dict[tuple[str, int, str], list[float]] = {}
        for name in self.sets:
            splits = [self.split(name, seed) for seed in self.seed_range()]
            classes = int(splits[0][1].max()) + 1
            for per_class in self.sizes:
                if any((np.bincount(y) < per_class).any() for _, y, _, _ in splits):
                    continue
                few = [(*first(x, y, per_class), x_test, y_test) for x, y, x_test, y_test in splits]
                for method, make in CLASSICAL.items():
                    found[name, per_class, method] = [
                        1 - make().fit(x, y).score(x_test, y_test) for x, y, x_test, y_test in few
                    ]
                parts = [torch.from_numpy(np.stack(part)).to(device) for part in zip(*few, strict=True)]
                for method in NETWORKS if name == "digits" else NETWORKS[:-1]:
                    found[name, per_class, method] = self._network(method, classes, *parts)
        return self.per_seed(found, ["set", "per_class", "method"], "error")

    def split(self, name: str, seed: int) -> tuple[NDArray[Any], ...]:
        """Return rows and classes that may be learned from, in random order, then those that are tested on."""
        if name == "digits":
            x, y = digits.load().x.flatten(1).numpy(), digits.load().y.numpy()
        else:
            x, y = tables.load(name).x.astype(np.float32), tables.load(name).y
        order = np.random.default_rng([seed, crc32(b"little")]).permutation(len(y))
        tested = min(self.test, len(y) // 3)
        test, rest = order[:tested], order[tested:]
        axis = None if name == "digits" else 0  # all pixels alike, each column of a table by itself
        x = (x - x[rest].mean(axis)) / x[rest].std(axis)
        return x[rest], y[rest], x[test], y[test]

    def _network(self, method: str, classes: int, x: Tensor, y: Tensor, x_test: Tensor, y_test: Tensor) -> list[float]:
        seeds = self.seeds_on(x.device)
        weights = seeds.stream("weights")
        if method == "CNN":
            model = _convolutional(weights, self.channels, classes)
        else:
            model = mlp(
                weights, depth=1, width=self.width, activation=nn.ReLU, init=he, inputs=x.shape[2], classes=classes
            )
        adam = partial(Adam, weight_decay=self.decay)
        fit(model, x, y, seeds, batch=64, steps=self.steps, rate=self.rate, optimiser=adam)
        error: list[float] = evaluate(model, x_test, y_test).error.tolist()
        return error


def first(x: NDArray[Any], y: NDArray[np.int64], per_class: int) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return the first so many examples of each class."""
    chosen = np.concatenate([np.flatnonzero(y == label)[:per_class] for label in range(int(y.max()) + 1)])
    return x[chosen], y[chosen]


def _convolutional(stream: Stream, channels: int, classes: int) -> nn.Sequential:
    """Return R networks for images of 8 x 8 points, ``[R, B, 64]`` to ``[R, B, classes]``."""
    return nn.Sequential(
        nn.Unflatten(2, (8, 8, 1)),
        Conv2d(1, channels, stream, kernel=3, init=he),
        nn.ReLU(),
        Conv2d(channels, 2 * channels, stream, kernel=3, stride=2, init=he),
        nn.ReLU(),
        nn.Flatten(2),
        Linear(8 * channels, classes, stream),
    )
