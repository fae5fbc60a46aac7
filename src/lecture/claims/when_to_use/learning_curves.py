"""Where two learning curves cross, and how many examples of one kind are worth one of another.

A curve is a table of errors in percent: one row a seed, one column a number of examples. Between two measured numbers
of examples it is taken as straight on a logarithmic axis of examples.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from lecture.statistics import Interval, geometric_interval, mean_interval

Curves = Mapping[str, pd.DataFrame]
Floats = NDArray[np.float64]


def by_method(table: pd.DataFrame, names: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Return the curve of each method that has a name, by that name."""
    return {
        names[str(method)]: 100 * runs.pivot(index="seed", columns="n", values="error")
        for method, runs in table.groupby("method", sort=False)
        if method in names
    }


def lead(behind: Curves, ahead: Curves) -> pd.DataFrame:
    """Return by how many points the best of ``ahead`` is better than the best of ``behind``, seed by seed.

    The best of several is the one with the lowest mean over the seeds at that number of examples: chosen on the test
    means that are compared, which flatters the larger party a little. The race ends where the best of ``behind`` at
    one size was not run at the next: what is left there is not the best any more.
    """
    found: dict[int, pd.Series] = {}
    leader = ""
    tried = [{n for curve in party.values() for n in sizes(curve)} for party in (behind, ahead)]
    for n in sorted(tried[0] & tried[1]):
        if leader and n not in behind[leader].columns:
            break
        leader = best_at(behind, n)
        found[n] = behind[leader][n] - ahead[best_at(ahead, n)][n]
    return pd.DataFrame(found)


def best_at(party: Curves, n: int) -> str:
    """Return the name of the curve with the lowest mean at ``n`` examples."""
    return min((name for name in party if n in party[name].columns), key=lambda name: float(party[name][n].mean()))


def crossings(leads: pd.DataFrame) -> Floats:
    """Return for each seed the number of examples from which on its lead is positive, interpolated on log n.

    Infinite where the seed is not ahead at its largest size; the smallest size, an upper bound, where it is ahead at
    every size.
    """
    logs = np.log(sizes(leads))
    return np.array([_crossing(logs, row) for row in leads.to_numpy(dtype=float)])


def _crossing(logs: Floats, row: Floats) -> float:
    if row[-1] <= 0:
        return np.inf
    losing = np.flatnonzero(row <= 0)
    if not len(losing):
        return float(np.exp(logs[0]))
    left = losing[-1]
    part = -row[left] / (row[left + 1] - row[left])
    return float(np.exp(logs[left] + part * (logs[left + 1] - logs[left])))


def sizes(curve: pd.DataFrame) -> list[int]:
    """Return the numbers of examples of a curve, smallest first."""
    return [int(n) for n in curve.columns.to_numpy()]


def at(curve: pd.DataFrame, n: float) -> Floats:
    """Return each seed's error at ``n`` examples, interpolated on log n."""
    logs = np.log(sizes(curve))
    return np.array([np.interp(np.log(n), logs, row) for row in curve.to_numpy(dtype=float)])


def exchange_rates(errors: pd.Series, clean: pd.DataFrame, n: int) -> Floats:
    """Return for each seed how many of its ``n`` examples do the work of one clean one.

    Each seed's error is looked up on its own clean curve, made monotone, and interpolated on log n.

    Args:
        errors: One a seed, reached with ``n`` examples.
        clean: The clean curve.
        n: Examples.

    Returns:
        One rate a seed: infinite where the smallest clean set gives a lower error, 0 where no clean set gives so low a
        one.
    """
    logs = np.log(sizes(clean))
    curves = np.minimum.accumulate(clean.loc[errors.index].to_numpy(dtype=float), axis=1)
    found = [
        np.interp(error, row[::-1], logs[::-1], left=np.inf, right=-np.inf)
        for error, row in zip(errors, curves, strict=True)
    ]
    return np.asarray(np.exp(np.log(n) - np.array(found)))


def clearly(differences: Iterable[float]) -> int:
    """Return 1 or -1 where the interval of the mean over seeds lies above or below zero, else 0."""
    found = mean_interval(list(differences))
    return int(found.above(0)) - int(found.below(0))


def censored_interval(values: ArrayLike, bound: float = 0.0) -> Interval:
    """Return the geometric mean with its interval; where a seed has only a bound, the median and the seeds' range.

    Args:
        values: One a seed; an infinite one is known to lie beyond what was measured.
        bound: A value up to which a seed tells no more than that it lies there or below.
    """
    x = np.asarray(values, dtype=float)
    if np.isfinite(x).all() and (x > bound).all():
        return geometric_interval(x)
    return Interval(float(np.median(x)), float(x.min()), float(x.max()), x.size)
