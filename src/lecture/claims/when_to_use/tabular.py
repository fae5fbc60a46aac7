"""C23, the second warning: irregular data, tables instead of pixels.

All seeds split the same tables, so an interval over seeds speaks of splits and starts; one over tables of what another
draw of tables might bring. Both have to agree.
"""

import pandas as pd

from lecture.claims.claim import Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import exact, points
from lecture.claims.selection import curves
from lecture.claims.verdict import Verdict
from lecture.data.literature.when_it_pays import PRETRAINED_ROWS, ROWS, TABLES
from lecture.statistics import compare, compare_several, resampled_interval

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
    over = compare(gap.mean(axis=1), smallest=GAP.value, split=SPLIT)
    among_tables = compare(gap.mean(), smallest=GAP.value)
    over = over.open_unless(len(gap.columns) >= ENOUGH and among_tables.answer == over.answer)
    apart = compare_several({str(name): (gap[name], 0.0) for name in gap}, split=SPLIT)
    linear = (straight["network"] - straight["linear"]).mean(axis=1)
    numbers = [
        exact("tables", "tables", len(gap.columns)),
        points(
            "by_table", "test error, network minus boosting, tables drawn anew", among_tables.interval, colour="deep"
        ),
        exact("trees_ahead", "tables on which boosting errs less", sum(one.answer is True for one in apart.values())),
        exact(
            "network_ahead", "tables on which the network errs less", sum(one.answer is False for one in apart.values())
        ),
        points("over_linear", "test error, network minus linear model", resampled_interval(linear, *SPLIT)),
    ]
    return conclude(over, numbers=numbers, drawn=("by_table",))


PART = Part(
    quantity=Quantity("test error, network minus boosted trees, mean over the tables", "points", "+.1f", "deep"),
    smallest=GAP,
    refuted_by=f"Averaged over {ENOUGH} real tables or more, a network errs less than gradient boosting, both tuned "
    "with the same number of trials, whether splits or tables are drawn anew.",
    judge=judge_tabular,
    published=Reported(Verdict.IN_PART, "grinsztajn2022tree", "section 4", f"{TABLES} tables of up to {ROWS:,} rows"),
    says=f"Ensembles of trees stay ahead; since then, up to {PRETRAINED_ROWS:,} rows, a network trained beforehand "
    "on made-up tables.",
    note="Trees are ahead on these tables; another draw of tables might bring nothing.",
    citations=("hollmann2025accurate",),
)
