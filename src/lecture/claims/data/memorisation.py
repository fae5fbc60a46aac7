"""What a network learns by heart: the numbers of C16 on random labels."""

import numpy as np
import pandas as pd

from lecture.claims.measurement import Measurement, Published, mean, percent
from lecture.claims.selection import groups
from lecture.data.literature import memorising
from lecture.experiments.data.random_labels import RandomLabels
from lecture.statistics import resampled_interval

LEARNED = 0.99  # share of the training labels that counts as having learned them all


def settings(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the looks of each setting by its key: ``true``, ``random_20`` ... ``random``, ``noise``."""
    names = {(0.0, "signals"): "true", (1.0, "signals"): "random", (1.0, "noise"): "noise"}
    return {
        names.get((share, inputs), f"random_{100 * share:.0f}"): rows.sort_values(["seed", "step"])
        for (share, inputs), rows in groups(table, "share", "inputs")
    }


def steps_to_fit(rows: pd.DataFrame) -> "pd.Series[float]":
    """Return, for each seed, the first step looked at with all labels but one in a hundred right; the last if none."""
    last = rows["step"].max()
    fitted = rows["step"].where(rows["train_accuracy"] >= LEARNED, last)
    return fitted.groupby(rows["seed"]).min()


def memorised(table: pd.DataFrame) -> list[Measurement]:
    """Return what the network got right at the end, and how long it took to get there."""
    found = settings(table)

    def end(key: str, words: str, published: Published | None = None) -> Measurement:
        name, of = key.split("_")
        rows = found[name]
        right = 100 * rows.loc[rows["step"] == rows["step"].max(), f"{of}_accuracy"]
        interval = resampled_interval(right, RandomLabels.examples, RandomLabels.test)
        return percent(key, words, interval, ".1f", "deep", published)

    times = np.asarray(steps_to_fit(found["random"]) / steps_to_fit(found["true"]))
    paper = memorising.RANDOM_LABELS
    return [
        end("random_train", "training accuracy, random labels", Published(paper.train, paper.citation, paper.where)),
        end("random_test", "test accuracy, random labels", Published(paper.test, paper.citation, paper.where)),
        end("true_test", "test accuracy, true labels"),
        mean("random_slower", "steps to learn random labels, over those for true ones", times, "×", ".1f"),
    ]
