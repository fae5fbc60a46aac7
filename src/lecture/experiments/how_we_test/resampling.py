"""How often the interval covers where all seeds split one pool: the usual one, and the corrected resampled one."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch

from lecture.experiments.experiment import Experiment
from lecture.statistics import mean_interval, resampled_interval


@dataclass(frozen=True, kw_only=True)
class Resampling(Experiment):
    """Split pools at random, and compare two predictors whose true difference is known.

    The examples are numbers drawn from a standard normal distribution. One predictor answers the mean of its training
    examples, the other always 0, the true mean. By how much the first one's squared error is larger, on average over
    pools and splits, is the variance of that mean: 1 / train.

    Attributes:
        pool: Examples of a pool.
        train: Examples of each split to learn from; the others are the test.
        splits: Splits of a pool, one for each seed of an experiment.
        repeats: Pools a seed.
    """

    pool: int = 200
    train: int = 100
    splits: tuple[int, ...] = (5, 10, 20)
    repeats: int = 100

    presets: ClassVar = {"smoke": {"seeds": 2, "repeats": 10}, "full": {"repeats": 2000}}
    size: ClassVar[str] = "{repeats} pools of {pool} examples a seed, {train} of them to learn from"
    core_seconds: ClassVar[float] = 4.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the share of intervals that cover the true difference, for each number of splits."""
        truth, test = 1 / self.train, self.pool - self.train
        rows = []
        for seed in self.seed_range():
            rng = np.random.default_rng(seed)
            for n in self.splits:
                covered = {"usual": 0, "corrected": 0}
                for _ in range(self.repeats):
                    pool = rng.normal(size=self.pool)
                    order = rng.permuted(np.tile(pool, (n, 1)), axis=1)
                    learnt, asked = order[:, : self.train].mean(1, keepdims=True), order[:, self.train :]
                    difference = ((asked - learnt) ** 2 - asked**2).mean(1)
                    found = {
                        "usual": mean_interval(difference),
                        "corrected": resampled_interval(difference, self.train, test),
                    }
                    for name, interval in found.items():
                        covered[name] += interval.low <= truth <= interval.high
                rows += [(seed, n, name, count / self.repeats) for name, count in covered.items()]
        return pd.DataFrame(rows, columns=["seed", "splits", "interval", "covered"])
