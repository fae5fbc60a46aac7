"""C22, the recurrent part: the same two orders for a network that reads the points one after another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch

from lecture.experiments.experiment import Experiment
from lecture.experiments.when_to_use.order import ORDERS, both_orders, score
from lecture.models.gru import gru
from lecture.seeds import Seeds


@dataclass(frozen=True, kw_only=True)
class OrderRecurrent(Experiment):
    """The package's ``GRUBase`` on the signals of :class:`lecture.experiments.when_to_use.order.Order`.

    A module of its own because a step costs three times the convolutional network's: forty products one after another.

    Attributes:
        seeds: Fewer than for the other models, for the same reason.
        train: Training signals of each seed, as in the package.
        test: Test signals.
        batch: Signals a step, as in the package.
        rate: Learning rate of Adam at the start; it falls to 0.
        steps: The package takes 6,000.
    """

    seeds: int = 5
    train: int = 4000
    test: int = 2000
    batch: int = 100
    rate: float = 0.02
    steps: int = 1000

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "train": 300, "test": 200, "steps": 5},
        "full": {"seeds": 30, "steps": 6000},
    }
    core_seconds: ClassVar[float] = 32.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return accuracy on training and test signals: columns seed, model, order, train_accuracy, test_accuracy."""
        data = both_orders(self.seed_range(), self.train, self.test, device)
        seeds = Seeds(tuple(self.seed_range()) * len(ORDERS), device)
        model = gru(seeds.stream("weights"))
        return score("GRU", model, data, seeds, steps=self.steps, batch=self.batch, rate=self.rate)
