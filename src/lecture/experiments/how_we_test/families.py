"""How often at least one of several comparisons is wrong, asked one by one and asked together (Holm 1979)."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch

from lecture.experiments.experiment import Experiment
from lecture.statistics import compare, compare_several


@dataclass(frozen=True, kw_only=True)
class Families(Experiment):
    """Draw families of comparisons in which nothing differs, so that every answer is wrong.

    Attributes:
        sizes: Numbers of comparisons in a family.
        runs: Seeds of each comparison.
        repeats: Families a seed, for each size.
    """

    sizes: tuple[int, ...] = (1, 3, 6, 12)
    runs: int = 10
    repeats: int = 60

    presets: ClassVar = {"smoke": {"seeds": 2, "repeats": 4}, "full": {"repeats": 2000}}
    size: ClassVar[str] = "{repeats} families of each size a seed, {runs} runs a comparison"
    core_seconds: ClassVar[float] = 7.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the share of families with at least one answer, and so with a wrong one, for both ways of asking."""
        rows = []
        for seed in self.seed_range():
            rng = np.random.default_rng(seed)
            for size in self.sizes:
                drawn = rng.normal(size=(self.repeats, size, self.runs))
                alone = [any(compare(values).answer is not None for values in family) for family in drawn]
                together = [
                    any(
                        c.answer is not None
                        for c in compare_several({str(k): (v, 0.0) for k, v in enumerate(family)}).values()
                    )
                    for family in drawn
                ]
                rows += [(seed, size, "one by one", np.mean(alone)), (seed, size, "together", np.mean(together))]
        return pd.DataFrame(rows, columns=["seed", "size", "asked", "wrong"])
