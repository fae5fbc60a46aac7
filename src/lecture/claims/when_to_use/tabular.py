"""C23, the second warning: irregular data, tables instead of pixels.

All seeds split the same tables, so intervals speak of splits and starts, not of fresh data.
"""

import pandas as pd

from lecture.claims.claim import Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import exact, points
from lecture.claims.selection import curves
from lecture.claims.verdict import Verdict
from lecture.data.literature.when_it_pays import PRETRAINED_ROWS, ROWS, TABLES
from lecture.statistics import compare, resampled_interval

GAP = Smallest(0.0, "who chooses by error chooses the lower one")
SPLIT = (3, 1)
ENOUGH = 20  # tables: a mean over fewer says something of these tables, and little of tables


def errors(runs: pd.DataFrame, rotated: bool = False) -> dict[str, pd.DataFrame]:
    """Return each method's errors in per cent: a row for each seed, a column for each table, the largest first."""
    order = list(runs.groupby("table")["n"].first().sort_values(ascending=False, kind="stable").index)
    found = curves(runs[runs["rotated"] == rotated], "method", "table", "error")
    return {str(method): 100 * table[order] for method, table in found.items()}


def judge_tabular(tabular: pd.DataFrame) -> Finding:
    """Ask whether a network errs more than boosted trees, both searched with as many trials, mean over the tables."""
    straight = errors(tabular)
    gap = straight["network"] - straight["boosting"]
    over = compare(gap.mean(axis=1), smallest=GAP.value, split=SPLIT).open_unless(len(gap.columns) >= ENOUGH)
    largest = str(gap.columns[0])
    words = f"test error, network minus boosting, the largest table ({largest})"
    linear = (straight["network"] - straight["linear"]).mean(axis=1)
    numbers = [
        exact("tables", "tables", len(gap.columns)),
        points("largest", words, resampled_interval(gap[largest], *SPLIT), colour="deep"),
        points("over_linear", "test error, network minus linear model", resampled_interval(linear, *SPLIT)),
    ]
    return conclude(over, numbers=numbers, drawn=("largest",))


PART = Part(
    quantity=Quantity("test error, network minus boosted trees, mean over the tables", "points", "+z.1f", "deep"),
    smallest=GAP,
    refuted_by=f"Averaged over {ENOUGH} real tables or more, a network errs less than gradient boosting, both tuned "
    "with the same number of trials.",
    judge=judge_tabular,
    published=Reported(Verdict.IN_PART, "grinsztajn2022tree", "section 4", f"{TABLES} tables of up to {ROWS:,} rows"),
    says=f"Ensembles of trees stay ahead; since then, up to {PRETRAINED_ROWS:,} rows, a network trained beforehand "
    "on made-up tables.",
    note="Six tables are too few to speak of tables.",
    citations=("hollmann2025accurate",),
)
