"""C22: the same signals with their points in order and in a fixed random order, for models that know order or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.models.cnn import cnn
from lecture.models.layers import Linear
from lecture.models.residual import Skip
from lecture.seeds import Seeds, Stream
from lecture.training.annealing import cosine
from lecture.training.batches import minibatches
from lecture.training.loop import evaluate, train
from lecture.training.optimisers import Adam

ORDERS = ("ordered", "shuffled")


@dataclass(frozen=True, kw_only=True)
class Order(Experiment):
    """MNIST-1D with its 40 points in order, and shuffled by one permutation a seed (Greydanus and Kobak 2024).

    The networks are those of the paper's code (``LinearBase`` here as scikit-learn's logistic regression, ``MLPBase``,
    ``ConvBase``), with its batch size. The code takes 6,000 steps at a constant rate of 0.01; here a rate that falls
    from 0.02 to 0 needs a sixth of them. Rate and steps were chosen on other seeds (1000 and up) than the ones shown.

    Attributes:
        train: Training signals of each seed, as in the package.
        test: Test signals; the package has 1,000.
        batch: Signals a step, as in the package.
        rate: Learning rate of Adam at the start.
        steps: Steps of the multilayer network.
        convolution_steps: Steps of the convolutional network.
    """

    train: int = 4000
    test: int = 2000
    batch: int = 100
    rate: float = 0.02
    steps: int = 1000
    convolution_steps: int = 1000

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "train": 300, "test": 200, "steps": 10, "convolution_steps": 5},
        "full": {"seeds": 30, "steps": 6000, "convolution_steps": 6000},
    }
    core_seconds: ClassVar[float] = 35.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return accuracy on training and test signals: columns seed, model, order, train_accuracy, test_accuracy."""
        data = both_orders(self.seed_range(), self.train, self.test, device)
        seeds = Seeds(tuple(self.seed_range()) * len(ORDERS), device)
        plans = {"MLP": (mlp_base(seeds.stream("weights")), self.steps)}
        plans["CNN"] = (cnn(seeds.stream("weights")), self.convolution_steps)
        tables = [self._logistic(data)]
        for name, (model, steps) in plans.items():
            tables.append(score(name, model, data, seeds, steps=steps, batch=self.batch, rate=self.rate))
        return pd.concat(tables, ignore_index=True)

    def _logistic(self, data: tuple[Tensor, ...]) -> pd.DataFrame:
        train, test = [], []
        for x, y, x_test, y_test in zip(*(part.cpu().numpy() for part in data), strict=True):
            model = LogisticRegression(max_iter=1000).fit(x, y)
            train.append(float(model.score(x, y)))
            test.append(float(model.score(x_test, y_test)))
        return _table("logistic", self.seed_range(), train, test)


def both_orders(seeds: range, train: int, test: int, device: torch.device) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return training inputs and labels, test inputs and labels, ``[2 * seeds, ...]``.

    All seeds come ordered, then all shuffled. A seed has the same signals in both halves; only the order of the
    points differs.
    """
    sets = [mnist1d.split(train, test, seed, shuffled=order == "shuffled") for order in ORDERS for seed in seeds]
    x, y, x_test, y_test = (torch.stack(parts).to(device) for parts in zip(*sets, strict=True))
    return x, y, x_test, y_test


def score(
    name: str,
    model: nn.Module,
    data: tuple[Tensor, Tensor, Tensor, Tensor],
    seeds: Seeds,
    *,
    steps: int,
    batch: int,
    rate: float,
) -> pd.DataFrame:
    """Train all replicas and return their accuracies as rows of the table."""
    x, y, x_test, y_test = data
    optimiser = Adam(model, rate)
    batches = minibatches(x, y, batch, steps, seeds.stream("order"))
    train(model, optimiser, batches, on_step=cosine(optimiser, steps))
    values = seeds.values[: len(seeds) // len(ORDERS)]
    return _table(name, values, evaluate(model, x, y)[1].tolist(), evaluate(model, x_test, y_test)[1].tolist())


def mlp_base(stream: Stream, width: int = 100) -> nn.Sequential:
    """Return the package's multilayer network: 15,210 parameters, a shortcut around the second hidden layer."""
    return nn.Sequential(
        Linear(40, width, stream),
        nn.ReLU(),
        Skip(nn.Sequential(Linear(width, width, stream), nn.ReLU())),
        Linear(width, 10, stream),
    )


def _table(name: str, seeds: range | tuple[int, ...], train: list[float], test: list[float]) -> pd.DataFrame:
    order = [order for order in ORDERS for _ in seeds]
    return pd.DataFrame(
        {
            "seed": list(seeds) * len(ORDERS),
            "model": name,
            "order": order,
            "train_accuracy": train,
            "test_accuracy": test,
        }
    )
