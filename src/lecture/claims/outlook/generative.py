"""C28: making inputs instead of labels."""

import pandas as pd

from lecture.claims.measurement import Measurement, key_of, percent, points
from lecture.claims.selection import groups
from lecture.experiments.outlook.generative import Generative
from lecture.statistics import compare, resampled_interval

SPLIT = Generative.images, Generative.images  # all seeds split one pool of images
SOURCES = ("network", "one Gaussian", "mixture", "copies")
SCORES = {
    "told_apart": "pictures that the nearest neighbour tells from real ones",
    "near_training": "pictures nearer to a training image than to a held-out one",
    "accuracy": "accuracy on real digits after learning from pictures only",
}
COLOUR = {"network": "deep", "copies": "neutral"}


def by_source(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the scores of each source in per cent, one row a seed."""
    found = groups(table.sort_values("seed"), "source")
    return {source: 100 * runs.set_index("seed")[list(SCORES)] for source, runs in found}


def numbers(generative: pd.DataFrame) -> list[Measurement]:
    """Return how well the network's pictures pass for real ones beside its rivals', and whether they are new."""
    found = by_source(generative)
    leads = {
        rival: compare(found[rival]["told_apart"], found["network"]["told_apart"], split=SPLIT).interval
        for rival in ("one Gaussian", "mixture")
    }
    levels = [
        percent(f"generative_{score}_{key_of(source)}", f"{words}, {source}",
                resampled_interval(found[source][score], *SPLIT), ".1f", COLOUR.get(source, "classical"))
        for score, words in SCORES.items()
        for source in SOURCES
    ]  # fmt: skip
    fewer = "fewer pictures told from real ones, network against"
    return levels + [
        points(f"generative_over_{key_of(rival)}", f"{fewer} {rival}", lead, colour="deep")
        for rival, lead in leads.items()
    ]
