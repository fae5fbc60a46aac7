"""C23: little data.

All seeds split one set each, so intervals speak of splits and starts, not of fresh data.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lecture.claims.claim import Finding, Measurement, Verdict
from lecture.claims.part import Part
from lecture.experiments.when_to_use.little_data import CLASSICAL, NETWORKS, LittleData
from lecture.statistics import Interval, difference_interval, mean_interval, share_opposite

FEW = 10
"""Examples a class, at most, that count as little data."""
MARGIN = 1.0
"""Points of error, below which a difference is no reason to choose."""


def best(errors: pd.DataFrame, methods: Sequence[str]) -> pd.Series:
    """Return each seed's error of the method that did best on the other half of the seeds.

    The seeds of even and of odd rank choose for each other, so the choice never sees what is then reported.

    Args:
        errors: One row a seed, one column a method.
        methods: Which columns compete.
    """
    here = errors[list(methods)]
    odd = np.arange(len(here)) % 2 == 1
    choice = {half: here[odd != half].mean().idxmin() for half in (False, True)}
    return pd.Series([row[choice[half]] for half, (_, row) in zip(odd, here.iterrows(), strict=True)], here.index)


def gaps(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the best network's error minus the best classical method's, in points.

    One row a seed; the columns are (set, examples a class).
    """
    found = {}
    for (name, per_class), rows in runs.groupby(["set", "per_class"], sort=False):
        errors = 100 * rows.pivot(index="seed", columns="method", values="error")
        networks = [method for method in NETWORKS if method in errors]
        found[str(name), int(str(per_class))] = best(errors, networks) - best(errors, list(CLASSICAL))
    return pd.DataFrame(found)


def judge(runs: pd.DataFrame) -> Finding:
    """Ask whether the best network errs more than the best classical method where examples are few, and only there."""
    gap = gaps(runs)
    few = gap.loc[:, gap.columns.get_level_values(1) <= FEW]
    sets = list(dict.fromkeys(gap.columns.get_level_values(0)))
    each = {name: few[name].mean(axis=1) for name in sets}
    overall = pd.DataFrame(each).mean(axis=1)  # every set counts alike
    most = pd.DataFrame({name: gap[name].iloc[:, -1] for name in sets}).mean(axis=1)
    mean, by_set = mean_interval(overall), {name: mean_interval(found) for name, found in each.items()}
    narrowing = difference_interval(overall, most)

    verdict = Verdict.FAILS
    if mean.above(0):
        everywhere = mean.above(MARGIN) and narrowing.above(0) and all(found.above(0) for found in by_set.values())
        verdict = Verdict.HOLDS if everywhere else Verdict.CAVEAT

    words = "test error, best network minus best classical method"
    found = [_points("gap", f"{words}, up to {FEW} examples a class, all sets", mean)]
    found += [_points(f"gap_{name}", f"{words}, up to {FEW} examples a class, {name}", by_set[name]) for name in sets]
    found += [
        _points("gap_most", f"{words}, most examples, all sets", mean_interval(most)),
        _points("narrowing", "how much less that is with the most examples than with few", narrowing),
    ]
    names, sizes = (gap.columns.get_level_values(level) for level in (0, 1))
    for place, (name, n) in enumerate(zip(names, sizes, strict=True)):
        found.append(_points(f"gap_{name}_{n}", f"{words}, {n} a class, {name}", mean_interval(gap.iloc[:, place])))
    found += [Measurement("few", "examples a class that count as few", Interval.exact(FEW), spec=".0f")]
    return Finding(verdict, tuple(found), share_opposite(overall, np.zeros(len(overall))))


def _points(key: str, words: str, interval: Interval) -> Measurement:
    return Measurement(key, words, interval, "points", "+z.1f", colour="deep")


PART = Part(
    key="little_data",
    says="little data",
    refuted_by=(
        f"With 1 to {FEW} examples a class, the best network's test error is not above the best classical method's, "
        "on average over real sets (95 % interval; one half of the seeds chooses the methods that the other half "
        f"compares). A caveat is due if it is above, but by less than {MARGIN:g} point, or not on each set, or by as "
        "much with the most examples."
    ),
    expected=Verdict.CAVEAT,
    experiments=(LittleData,),
    judge=judge,
    citations=(),
)
