"""C23: tables instead of pixels.

All seeds split the same tables, so intervals speak of splits and starts, not of fresh data.
"""

import pandas as pd

from lecture.claims.claim import Finding, Measurement, Verdict
from lecture.claims.part import Part
from lecture.experiments.when_to_use.tabular import Tabular
from lecture.statistics import Interval, difference_interval, mean_interval, share_opposite

MEDIUM = 3000
"""Rows to learn from, from which on a table counts as medium (Grinsztajn et al. 2022: 3,000 to 10,000)."""


def errors(runs: pd.DataFrame, rotated: bool = False) -> dict[str, pd.DataFrame]:
    """Return each method's errors in percent: a row for each seed, a column for each table, the largest first."""
    rows = runs[runs["rotated"] == rotated]
    order = runs.groupby("table")["n"].first().sort_values(ascending=False, kind="stable").index
    return {
        str(method): 100 * found.pivot(index="seed", columns="table", values="error")[list(order)]
        for method, found in rows.groupby("method", sort=False)
    }


def judge(runs: pd.DataFrame) -> Finding:
    """Ask whether networks lose to boosted trees, both searched with as many trials, and what rotation changes."""
    straight, rotated = errors(runs), errors(runs, rotated=True)
    over_tables = {method: found.mean(axis=1) for method, found in straight.items()}
    turned = {method: found.mean(axis=1) for method, found in rotated.items()}
    rows = {str(name): int(n) for name, n in runs.groupby("table")["n"].first().items()}
    network, boosting = straight["network"], straight["boosting"]
    gaps = {str(name): difference_interval(network[name], boosting[name]) for name in network}
    gap = difference_interval(over_tables["network"], over_tables["boosting"])

    medium = [name for name in gaps if rows[name] >= MEDIUM]
    ahead = [name for name, found in gaps.items() if found.below(0)]
    behind = [name for name, found in gaps.items() if found.above(0)]
    if ahead:
        verdict = Verdict.CAVEAT if gap.above(0) else Verdict.FAILS
    elif gap.above(0):
        verdict = Verdict.HOLDS
    else:
        verdict = Verdict.CAVEAT if set(behind) & set(medium) else Verdict.FAILS

    words = "test error, network minus"
    found = [_points("gap", f"{words} boosting, mean over all tables", gap)]
    found += [_points(f"gap_{name}", f"{words} boosting, {name}", interval) for name, interval in gaps.items()]
    for other in ("linear", "small tree"):
        less = difference_interval(over_tables["network"], over_tables[other])
        found.append(_points(f"over_{other.replace(' ', '_')}", f"{words} {other}, mean over all tables", less))
    for side in ("network", "boosting"):
        added = difference_interval(turned[side], over_tables[side])
        removed = difference_interval(over_tables[f"{side}, untuned"], over_tables[side])
        found += [
            _points(f"rotation_{side}", f"test error added by rotating the columns, {side}", added),
            _points(f"tuning_{side}", f"test error removed by the search, {side}", removed),
        ]
    after = difference_interval(turned["network"], turned["boosting"])
    found.append(_points("gap_rotated", f"{words} boosting, columns rotated, mean over all tables", after))
    for name in gaps:
        after = difference_interval(rotated["network"][name], rotated["boosting"][name])
        added = difference_interval(rotated["boosting"][name], boosting[name])
        found += [
            _points(f"gap_rotated_{name}", f"{words} boosting, columns rotated, {name}", after),
            _points(f"rotation_{name}_boosting", f"test error added by rotating the columns, boosting, {name}", added),
        ]
    for method in ("network", "boosting", "linear"):
        colour = "deep" if method == "network" else "classical"
        level = mean_interval(over_tables[method])
        found.append(
            Measurement(method, f"test error, {method}, mean over all tables", level, "%", ".1f", colour=colour)
        )
    counts = {
        "tables": ("tables", len(gaps)),
        "ahead": ("tables on which the network is clearly ahead of boosting", len(ahead)),
        "behind": ("tables on which the network is clearly behind boosting", len(behind)),
        "rows": ("rows to learn from, largest table", max(rows.values())),
    }
    found += [Measurement(key, text, Interval.exact(n), spec=",.0f") for key, (text, n) in counts.items()]
    opposite = share_opposite(over_tables["network"], over_tables["boosting"])
    words = "single splits that tell the opposite of the mean over all tables"
    found.append(Measurement("opposite", words, Interval.exact(100 * opposite), "%", ".0f"))
    return Finding(verdict, tuple(found), opposite)


def _points(key: str, words: str, interval: Interval) -> Measurement:
    colour = "classical" if key.endswith("boosting") else "deep"
    return Measurement(key, words, interval, "points", "+z.1f", colour=colour)


PART = Part(
    key="tabular",
    says="irregular data",
    refuted_by=(
        "Averaged over real tables, the network's test error is not above that of gradient boosting, both tuned with "
        f"the same number of trials, and on no table with {MEDIUM:,} rows or more to learn from does it lose clearly "
        "(paired 95 % intervals). A caveat is due if it loses on such a table only, or on average but not without "
        "winning somewhere."
    ),
    expected=Verdict.CAVEAT,
    experiments=(Tabular,),
    judge=judge,
    citations=("grinsztajn2022tree",),
)
