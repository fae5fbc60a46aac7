"""How often a 95 % interval covers the true mean, for runs that are well behaved and for runs that can collapse."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray

from lecture.experiments.experiment import Experiment
from lecture.statistics import mean_interval, proportion

TRAINED, CHANCE, SPREAD = 90.0, 10.0, 2.0
"""Accuracy in per cent of a run that trains, of one that collapses, and its standard deviation over seeds."""

Draw = Callable[[np.random.Generator, int], NDArray[np.float64]]


def collapsing(share: float) -> Draw:
    """Return what draws accuracies of runs of which a share collapses to chance."""

    def draw(rng: np.random.Generator, n: int) -> NDArray[np.float64]:
        collapsed = rng.random(n) < share
        return np.where(collapsed, CHANCE, rng.normal(TRAINED, SPREAD, n))

    return draw


@dataclass(frozen=True, kw_only=True)
class Coverage(Experiment):
    """Draw runs whose true mean is known, and ask whether their interval covers it.

    Attributes:
        runs: Numbers of runs behind an interval.
        shares: Shares of runs that collapse.
        repeats: Intervals a seed, for each number and share.
    """

    runs: tuple[int, ...] = (5, 10, 20)
    shares: tuple[float, ...] = (0.0, 0.05, 0.2)
    repeats: int = 60

    presets: ClassVar = {"smoke": {"seeds": 2, "repeats": 20}, "full": {"repeats": 5000}}
    size: ClassVar[str] = "{repeats} intervals a seed for each number of runs and share"
    core_seconds: ClassVar[float] = 6.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the share of intervals that cover, of the mean (Student) and of the share that trains (Wilson)."""
        rows = []
        for seed in self.seed_range():
            rng = np.random.default_rng(seed)
            for share in self.shares:
                mean = share * CHANCE + (1 - share) * TRAINED
                for n in self.runs:
                    drawn = [collapsing(share)(rng, n) for _ in range(self.repeats)]
                    student = [mean_interval(values) for values in drawn]
                    wilson = [proportion(values > (TRAINED + CHANCE) / 2) for values in drawn]
                    covers = {
                        "mean": np.mean([i.low <= mean <= i.high for i in student]),
                        "trained": np.mean([i.low <= 1 - share <= i.high for i in wilson]),
                    }
                    rows += [(seed, share, n, what, float(covered)) for what, covered in covers.items()]
        return pd.DataFrame(rows, columns=["seed", "share", "runs", "interval", "covered"])
