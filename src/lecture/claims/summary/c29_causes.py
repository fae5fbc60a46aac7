"""C29: it worked because of GPUs, large data sets and trainable depth: the three causes, taken away one at a time.

The statement has three parts. The causes are tested here and decide the verdict. That deep learning suits large and
regular data, and that no saturation is in sight, are claims of their own: C18, C22 and C25.
"""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.experiments.summary.ablation import Ablation
from lecture.experiments.summary.depth import Depth
from lecture.statistics import Interval, difference_interval, mean_interval, share_opposite

ERAS = {"now": "tools of today", "then": "old tools"}
CLEAR = 3.0  # points of test error that a cause must be worth
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
WORDS = {
    "full": "all three causes",
    "no_depth": "without trainable depth",
    "no_data": "with 1 % of the data",
    "no_compute": "with 1 % of the computing",
    "only_depth": "trainable depth alone",
    "only_data": "data alone",
    "only_compute": "computing alone",
    "nothing": "none of the three",
}


def cells(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows to report of each cell, by its name, with ``error``, the test error in per cent."""
    rows = table[~table.pilot].sort_values("seed")
    rows = rows.assign(error=100 * (1 - rows.test_accuracy))
    return {NAMES[key]: cell for key, cell in rows.groupby(list(CAUSES))}  # type: ignore[index]


def judge(table: pd.DataFrame, tools: pd.DataFrame) -> Finding:
    """Ask what each cause is worth when the other two are there, and whether depth is what the first one gives."""
    found = cells(table)
    error = {name: cell.error.to_numpy() for name, cell in found.items()}
    cost = {cause: difference_interval(error[f"no_{cause}"], error["full"]) for cause in CAUSES}
    alone = {cause: difference_interval(error["nothing"], error[f"only_{cause}"]) for cause in CAUSES}
    worth = sum(interval.above(CLEAR) for interval in cost.values())
    worst = not any(difference_interval(error[name], error["nothing"]).above(0) for name in error if name != "nothing")
    networks = by_network(tools)
    shallow = min(layers for _, layers in networks)
    chosen_on = tools[tools.pilot & (tools.tools == "now")]  # scored on validation examples
    pilots = chosen_on.groupby("layers").test_accuracy.mean()
    deep = max((n for n in networks if n[0] == "now" and n[1] > shallow), key=lambda n: pilots[n[1]])
    pays = difference_interval(networks["now", shallow], networks[deep])
    holds = worth == len(CAUSES) and worst and pays.above(0)
    verdict = Verdict.FAILS if worth < 2 else Verdict.HOLDS if holds else Verdict.CAVEAT

    measured = [
        Measurement(
            f"error_{name}", f"test error, {WORDS[name]}", mean_interval(error[name]), "%", ".0f",
            colour="relu" if found[name].depth.all() else "sigmoid",
        )
        for name in WORDS
    ]  # fmt: skip
    measured += [
        Measurement(f"cost_{cause}", f"error added by taking {CAUSES[cause]} away", cost[cause], "points", ".0f")
        for cause in CAUSES
    ]
    measured += [
        Measurement(f"alone_{cause}", f"error saved by {CAUSES[cause]} alone", alone[cause], "points",
                    ".0f")
        for cause in CAUSES
    ]  # fmt: skip
    everything = difference_interval(error["nothing"], error["full"])
    largest = max(cost, key=lambda cause: cost[cause].value)
    beyond = difference_interval(error["nothing"], error[f"no_{largest}"])
    measured += [
        Measurement("cost_all", "error added by taking all three away", everything, "points", ".0f"),
        Measurement("beyond", "of it, more than the costliest cause alone", beyond, "points", ".0f"),
        Measurement("worth", "causes worth more than three points", Interval.exact(worth), "", ".0f"),
        Measurement("layers_full", "layers chosen with all three", _layers(found["full"]), "layers", ".0f"),
        Measurement("layers_no_depth", "layers chosen with the old tools", _layers(found["no_depth"]), "layers", ".0f"),
        Measurement("examples", "training examples", _only(found["full"].examples), "", ",.0f"),
        Measurement("few", "examples without data", _only(found["no_data"].examples), "", ",.0f"),
        Measurement("depth_pays", "error saved by more layers, tools of today", pays, "points", "+.0f"),
    ]
    measured += [
        Measurement(
            f"error_{era}_{layers}", f"test error, {layers} layers, {ERAS[era]}",
            mean_interval(errors), "%", ".0f", colour="relu" if era == "now" else "sigmoid",
        )
        for (era, layers), errors in networks.items()
    ]  # fmt: skip
    opposite = max(share_opposite(error[f"no_{cause}"], error["full"]) for cause in CAUSES)
    scale = ("error_full", "error_no_depth", "error_no_compute", "error_no_data", "error_nothing")
    return Finding(verdict, tuple(measured), opposite, scale)


def by_network(tools: pd.DataFrame) -> dict[tuple[str, int], "pd.Series[float]"]:
    """Return the test errors in per cent of each pair of tools and layers, a seed after another."""
    rows = tools[~tools.pilot].sort_values("seed")
    networks = {(plan[0], plan[1]) for plan in zip(rows.tools, rows.layers, strict=True)}
    return {
        (era, layers): 100
        * (1 - rows[(rows.tools == era) & (rows.layers == layers)].test_accuracy.reset_index(drop=True))
        for era, layers in sorted(networks)
    }


def _layers(cell: pd.DataFrame) -> Interval:
    return _only(cell.layers)


def _only(column: "pd.Series[int]") -> Interval:
    return Interval.exact(column.iloc[0])


CLAIM = Claim(
    id="C29",
    refuted_by="On one task, taking a cause away from a network that has all three (trainable depth, a hundred times "
    "the data, a hundred times the computing) clearly costs three points of test error or more for fewer than two of "
    "the three. Without trainable depth means: the best network, shallow or deep, that the old tools can train. A "
    "caveat is due if only two are worth that much, if some other cell is clearly worse than the one that lacks "
    "all three, or if with the tools of today a deeper network is not clearly better than a shallow one. The "
    "other parts of the sentence, large and regular data and no saturation, are judged under C18, C22 and C25.",
    expected=Verdict.CAVEAT,
    why="Each of the three is worth far more than the margin, any one of them missing takes most of the others' gain "
    "along, and each alone brings little: they are links of one chain. The caveat is about the first link. What it "
    "gives on a task this small is the tools that made depth trainable, and a shallow network makes the most of them. "
    "The rest of the sentence, large and regular data and no saturation, is judged under C18, C22 and C25 and does "
    "not count here.",
    experiments=(Ablation, Depth),
    judge=judge,
    figure="summary/plot_ablation",
    citations=("krizhevsky2012imagenet", "greydanus2024scaling"),
)
