"""C20: what rendered digits are worth, read off the learning curve of real ones."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from lecture.statistics import Interval, geometric_interval


def curve(runs: pd.DataFrame, trained_on: str) -> pd.DataFrame:
    """Return accuracies in per cent, a row for each seed and a column for each number of real images."""
    chosen = runs[runs["trained_on"] == trained_on]
    return 100 * chosen.pivot(index="seed", columns="real", values="accuracy")


def faces(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the same of rendered digits alone, with a column for each number of faces."""
    return 100 * runs[runs["trained_on"] == "rendered"].pivot(index="seed", columns="faces", values="accuracy")


def worth(sizes: ArrayLike, accuracies: ArrayLike, reached: float) -> float:
    """Return with how many real images the learning curve reaches an accuracy.

    Between two sizes the curve is a straight line over the logarithm; where it falls, by chance, it is taken as level.
    An accuracy outside the curve gets the nearest end: at most the smallest size, at least the largest.
    """
    rising = np.maximum.accumulate(np.asarray(accuracies, dtype=float))
    keep = np.r_[True, np.diff(rising) > 0]  # where several sizes do equally well, the smallest is enough
    logs = np.log(np.asarray(sizes, dtype=float))
    return float(np.exp(np.interp(reached, rising[keep], logs[keep])))


def exchange(real: pd.DataFrame, reached: pd.Series) -> Interval:
    """Return :func:`worth` over the seeds, each on its own curve, as a geometric mean with its interval."""
    return geometric_interval([worth(real.columns, real.loc[seed], reached.loc[seed]) for seed in real.index])
