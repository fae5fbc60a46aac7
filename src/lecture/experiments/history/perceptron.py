"""Rosenblatt's rule on three gates: two that a line can draw, and one that no line can."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.experiment import Experiment
from lecture.models import perceptron
from lecture.models.perceptron import CORNERS, GATES, most_mistakes


@dataclass(frozen=True, kw_only=True)
class Perceptron(Experiment):
    """Trains a perceptron on AND, OR and XOR, and counts its mistakes beside Novikoff's bound.

    The weights start at 0, as the bound assumes. A seed is an order of the examples, drawn anew for each pass.

    Attributes:
        passes: Passes over the four examples.
    """

    seeds: int = 20
    passes: int = 40

    size: ClassVar[str] = "{passes} passes over the four examples of each gate"
    presets: ClassVar = {"smoke": {"seeds": 2, "passes": 20}, "full": {"seeds": 1000}}
    core_seconds: ClassVar[float] = 0.1

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the mistakes up to each pass (from 1) and in it, for each gate and seed, with the gate's bound."""
        orders = self.seeds_on(torch.device("cpu")).stream("order")  # a handful of numbers: no GPU
        passes = [orders.permutation(len(CORNERS)).tolist() for _ in range(self.passes)]
        rows = []
        for gate, answers in GATES.items():
            bound = most_mistakes(CORNERS, answers)
            for replica, seed in enumerate(self.seed_range()):
                rule, mistakes = perceptron.Perceptron(CORNERS.shape[1]), 0
                for number, order in enumerate(passes, 1):
                    now = sum(rule.learn(CORNERS[i], answers[i]) for i in order[replica])
                    mistakes += now
                    rows.append((gate, seed, number, now, mistakes, bound))
        return pd.DataFrame(rows, columns=["gate", "seed", "pass", "mistakes_now", "mistakes", "bound"])
