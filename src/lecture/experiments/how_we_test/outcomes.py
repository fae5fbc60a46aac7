"""How often a comparison answers yes, no or nothing, by the true difference and the number of seeds."""

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch

from lecture.experiments.experiment import Experiment
from lecture.statistics import compare, equivalent

ANSWERS = {True: "yes", False: "no", None: "undecided"}


@dataclass(frozen=True, kw_only=True)
class Outcomes(Experiment):
    """Draw paired differences around a true one, and let the rule answer.

    The unit is the standard deviation of a difference over seeds. At a true difference of exactly the smallest effect
    every yes and every no is wrong.

    Attributes:
        runs: Numbers of seeds of a comparison.
        differences: True differences.
        smallest: The smallest effect of interest; for equivalence, the margin.
        repeats: Comparisons a seed, for each number and difference.
    """

    runs: tuple[int, ...] = (5, 10, 20)
    differences: tuple[float, ...] = (-1.0, -0.5, 0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
    smallest: float = 0.5
    repeats: int = 40

    presets: ClassVar = {"smoke": {"seeds": 2, "repeats": 10}, "full": {"repeats": 2000}}
    size: ClassVar[str] = "{repeats} comparisons a seed for each number of runs and difference"
    core_seconds: ClassVar[float] = 8.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the share of each answer, for the question "larger?" and for the question "equal?"."""
        rows = []
        for seed in self.seed_range():
            rng = np.random.default_rng(seed)
            for n in self.runs:
                for difference in self.differences:
                    drawn = rng.normal(difference, 1.0, (self.repeats, n))
                    asked = {
                        "larger": [compare(values, smallest=self.smallest) for values in drawn],
                        "equal": [equivalent(values, margin=self.smallest) for values in drawn],
                    }
                    for question, found in asked.items():
                        counts = Counter(ANSWERS[comparison.answer] for comparison in found)
                        rows += [
                            (seed, n, difference, question, answer, counts[answer] / self.repeats)
                            for answer in ANSWERS.values()
                        ]
        return pd.DataFrame(rows, columns=["seed", "runs", "difference", "question", "answer", "share"])
