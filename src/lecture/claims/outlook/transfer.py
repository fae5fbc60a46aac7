"""C28: features of one task reused for another: which layers are worth borrowing."""

import pandas as pd

from lecture.claims.claim import Finding, Measurement, Verdict
from lecture.claims.part import Part
from lecture.experiments.outlook.transferred_layers import TransferredLayers
from lecture.statistics import Interval, difference_interval, mean_interval


def judge(runs: pd.DataFrame) -> Finding:
    """Ask whether frozen borrowed layers beat a fresh network, and whether the last ones transfer less than others.

    The number of layers compared is the best one of the means shown, which flatters it, and what is
    lost after it, a little.
    """
    scores = by_layers(runs)
    fresh, frozen, tuned, random = (scores[kind] for kind in ("fresh", "frozen", "fine-tuned", "random, frozen"))
    most = int(frozen.columns[-1])
    top, top_tuned = (int(table.mean().to_numpy().argmax()) + 1 for table in (frozen, tuned))
    gain = difference_interval(frozen[top], fresh[0])
    lost = difference_interval(frozen[top], frozen[most])
    learned = difference_interval(frozen[most], random[most])
    if not gain.above(0):
        verdict = Verdict.FAILS
    else:
        verdict = Verdict.HOLDS if lost.above(0) and learned.above(0) else Verdict.CAVEAT

    found = [
        Measurement(
            "gain", f"accuracy won by {top} frozen borrowed layers over a fresh network", gain, "points", "+.0f"
        ),
        Measurement("lost", f"accuracy lost from {top} frozen borrowed layers to {most}", lost, "points", ".0f"),
        Measurement("learned", f"{most} frozen layers: borrowed over never trained", learned, "points", "+.0f"),
        Measurement(
            "top", "number of frozen borrowed layers with the highest accuracy", Interval.exact(top), spec=".0f"
        ),
        Measurement("most", "convolutions in the network", Interval.exact(most), spec=".0f"),
        _level("fresh", "fresh network", fresh[0]),
        _level("frozen_top", f"{top} borrowed layers, frozen", frozen[top]),
        _level("frozen_first", "the first layer borrowed, frozen", frozen[1]),
        _level("frozen_all", f"{most} borrowed layers, frozen", frozen[most]),
        _level("tuned_all", f"{most} borrowed layers, fine-tuned", tuned[most]),
        _level("tuned_top", f"{top_tuned} borrowed layers, fine-tuned", tuned[top_tuned]),
        _level("random_all", f"{most} layers never trained, frozen", random[most]),
    ]
    return Finding(verdict, tuple(found))


def by_layers(runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return accuracies in percent, one row a seed and one column a number of layers, by kind.

    The kind ``"fresh"`` has one column, 0: nothing is borrowed.
    """
    kinds = runs["kind"].where(runs["layers"] > 0, "fresh")
    return {
        str(kind): 100 * part.pivot(index="seed", columns="layers", values="accuracy")
        for kind, part in runs.groupby(kinds, sort=False)
    }


def _level(key: str, words: str, percent: pd.Series) -> Measurement:
    return Measurement(key, f"accuracy, {words}", mean_interval(percent), "%", ".0f", colour="deep")


PART = Part(
    key="transfer",
    says="transfer learning",
    refuted_by=(
        "no number of frozen layers borrowed from another task beats a fresh network. A caveat is due if the last "
        "layers transfer as well as the earlier ones, or no better than layers that were never trained."
    ),
    expected=Verdict.HOLDS,
    experiments=(TransferredLayers,),
    judge=judge,
    citations=("yosinski2014transferable",),
)
