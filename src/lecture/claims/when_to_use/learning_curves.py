"""Where two learning curves cross, and how many examples of one kind are worth one of another.

A curve is a table of errors in percent: one row a seed, one column a number of examples. Between two measured numbers
of examples it is taken as straight on a logarithmic axis of examples.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from lecture.claims.selection import curves
from lecture.statistics import Interval, geometric_interval

Curves = Mapping[str, pd.DataFrame]
Floats = NDArray[np.float64]


def by_method(table: pd.DataFrame, names: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Return the curve of each method that has a name, by that name."""
    found = curves(table, "method", "n", "error")
    return {names[method]: 100 * curve for method, curve in found.items() if method in names}


def best(errors: pd.DataFrame) -> pd.Series:
    """Return each seed's error of the method (a column) that did best on the other half of the seeds (rows).

    The seeds of even and of odd rank choose for each other, so the choice never sees what is then reported.
    """
    odd = np.arange(len(errors)) % 2 == 1
    choice = {half: errors[odd != half].mean().idxmin() for half in (False, True)}
    found: pd.Series = errors[choice[False]].where(~odd, errors[choice[True]])
    return found


def best_at(party: Curves, n: int) -> pd.Series:
    """Return each seed's error of the best curve of a party at ``n`` examples, as :func:`best` chooses it."""
    return best(pd.DataFrame({name: curve[n] for name, curve in party.items() if n in curve}))


def lead(behind: Curves, ahead: Curves) -> pd.DataFrame:
    """Return by how many points the best of ``ahead`` is better than the best of ``behind``, seed by seed.

    The race ends where the one of ``behind`` with the lowest mean at one size was not run at the next: what is left
    there is not the best any more.
    """
    found: dict[int, pd.Series] = {}
    leader = ""
    tried = [{n for curve in party.values() for n in sizes(curve)} for party in (behind, ahead)]
    for n in sorted(tried[0] & tried[1]):
        if leader and n not in behind[leader]:
            break
        leader = min((name for name in behind if n in behind[name]), key=lambda name: float(behind[name][n].mean()))
        found[n] = best_at(behind, n) - best_at(ahead, n)
    return pd.DataFrame(found)


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

    Each seed's error is looked up on its own clean curve, made monotone, and interpolated on log n: infinite where the
    smallest clean set gives a lower error, 0 where no clean set gives so low a one.
    """
    logs = np.log(sizes(clean))
    curves = np.minimum.accumulate(clean.loc[errors.index].to_numpy(dtype=float), axis=1)
    found = [
        np.interp(error, row[::-1], logs[::-1], left=np.inf, right=-np.inf)
        for error, row in zip(errors, curves, strict=True)
    ]
    return np.asarray(np.exp(np.log(n) - np.array(found)))


def worth(curve: pd.DataFrame, reached: pd.Series) -> Floats:
    """Return for each seed with how many examples its own curve reaches a value; the curve is taken as never falling.

    A value outside the curve gets the nearest end: at most the smallest number of examples, at least the largest.
    """
    logs = np.log(sizes(curve))
    found = []
    for seed, row in zip(curve.index, curve.to_numpy(dtype=float), strict=True):
        rising = np.maximum.accumulate(row)
        keep = np.r_[True, np.diff(rising) > 0]  # where several sizes do equally well, the smallest is enough
        found.append(np.exp(np.interp(reached.loc[seed], rising[keep], logs[keep])))
    return np.array(found)


def censored_interval(values: ArrayLike, bound: float = 0.0) -> Interval:
    """Return the geometric mean with its interval; where a seed has only a bound, the median and the seeds' range.

    An infinite value is known to lie beyond what was measured; one up to ``bound``, to lie there or below.
    """
    x = np.asarray(values, dtype=float)
    if np.isfinite(x).all() and (x > bound).all():
        return geometric_interval(x)
    return Interval(float(np.median(x)), float(x.min()), float(x.max()), x.size)
