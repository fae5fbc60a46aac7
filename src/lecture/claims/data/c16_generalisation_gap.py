"""C16: with as many images as ImageNet has, networks do not overfit."""

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.claims.data.image_sets import published_sizes
from lecture.claims.data.memorisation import FIT, memorised
from lecture.claims.selection import groups
from lecture.data.literature import image_sets
from lecture.experiments.data.generalisation_gap import GeneralisationGap
from lecture.experiments.data.random_labels import RandomLabels
from lecture.power_law import Fit, fit_seeds
from lecture.statistics import Interval, difference_interval, mean_interval, share_opposite

CLOSED = 5.0
"""The gap counts as closed when training accuracy is at most this many points above test accuracy."""
SMALLEST = 0.1
"""Points: a gap below is taken as this much where its logarithm is needed."""
FITTED = 4
"""The law of the gap is fitted to this many sizes, the largest."""

Columns = dict[int, pd.DataFrame]


def by_width(table: pd.DataFrame) -> tuple[Columns, Columns]:
    """Return gap (training minus test accuracy) and test error in points: for each width seeds down, sizes across."""
    rows = table.assign(
        gap=100 * (table["train_accuracy"] - table["test_accuracy"]), error=100 * (1 - table["test_accuracy"])
    )
    gap, error = (
        {int(w): part.pivot(index="seed", columns="examples", values=score) for w, part in groups(rows, "width")}
        for score in ("gap", "error")
    )
    return gap, error


def judge(table: pd.DataFrame, labels: pd.DataFrame) -> Finding:
    """Ask whether the gap shrinks in every network, closes in every one, and whether room for memory is left."""
    gap, error = by_width(table)
    sizes, widths = sorted(int(n) for n in table["examples"].unique()), sorted(gap)
    few, mark, most = sizes[0], sizes[-2], sizes[-1]
    small, large = widths[0], widths[-1]
    closed = {w: {n: mean_interval(gap[w][n]).below(CLOSED) for n in (mark, most)} for w in widths}
    shrinks = all(
        difference_interval(gap[w][few], gap[w][mark]).above(0)
        and (difference_interval(gap[w][mark], gap[w][most]).above(0) or all(closed[w].values()))
        for w in widths
    )
    closes = all(closed[w][most] for w in widths)
    by_heart = memorised(labels)
    learned = {m.key: m.interval for m in by_heart}["random_train"]
    verdict = Verdict.FAILS if not shrinks else Verdict.HOLDS if closes and not learned.above(FIT) else Verdict.CAVEAT

    measurements = []
    for name, width in (("large", large), ("small", small)):
        rows = table[table["width"] == width]
        for place, size in (("most", most), ("mark", mark), ("few", few)):
            measurements += _scores(
                f"{name}_{place}", f"{name.removesuffix('e')}est network, {size:,} examples", rows, size
            )
        measurements += _weights(name, float(rows["parameters"].iloc[0]), most)
    measurements += [
        Measurement("few", "fewest examples", Interval.exact(few), "", ",.0f"),
        Measurement("mark", "as many as Caltech-101 has", Interval.exact(mark), "", ",.0f"),
        Measurement("most", "most examples", Interval.exact(most), "", ",.0f"),
        Measurement(
            "shrinks_by",
            "points by which the largest network's gap shrinks from Caltech-101's size to the most",
            difference_interval(gap[large][mark], gap[large][most]),
            "points",
            ".1f",
        ),
        *_bigger(gap, error, sizes),
        *_beyond(gap[large], sizes, float(table.loc[table["width"] == large, "parameters"].iloc[0])),
    ]
    return Finding(
        verdict,
        (*measurements, *by_heart, *published_sizes()),
        opposite=share_opposite(gap[large][mark], gap[large][most]),
        scale=("large_few_gap", "large_mark_gap", "large_most_gap", "small_most_gap"),
    )


def _scores(key: str, network: str, rows: pd.DataFrame, size: int) -> list[Measurement]:
    runs = rows[rows["examples"] == size]
    train, test = 100 * runs["train_accuracy"], 100 * runs["test_accuracy"]
    return [
        Measurement(f"{key}_gap", f"gap, {network}", mean_interval(train - test), "points", ".1f", colour="deep"),
        Measurement(f"{key}_train", f"training accuracy, {network}", mean_interval(train), "%", ".1f", colour="deep"),
        Measurement(f"{key}_test", f"test accuracy, {network}", mean_interval(test), "%", ".1f", colour="deep"),
        Measurement(f"{key}_error", f"test error, {network}", mean_interval(100 - test), "%", ".1f", colour="deep"),
    ]


