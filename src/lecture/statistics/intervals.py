"""Intervals: of a mean over seeds, of a ratio, of a proportion, and of a mean over splits of one pool."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEVEL = 0.95
NEAR = 0.05
"""Share of an interval's width: an end that lies nearer to a bar does not settle on which side the quantity is.

Processors round differently, and training carries that on: from one to another we have seen an end move by a hundredth.
"""


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

    def side(self, bar: float) -> bool | None:
        """Return True where the interval lies above a bar, False below; None where it reaches over it or ends near."""
        return True if self.low - self.near > bar else False if self.high + self.near < bar else None

    @property
    def near(self) -> float:
        """What counts as close to an end; nothing where there is no spread, or no end."""
        width = self.high - self.low
        return NEAR * width if np.isfinite(width) else 0.0

    def percent(self) -> "Interval":
        """Return a share, 0 to 1, as per cent: value and interval are multiplied by 100."""
        return replace(self, value=100 * self.value, low=100 * self.low, high=100 * self.high)

    def clipped(self, least: float, most: float) -> "Interval":
        """Return the interval cut off where the quantity cannot be: no accuracy is above 100 %."""
        return replace(self, low=max(self.low, least), high=min(self.high, most))


def mean_interval(values: ArrayLike, level: float = LEVEL) -> Interval:
    """Return the mean of one value a seed, with its Student-t interval.

    Args:
        values: One number for each seed, at least two.
        level: How often such an interval covers the true mean.

    Raises:
        ValueError: Fewer than two values: one run has no interval.
    """
    return _student(values, 1 / max(np.size(values), 1), level)


def resampled_interval(values: ArrayLike, train: int, test: int, level: float = LEVEL) -> Interval:
    """Return the mean over repeated random splits of one pool, with the corrected resampled t-interval.

    Splits of one pool share examples, so their results are not independent and the ordinary interval is too narrow. The
    correction (Nadeau and Bengio 2003, section 4) adds ``test / train`` to the factor ``1 / n`` of the variance: it
    takes the share of the pool that is tested on for the correlation of two splits.

    Args:
        values: One number for each split, at least two; for a comparison, the differences.
        train: Examples of a split to learn from; where it leaves some out, all that it does not test on.
        test: Examples of a split to test on.
        level: How often such an interval covers the true mean.

    Raises:
        ValueError: Fewer than two values, or a split without examples.
    """
    if train < 1 or test < 1:
        raise ValueError(f"a split needs examples on both sides, got {train} and {test}")
    return _student(values, 1 / max(np.size(values), 1) + test / train, level)


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
    return mean_interval(paired(a, b))


def paired(a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """Return ``a - b``, seed by seed.

    Raises:
        ValueError: The two have different lengths.
    """
    x, y = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if x.shape != y.shape:
        raise ValueError(f"paired values differ in number: {x.size} and {y.size}")
    return np.subtract(x, y)


def proportion(successes: ArrayLike) -> Interval:
    """Return the share of cases that are true, with its 95 % Wilson score interval (Wilson 1927): honest at 0 and at 1.

    Args:
        successes: A truth value for each case, for example whether a run has trained.

    Raises:
        ValueError: No cases.
    """
    x = np.asarray(successes, dtype=bool)
    if not x.size:
        raise ValueError("a proportion needs at least one case")
    from scipy import stats

    found = stats.binomtest(int(x.sum()), x.size).proportion_ci(LEVEL, method="wilson")
    return Interval(float(x.mean()), float(found.low), float(found.high), x.size)


def intervals(groups: Iterable[tuple[object, ArrayLike]]) -> dict[object, Interval]:
    """Return :func:`mean_interval` of each group, keyed as given, for example from ``table.groupby(...)``."""
    return {key: mean_interval(values) for key, values in groups}


def _student(values: ArrayLike, factor: float, level: float) -> Interval:
    x = np.asarray(values, dtype=float)
    if x.size < 2:
        raise ValueError(f"an interval needs at least two seeds, got {x.size}")
    from scipy import stats  # here, not above: a page that only shows stored intervals need not wait for it

    half = stats.t.ppf((1 + level) / 2, x.size - 1) * x.std(ddof=1) * np.sqrt(factor)
    return Interval(float(x.mean()), float(x.mean() - half), float(x.mean() + half), x.size)
