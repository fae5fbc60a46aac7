"""What a network learns by heart: the part of C16 that random labels test."""

import numpy as np
import pandas as pd

from lecture.claims.claim import Measurement, Published
from lecture.claims.selection import groups
from lecture.data.literature import memorising
from lecture.statistics import Interval, mean_interval

FIT = 90.0  # per cent of the training labels: so many right is learning by heart
LEARNED = 0.99  # share of the training labels that counts as having learned them all
WORDS = {"true": "true labels", "random": "random labels"}
PUBLISHED = {
    ("random", "train"): Published(memorising.RANDOM_LABELS.train, memorising.RANDOM_LABELS.citation, "Table 1"),
    ("random", "test"): Published(memorising.RANDOM_LABELS.test, memorising.RANDOM_LABELS.citation, "Table 1"),
}


def settings(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the looks of each setting by its key: ``true``, ``random_20`` ... ``random``, ``noise``."""
    names = {(0.0, "signals"): "true", (1.0, "signals"): "random", (1.0, "noise"): "noise"}
    return {
        names.get((share, inputs), f"random_{100 * share:.0f}"): rows.sort_values(["seed", "step"])
        for (share, inputs), rows in groups(table, "share", "inputs")
    }


def steps_to_fit(rows: pd.DataFrame) -> pd.Series:
    """Return, for each seed, the first step looked at with all labels but one in a hundred right; the last if none."""
    last = rows["step"].max()
    fitted = rows["step"].where(rows["train_accuracy"] >= LEARNED, last)
    return fitted.groupby(rows["seed"]).min()


def memorised(table: pd.DataFrame) -> list[Measurement]:
    """Return what the network got right at the end in each setting, and how long it took to get there."""
    found = settings(table)
    measurements = []
    for name in ("true", "random"):
        rows = found[name]
        end, words = rows[rows["step"] == rows["step"].max()], WORDS[name]
        for part, of in (("train", "training"), ("test", "test")):
            accuracy = mean_interval(100 * end[f"{part}_accuracy"])
            published = PUBLISHED.get((name, part))
            measurements.append(
                Measurement(f"{name}_{part}", f"{of} accuracy, {words}", accuracy, "%", ".1f", published, "deep")
            )
    times = np.asarray(steps_to_fit(found["random"]) / steps_to_fit(found["true"]))
    slower = "times as many steps for random labels as for true ones"
    known = Published(memorising.IMAGENET, memorising.RANDOM_LABELS.citation, "Table 2")
    big = "training accuracy of Inception V3 on ImageNet with random labels"
    return [
        *measurements,
        Measurement("random_slower", slower, mean_interval(times), "×", ".1f"),
        Measurement("imagenet_random", big, Interval.exact(memorising.IMAGENET), "%", ".0f", known),
    ]