def _weights(name: str, weights: float, most: int) -> list[Measurement]:
    full = f"{name.removesuffix('e')}est"
    quantity = f"examples for each weight of the {full} network, at most"
    return [
        Measurement(f"{name}_weights", f"weights of the {full} network", Interval.exact(weights), "", ",.0f"),
        Measurement(f"{name}_examples_per_weight", quantity, Interval.exact(most / weights), "", ".1f"),
    ]


def _bigger(gap: Columns, error: Columns, sizes: list[int]) -> list[Measurement]:
    """Return whether, and until when, the larger network overfits more, and whether that ever costs it test error."""
    small, *_, large = sorted(gap)
    wider = {n: difference_interval(gap[large][n], gap[small][n]) for n in sizes}
    better = {n: difference_interval(error[small][n], error[large][n]) for n in sizes}
    worse = sum(
        any(difference_interval(error[large][n], error[w][n]).above(0) for w in gap if w != large) for n in sizes
    )
    overfits = [n for n in sizes if wider[n].above(0)]
    found = [
        Measurement("sizes", "numbers of examples tried", Interval.exact(len(sizes)), "", ".0f"),
        Measurement("widths", "network sizes tried", Interval.exact(len(gap)), "", ".0f"),
        Measurement(
            "wider_sizes", "sizes at which the largest network's gap is clearly wider than the smallest's",
            Interval.exact(len(overfits)), "", ".0f",
        ),
        Measurement(
            "worse_sizes", "sizes at which the largest network's test error is clearly above some smaller one's",
            Interval.exact(worse), "", ".0f",
        ),
    ]  # fmt: skip
    for place, n in (("few", sizes[0]), ("mark", sizes[-2]), ("most", sizes[-1])):
        found += [
            Measurement(f"wider_{place}", f"gap, largest minus smallest network, {n:,}", wider[n], "points", "+.1f"),
            Measurement(f"better_{place}", f"test error, smallest minus largest, {n:,}", better[n], "points", "+.1f"),
        ]
    return found


def law_of(gap: pd.DataFrame, sizes: list[int]) -> Fit:
    """Return the power law of the gap, points, over the largest sizes."""
    last = sizes[-FITTED:]
    return fit_seeds(last, gap[last].clip(lower=SMALLEST))


def _beyond(gap: pd.DataFrame, sizes: list[int], weights: float) -> list[Measurement]:
    """Return where AlexNet's training set would lie on the largest network's curve: by count, and by weight."""
    law, images = law_of(gap, sizes), image_sets.ILSVRC_2012.images
    alike = weights * images / image_sets.ALEXNET_WEIGHTS
    at = mean_interval([np.interp(np.log(alike), np.log(sizes), row) for row in gap[sizes].to_numpy()])
    of = "gap of the largest network"
    return [
        Measurement("beyond_gap", f"{of} at {images:,} examples, extrapolated", law.at(images), "points", ".1f"),
        Measurement("beyond_exponent", "exponent of the gap's fitted law", law.exponent, "", ".2f"),
        Measurement("alike", "examples for as many a weight as AlexNet had", Interval.exact(alike), "", ",.0f"),
        Measurement("alike_gap", f"{of} with as many examples a weight as AlexNet had", at, "points", ".1f"),
    ]


CLAIM = Claim(
    id="C16",
    refuted_by=(
        "In some network the gap between training and test accuracy does not shrink from 100 examples to 9,146, or "
        "from there to the most, unless it is closed (below five points) by then and stays so. The claim holds without "
        "a caveat only if the gap is closed in every network with the most examples, and if the largest cannot learn "
        "random labels by heart (more than 90 % of three thousand)."
    ),
    expected=Verdict.CAVEAT,
    why=(
        "More examples shrink the gap between training and test accuracy, in every network. Whether they close it "
        "depends on the network: in a small one the gap all but disappears, in a larger one it stays, and a network "
        "with room for it learns even random labels by heart. AlexNet's authors say the same of their own: with 60 "
        "million weights, 1.2 million images were too few, and they needed dropout and augmentation."
    ),
    experiments=(GeneralisationGap, RandomLabels),
    judge=judge,
    figure="data/plot_generalisation_gap",
    citations=(
        "feifei2007learning",
        "deng2009imagenet",
        "russakovsky2015imagenet",
        "krizhevsky2012imagenet",
        "zhang2017understanding",
        "greydanus2024scaling",
    ),
)
