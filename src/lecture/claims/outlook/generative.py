"""C28: making inputs instead of labels.

All seeds split one pool of images, so the intervals speak of this pool, of splits and of starts.
"""

import pandas as pd

from lecture.claims.claim import Finding, Measurement, Verdict, key_of
from lecture.claims.part import Part
from lecture.claims.selection import groups
from lecture.experiments.outlook.generative import Generative
from lecture.statistics import difference_interval, mean_interval

COPIES = (
    75.0  # per cent that lie nearer to training images than to held-out ones: half-way from new (50) to copied (100)
)
SCORES = {
    "told_apart": "pictures that the nearest neighbour tells from real ones",
    "near_training": "pictures nearer to a training image than to a held-out one",
    "accuracy": "accuracy on real digits after learning from pictures only",
}
COLOUR = {"network": "deep", "copies": "neutral"}


def percents(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the scores of each source in per cent, one row a seed."""
    found = groups(table.sort_values("seed"), "source")
    return {source: 100 * runs.set_index("seed")[list(SCORES)] for source, runs in found}


def judge(table: pd.DataFrame) -> Finding:
    """Ask whether the network's pictures are harder to tell from real ones than its rivals', and are new."""
    found = percents(table)
    made = found["network"]
    gained = {
        rival: difference_interval(found[rival]["told_apart"], made["told_apart"])
        for rival in ("one Gaussian", "mixture")
    }
    useful = difference_interval(made["accuracy"], found["one Gaussian"]["accuracy"])
    copied = mean_interval(made["near_training"])
    if not gained["one Gaussian"].above(0) or copied.above(COPIES):
        verdict = Verdict.FAILS
    elif gained["mixture"].above(0) and not useful.below(0) and copied.below(COPIES):
        verdict = Verdict.HOLDS
    else:
        verdict = Verdict.CAVEAT
    measurements = [
        Measurement(
            f"over_{key_of(rival)}",
            f"fewer pictures told from real ones, network against {rival}",
            change,
            "points",
            "+.1f",
            colour="deep",
        )
        for rival, change in gained.items()
    ]
    measurements += [
        Measurement(
            f"{score}_{key_of(source)}",
            f"{words}, {source}",
            mean_interval(scores[score]),
            "%",
            ".1f",
            colour=COLOUR.get(source, "classical"),
        )
        for score, words in SCORES.items()
        for source, scores in found.items()
    ]
    measurements += [
        Measurement(
            f"useful_{key_of(rival)}",
            f"accuracy after learning from the network's pictures, less that from {rival}",
            difference_interval(made["accuracy"], found[rival]["accuracy"]),
            "points",
            "+.1f",
            colour="deep",
        )
        for rival in ("one Gaussian", "mixture", "copies")
    ]
    return Finding(verdict, tuple(measurements))


PART = Part(
    key="generative",
    says="generative models",
    refuted_by=(
        "The nearest neighbour tells the network's pictures from real ones at least as often as those of one Gaussian "
        f"a class; or more than {COPIES:g} % of them lie nearer to a training image than to any of as many held-out "
        "ones, which makes them copies. A caveat is due if a mixture of Gaussians is as hard to tell from real digits, "
        "if one Gaussian a class teaches a classifier more, or if copying cannot be ruled out."
    ),
    expected=Verdict.CAVEAT,
    experiments=(Generative,),
    judge=judge,
    citations=("ho2020denoising", "lopezpaz2017revisiting", "kingma2014auto", "goodfellow2014generative"),
)
