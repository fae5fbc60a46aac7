"""C29: it worked because of GPUs, large data sets and trainable depth: the three causes, taken away one at a time."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Smallest, conclude
from lecture.claims.measurement import exact, key_of, percent, points
from lecture.claims.selection import groups
from lecture.claims.verdict import Verdict
from lecture.statistics import compare

CLEAR = Smallest(3.0, "with less at stake nobody would call a cause needed")
TRAINED = 95.0  # per cent of the training examples: a network below might still catch up, given more computing
CAUSES = {"depth": "trainable depth", "data": "data", "compute": "computing"}
SETS = {
    "custom": "custom of the time",
    "custom, momentum": "custom, momentum",
    "custom, Adam": "custom, Adam",
    "custom, He start": "custom, He's start",
    "custom, ReLU": "custom, ReLU",
    "1998": "recipe of 1998",
    "now, sigmoid": "today's, sigmoid",
    "now, uniform start": "today's, uniform start",
    "now, plain descent": "today's, plain descent",
    "now, momentum": "today's, momentum",
    "now": "tools of today",
}
"""The sets of tools of :class:`lecture.experiments.summary.one_tool.OneTool`, in words."""


def cells(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows of each cell, a seed after another.

    Columns are added: ``error``, the test error in per cent, and ``seen``, how many different examples a network saw.
    """
    seen = (table.steps * table.batch).clip(upper=table.examples)
    rows = table.assign(error=100 * (1 - table.test_accuracy), seen=seen).sort_values("seed")
    return {str(name): cell for name, cell in groups(rows, "cell")}


def judge_causes(ablation: pd.DataFrame, one_tool: pd.DataFrame) -> Finding:
    """Ask whether each cause is worth something while the other two are there, and nothing else goes with it.

    The old tools get twenty times the computing, and must have been trained to their end, or it may be computing that
    they lack. Taking computing away must leave as many different examples to be seen, or data go with it.
    """
    found = cells(ablation)
    error = {name: cell.error.to_numpy() for name, cell in found.items()}
    seen = {name: int(cell.seen.iloc[0]) for name, cell in found.items()}
    learned = 100 * found["patient"].train_accuracy
    settled = {"depth": bool(learned.mean() > TRAINED), "data": True, "compute": seen["no_compute"] == seen["full"]}
    without = {"depth": "patient", "data": "no_data", "compute": "no_compute"}
    cost = {cause: compare(error[cell], error["full"], smallest=CLEAR.value) for cause, cell in without.items()}
    numbers = [
        percent("error_full", "test error, all three causes", error["full"], colour="relu"),
        *(
            points(f"cost_{c}", f"error added by taking {words} away", cost[c].interval, ".0f")
            for c, words in CAUSES.items()
        ),
        points("cost_tools", "error added by the old tools, equal computing", error["no_depth"] - error["full"], ".0f"),
        *(
            points(f"alone_{c}", f"error saved by {words} alone", error["nothing"] - error[f"only_{c}"], ".0f")
            for c, words in CAUSES.items()
        ),
        points("layers", "error added by two layers instead of four", error["shallow"] - error["full"], ".1f"),
        percent("trained_old", "training accuracy, old tools, twenty times the computing", learned, ".1f"),
        exact("examples", "different examples seen with all three", seen["full"]),
        exact("few", "examples without data", seen["no_data"]),
        exact("seen_no_compute", "different examples seen without computing", seen["no_compute"]),
    ]
    errors, ends = by_tools(one_tool), {"shallow": one_tool.layers.min(), "deep": one_tool.layers.max()}
    numbers += [
        percent(f"{key_of(tools)}_{end}", f"test error, {ends[end]} layers, {SETS[tools]}", errors[tools, ends[end]])
        for tools, end in (
            ("custom", "shallow"),
            ("custom, ReLU", "shallow"),
            ("now, sigmoid", "shallow"),
            ("custom, ReLU", "deep"),
            ("now", "deep"),
        )
    ]
    return conclude(
        *(cost[cause].open_unless(settled[cause]) for cause in CAUSES),
        value=min((comparison.interval for comparison in cost.values()), key=lambda interval: interval.value),
        numbers=numbers,
        drawn=tuple(f"cost_{cause}" for cause in CAUSES),
    )


def by_tools(runs: pd.DataFrame) -> dict[tuple[str, int], "pd.Series[float]"]:
    """Return the test errors in per cent of each set of tools and number of layers, a seed after another."""
    found = groups(runs.sort_values("seed"), "tools", "layers")
    return {key: 100 * (1 - rows.test_accuracy.reset_index(drop=True)) for key, rows in found}


CLAIM = Claim(
    id="C29",
    headline="Data and computing were needed; depth is not quite settled",
    expected=(Verdict.UNDECIDED, Verdict.OPINION),
    parts=(
        Part(
            quantity=Quantity("error added by the least costly of three removals", "points", ".0f"),
            smallest=CLEAR,
            refuted_by="Taking one of the three away, and nothing else with it, adds less than three points of test "
            "error to the best network that is left; old tools get twenty times the computing.",
            judge=judge_causes,
            note="The old tools err more even with twenty times the computing, but hardly by more than the bar.",
            citations=("krizhevsky2012imagenet", "greydanus2024scaling"),
        ),
        Part(),
    ),
    why="The causes need each other: with few examples computing has nothing to work on, and with little computing "
    "most of what there is to learn is never reached. Each is worth most where the other two are.",
    figure="summary/plot_ablation",
)
