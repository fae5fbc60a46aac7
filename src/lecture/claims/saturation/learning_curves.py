"""What is read off a curve of error against data, model size or computing, by one rule for all claims and figures."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lecture.claims.selection import curves
from lecture.power_law import Fit, fit_seeds
from lecture.statistics import Interval, mean_interval

LAW_FROM = 1000
"""Examples: with fewer the methods nearly guess, and no power law holds (Hestness et al. 2017, figure 6)."""

LEARNED = 50.0
"""Percent: a network that errs more often than this has hardly begun to learn, and belongs to no law in computing."""

FEWEST = 4  # points that a law with a floor needs


def by_method(*tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each method's errors in percent, one row a seed and one column a size, by its short name."""
    table = pd.concat(tables)
    found = curves(table.assign(error=100 * table["error"]), "method", "n" if "n" in table else "amount", "error")
    return {method.lower(): errors.dropna(axis=1) for method, errors in found.items()}


def shares(errors: pd.DataFrame, times: float = 3.0) -> NDArray[np.float64]:
    """Return the percentage of its error that each seed shed when its size last grew by ``times``.

    All of it is measured: where no size is just so many times smaller than the largest, its error is read off a
    straight line, on logarithmic axes, between the two sizes beside it.
    """
    sizes, rows = np.log(errors.columns.to_numpy(dtype=float)), errors.to_numpy(dtype=float)
    before = [np.exp(np.interp(sizes[-1] - np.log(times), sizes, np.log(row))) for row in rows]
    return np.asarray(100 * (1 - rows[:, -1] / before))


def law(errors: pd.DataFrame, start: float = LAW_FROM) -> Fit | None:
    """Return the law fitted to the sizes from ``start`` on; None where there are too few for one."""
    sizes = [n for n in errors.columns if float(n) >= start]
    return fit_seeds(sizes, errors[sizes]) if len(sizes) >= FEWEST else None


def forecast(errors: pd.DataFrame) -> Fit | None:
    """Return the law fitted without the largest size, which it is then asked for; None where too few are left."""
    return law(errors.iloc[:, :-1])


def forecasts(methods: dict[str, pd.DataFrame]) -> dict[str, tuple[Interval, Interval, bool]]:
    """Return forecast and measurement at each method's largest size, and whether the measured mean was foreseen."""
    found = {}
    for key, errors in methods.items():
        if fitted := forecast(errors):
            last = errors.columns[-1]
            predicted, measured = fitted.at(float(last)), mean_interval(errors[last])
            found[key] = (predicted, measured, predicted.low <= measured.value <= predicted.high)
    return found


def grid(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return the networks' errors in percent: one row a seed, columns (channels, steps, multiply-adds)."""
    return 100 * pd.concat(tables).pivot(index="seed", columns=["channels", "steps", "multiply_adds"], values="error")


def frontier(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the lower envelope: networks that no other beats with as much computing or less, mean over the seeds.

    Those that have hardly begun to learn are left out, unless none has learned more. The networks are chosen on the
    very test means that are then reported, which flatters them a little. Choosing anew in each resample of the seeds
    hardly moved the intervals. Errors in percent: one row a seed, one column for each number of multiply-adds.
    """
    cells = cells.iloc[:, np.lexsort((cells.mean(), cells.columns.get_level_values("multiply_adds")))]
    means = cells.mean().to_numpy()
    limit = LEARNED if means.min() < LEARNED else np.inf
    best = means < np.minimum.accumulate(np.concatenate([[limit], means[:-1]]))
    envelope = cells.loc[:, best]
    return envelope.set_axis(envelope.columns.get_level_values("multiply_adds"), axis=1)
