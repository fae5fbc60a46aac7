"""C16: with as many images as ImageNet has, networks do not overfit."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Published, Verdict
from lecture.experiments.data.generalisation_gap import GeneralisationGap
from lecture.statistics import Interval, difference_interval, mean_interval, share_opposite

CLOSED = 5.0
"""The gap counts as closed when training accuracy is at most this many points above test accuracy."""

PUBLISHED = (
    Measurement("caltech", "Caltech-101, with background", Interval.exact(9_146), "images", ",.0f"),
    Measurement("imagenet_2009", "ImageNet when announced, 2009", Interval.exact(3.2), "million images", ".1f"),
    Measurement("ilsvrc", "training images of the 2012 contest", Interval.exact(1_281_167), "images", ",.0f"),
    Measurement("imagenet", "ImageNet in all", Interval.exact(14_197_122), "images", ",.0f"),
    Measurement(
        "alexnet_examples_per_weight",
        "images for each of AlexNet's weights",
        Interval.exact(1_281_167 / 60e6),
        "",
        ".3f",
        Published(1_281_167 / 60e6, "krizhevsky2012imagenet", "Section 4"),
    ),
)
"""Sizes from the literature: Fei-Fei, Fergus and Perona 2007; Deng et al. 2009; Russakovsky et al. 2015."""


def gaps(table: pd.DataFrame) -> dict[int, pd.DataFrame]:
    """Return, for each width, training minus test accuracy in points: a row for each seed, a column for each number."""
    rows = table.assign(gap=100 * (table.train_accuracy - table.test_accuracy))
    widths = sorted(int(width) for width in table.width.unique())
    return {w: rows[rows.width == w].pivot(index="seed", columns="examples", values="gap") for w in widths}


def judge(table: pd.DataFrame) -> Finding:
    """Ask whether the gap shrinks with the number of examples in every network, and whether it closes in every one."""
    gap = gaps(table)
    sizes, widths = sorted(int(n) for n in table.examples.unique()), list(gap)
    few, mark, most = sizes[0], sizes[-2], sizes[-1]
    shrinks = all(
        difference_interval(gap[w][few], gap[w][mark]).above(0)
        and difference_interval(gap[w][mark], gap[w][most]).above(0)
        for w in widths
    )
    closes = all(mean_interval(gap[w][most]).below(CLOSED) for w in widths)
    verdict = Verdict.FAILS if not shrinks else Verdict.HOLDS if closes else Verdict.CAVEAT

    small, large = widths[0], widths[-1]
    measurements = []
    for name, width in (("large", large), ("small", small)):
        rows = table[table.width == width]
        weights = Interval.exact(rows.parameters.to_numpy()[0])
        for place, size in (("most", most), ("mark", mark), ("few", few)):
            measurements += _scores(
                f"{name}_{place}", f"{name} network, {size:,} examples", rows[rows.examples == size]
            )
        measurements += [
            Measurement(f"{name}_weights", f"weights of the {name} network", weights, "", ",.0f"),
            Measurement(
                f"{name}_examples_per_weight",
                f"examples for each weight of the {name} network, at most",
                Interval.exact(most / weights.value),
                "",
                ".1f",
            ),
        ]
    measurements += [
        Measurement("few", "fewest examples", Interval.exact(few), "", ",.0f"),
        Measurement("mark", "as many as Caltech-101 has", Interval.exact(mark), "", ",.0f"),
        Measurement("most", "most examples", Interval.exact(most), "", ",.0f"),
        Measurement(
            "shrinks_by",
            "points by which the large network's gap shrinks from Caltech-101's size to the most",
            difference_interval(gap[large][mark], gap[large][most]),
            "points",
            ".1f",
        ),
    ]
    return Finding(
        verdict,
        (*measurements, *PUBLISHED),
        opposite=share_opposite(gap[large][mark], gap[large][most]),
        scale=("large_few_gap", "large_mark_gap", "large_most_gap", "small_most_gap"),
    )


def _scores(key: str, network: str, rows: pd.DataFrame) -> list[Measurement]:
    train, test = 100 * rows.train_accuracy, 100 * rows.test_accuracy
    return [
        Measurement(f"{key}_gap", f"gap, {network}", mean_interval(train - test), "points", ".1f", colour="deep"),
        Measurement(f"{key}_train", f"training accuracy, {network}", mean_interval(train), "%", ".1f", colour="deep"),
        Measurement(f"{key}_test", f"test accuracy, {network}", mean_interval(test), "%", ".1f", colour="deep"),
    ]


CLAIM = Claim(
    id="C16",
    refuted_by=(
        "The gap between training and test accuracy does not shrink from 100 examples to 9,146, or not from there to "
        "the most; the claim holds without a caveat only if the gap then is below five points in every network."
    ),
    expected=Verdict.CAVEAT,
    why=(
        "More examples shrink the gap between training and test accuracy, in every network. Whether they close it "
        "depends on the network: in a small one the gap all but disappears, in a larger one it stays. AlexNet's "
        "authors say the same of their own: with 60 million weights, 1.2 million images were too few, and they "
        "needed dropout and augmentation."
    ),
    experiments=(GeneralisationGap,),
    judge=judge,
    figure="data/plot_generalisation_gap",
    citations=(
        "feifei2007learning",
        "deng2009imagenet",
        "russakovsky2015imagenet",
        "krizhevsky2012imagenet",
        "greydanus2024scaling",
    ),
)
