"""C29: it worked because of GPUs, large data sets and trainable depth: the three causes, taken away one at a time."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Smallest, conclude
from lecture.claims.measurement import exact, percent, points
from lecture.claims.selection import groups
from lecture.claims.verdict import Verdict
from lecture.statistics import compare

ERAS = {"now": "tools of today", "then": "old tools"}
CLEAR = Smallest(3.0, "with less at stake nobody would call a cause needed")
TRAINED = 95.0  # per cent of the training examples: a network below might still catch up, given more computing
CAUSES = {"depth": "trainable depth", "data": "data", "compute": "computing"}
NAMES = {
    (True, True, True): "full",
    (False, True, True): "no_depth",
    (True, False, True): "no_data",
    (True, True, False): "no_compute",
    (True, False, False): "only_depth",
    (False, True, False): "only_data",
    (False, False, True): "only_compute",
    (False, False, False): "nothing",
}
"""The cells by what they have: trainable depth, data, computing."""


def cells(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows to report of each cell, by its name.

    Columns are added: ``error``, the test error in per cent, and ``seen``, how many different examples a network saw.
    """
    rows = table[~table.pilot].sort_values("seed")
    seen = (rows.steps * rows.batch).clip(upper=rows.examples)
    rows = rows.assign(error=100 * (1 - rows.test_accuracy), seen=seen)
    return {NAMES[key]: cell for key, cell in rows.groupby(list(CAUSES))}  # type: ignore[index]


def judge_causes(ablation: pd.DataFrame, depth: pd.DataFrame) -> Finding:
    """Ask whether each cause is worth something while the other two are there, and nothing else goes with it.

    Taking computing away must leave as many different examples to be seen. The old tools must have been trained to
    their end, or it may be computing that they lack.
    """
    found = cells(ablation)
    error = {name: cell.error.to_numpy() for name, cell in found.items()}
    seen = {name: int(cell.seen.iloc[0]) for name, cell in found.items()}
    learned = 100 * found["no_depth"].train_accuracy
    settled = {"depth": bool(learned.mean() > TRAINED), "data": True, "compute": seen["no_compute"] == seen["full"]}
    cost = {cause: compare(error[f"no_{cause}"], error["full"], smallest=CLEAR.value) for cause in CAUSES}
    numbers = [
        percent("error_full", "test error, all three causes", error["full"], colour="relu"),
        *(
            points(f"cost_{c}", f"error added by taking {words} away", cost[c].interval, ".0f")
            for c, words in CAUSES.items()
        ),
        *(
            points(f"alone_{c}", f"error saved by {words} alone", error["nothing"] - error[f"only_{c}"], ".0f")
            for c, words in CAUSES.items()
        ),
        percent("trained_no_depth", "training accuracy, best network of the old tools", learned),
        exact("examples", "different examples seen with all three", seen["full"]),
        exact("few", "examples without data", seen["no_data"]),
        exact("seen_no_compute", "different examples seen without computing", seen["no_compute"]),
        exact("layers_full", "layers chosen with all three", found["full"].layers.iloc[0], "layers"),
    ]
    networks = by_network(depth)
    numbers += [
        percent(f"error_{era}_{place}", f"test error, {layers} layers, {ERAS[era]}",
                networks[era, layers], colour="relu" if era == "now" else "sigmoid")
        for era, place, pick in (("then", "deep", max), ("now", "deep", max), ("now", "shallow", min))
        for layers in [pick(n for _, n in networks)]
    ]  # fmt: skip
    return conclude(
        *(cost[cause].open_unless(settled[cause]) for cause in CAUSES),
        value=min((comparison.interval for comparison in cost.values()), key=lambda interval: interval.value),
        numbers=numbers,
        drawn=tuple(f"cost_{cause}" for cause in CAUSES),
    )


def by_network(tools: pd.DataFrame) -> dict[tuple[str, int], "pd.Series[float]"]:
    """Return the test errors in per cent of each pair of tools and layers, a seed after another."""
    rows = tools[~tools.pilot].sort_values("seed")
    found = groups(rows, "tools", "layers")
    return {network: 100 * (1 - runs.test_accuracy.reset_index(drop=True)) for network, runs in found}


CLAIM = Claim(
    id="C29",
    headline="Data were needed; the other two are not yet separated",
    expected=(Verdict.UNDECIDED, Verdict.OPINION),
    parts=(
        Part(
            quantity=Quantity("error added by the least costly of three removals", "points", ".0f"),
            smallest=CLEAR,
            refuted_by="Taking one of the three away, and nothing else with it, adds less than three points of test "
            "error to the best network that is left.",
            judge=judge_causes,
            note="Less computing also saw fewer examples, and the old tools had not trained to their end.",
            citations=("krizhevsky2012imagenet", "greydanus2024scaling"),
        ),
        Part(),
    ),
    why="The causes need each other: with few examples computing has nothing to work on, and with little computing "
    "most examples are never seen. So one cannot be taken away without a part of another, unless the runs are long.",
    figure="summary/plot_ablation",
)
