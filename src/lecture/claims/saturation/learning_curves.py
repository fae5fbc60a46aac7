"""What is read off a curve of error against data, model size or computing, by one rule for all claims and figures."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lecture.power_law import Fit, fit_seeds
from lecture.statistics import Interval, mean_interval

LAW_FROM = 1000
"""Examples: with fewer the methods nearly guess, and no power law holds (Hestness et al. 2017, figure 6)."""

LEARNED = 50.0
"""Percent: a network that errs more often than this has hardly begun to learn, and belongs to no law in computing."""

FEWEST = 4
"""Points that a law with a floor needs."""

SMALL, LARGE = "cnn_small", "cnn_large"


def curves(*tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each method's errors in percent, one row a seed and one column a size, by its short name."""
    table = pd.concat(tables)
    methods = list(dict.fromkeys(table["method"]))
    networks = [method for method in methods if method.startswith("CNN ")]
    names = {method: method.lower().replace(" ", "_") for method in methods}
    if networks:
        names |= {networks[0]: SMALL, networks[-1]: LARGE}
    amount = "n" if "n" in table else "amount"
    return {
        names[method]: 100 * runs.pivot(index="seed", columns=amount, values="error")
        for method, runs in table.groupby("method", sort=False)
    }


def earlier(errors: pd.DataFrame, times: float) -> int:
    """Return the size nearest to the largest one divided by ``times``."""
    sizes = errors.columns.to_numpy(dtype=float)
    return int(errors.columns[np.abs(np.log(sizes[:-1] * times / sizes[-1])).argmin()])


def shares(errors: pd.DataFrame, times: float = 3.0) -> NDArray[np.float64]:
    """Return the percentage of its error that each seed sheds in the last step of about ``times``."""
    last, before = (errors[n].to_numpy(dtype=float) for n in (errors.columns[-1], earlier(errors, times)))
    return np.asarray(100 * (1 - last / before))


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

    Those that have hardly begun to learn are left out. The networks are chosen on the very test means that are then
    reported, which flatters them a little. Choosing anew in each resample of the seeds hardly moved the intervals.

    Args:
        cells: From :func:`grid`.

    Returns:
        Errors in percent, one row a seed, one column for each number of multiply-adds.
    """
    cells = cells.iloc[:, np.lexsort((cells.mean(), cells.columns.get_level_values("multiply_adds")))]
    means = cells.mean().to_numpy()
    best = means < np.minimum.accumulate(np.concatenate([[LEARNED], means[:-1]]))
    envelope = cells.loc[:, best]
    return envelope.set_axis(envelope.columns.get_level_values("multiply_adds"), axis=1)
