"""Intervals over seeds, and how often a single run would have misled.

Every number in the book is a mean over independent seeds with a 95 % Student-t interval, never one lucky run.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """An estimate with the interval it lies in.

    Attributes:
        value: The estimate.
        low: Lower end of the 95 % interval; equal to ``value`` for an exact quantity.
        high: Upper end.
        n: Number of independent seeds behind it; 1 means exact (nothing random was involved).
    """

    value: float
    low: float
    high: float
    n: int = 1

    @classmethod
    def exact(cls, value: float) -> "Interval":
        """Return a quantity that has no spread: counted, derived or read off, not sampled."""
        return cls(float(value), float(value), float(value))

    def above(self, other: "Interval | float") -> bool:
        """Tell whether the whole interval lies above the other one (or above a number)."""
        return self.low > (other.high if isinstance(other, Interval) else other)

    def below(self, other: "Interval | float") -> bool:
        """Tell whether the whole interval lies below the other one (or below a number)."""
        return self.high < (other.low if isinstance(other, Interval) else other)


def mean_interval(values: ArrayLike) -> Interval:
    """Return the mean of one value a seed, with its 95 % Student-t interval.

    Args:
        values: One number for each seed, at least two.

    Raises:
        ValueError: Fewer than two values: one run has no interval.
    """
    x = np.asarray(values, dtype=float)
    if x.size < 2:
        raise ValueError(f"an interval needs at least two seeds, got {x.size}")
    from scipy import stats  # here, not above: a page that only shows stored intervals need not wait for it

    half = stats.t.ppf((1 + LEVEL) / 2, x.size - 1) * x.std(ddof=1) / np.sqrt(x.size)
    return Interval(float(x.mean()), float(x.mean() - half), float(x.mean() + half), x.size)


def geometric_interval(values: ArrayLike) -> Interval:
    """Return the geometric mean of positive values, with its 95 % interval taken on the logarithm.

    Raises:
        ValueError: A value is not positive, or there are fewer than two.
    """
    x = np.asarray(values, dtype=float)
    if not (x > 0).all():
        raise ValueError("a geometric mean needs positive values")
    logs = mean_interval(np.log(x))
    return Interval(float(np.exp(logs.value)), float(np.exp(logs.low)), float(np.exp(logs.high)), logs.n)


def difference_interval(a: ArrayLike, b: ArrayLike) -> Interval:
    """Return the mean of ``a - b``, paired by seed, with its 95 % interval.

    Raises:
        ValueError: The two have different lengths, or fewer than two values.
    """
    x, y = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if x.shape != y.shape:
        raise ValueError(f"paired values differ in number: {x.size} and {y.size}")
    return mean_interval(x - y)


def share_opposite(a: ArrayLike, b: ArrayLike) -> float:
    """Return the share of single seeds that would have told the opposite of the mean comparison.

    Seed by seed, ``a[i]`` against ``b[i]``: the share of seeds in which the difference is zero or has the other sign
    than the difference of the means. 0 means that any one run tells the same story.
    """
    d = np.asarray(a, dtype=float) - np.asarray(b, dtype=float)
    return float(np.mean(d * np.sign(d.mean()) <= 0))


def wilson_interval(successes: int, trials: int) -> Interval:
    """Return a proportion with its 95 % Wilson score interval (Wilson 1927): honest at 0 and at 1.

    Raises:
        ValueError: No trials.
    """
    if trials < 1:
        raise ValueError("a proportion needs at least one trial")
    from scipy import stats

    found = stats.binomtest(successes, trials).proportion_ci(LEVEL, method="wilson")
    return Interval(successes / trials, float(found.low), float(found.high), trials)


def intervals(groups: Iterable[tuple[object, ArrayLike]]) -> dict[object, Interval]:
    """Return :func:`mean_interval` of each group, keyed as given, for example from ``table.groupby(...)``."""
    return {key: mean_interval(values) for key, values in groups}
