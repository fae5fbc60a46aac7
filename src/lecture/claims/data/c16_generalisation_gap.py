"""C16: with as many images as ImageNet has, networks do not overfit."""

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.data.memorisation import memorised
from lecture.claims.measurement import Measurement, exact, percent, points
from lecture.claims.selection import curves
from lecture.claims.verdict import Verdict
from lecture.data.literature.image_sets import CALTECH_101, FIRST_IMAGENET, WEIGHTS_PER_IMAGE
from lecture.experiments.data.generalisation_gap import GeneralisationGap
from lecture.statistics import Interval, compare, mean_interval, resampled_interval

CLOSED = Smallest(5.0, "with a gap this narrow nobody speaks of overfitting")


def judge_gap(generalisation_gap: pd.DataFrame, random_labels: pd.DataFrame) -> Finding:
    """Ask whether the largest network's gap is closed with the most examples, all sizes having been learned alike."""
    gap, error = by_width(generalisation_gap)
    sizes = sorted(int(n) for n in generalisation_gap["examples"].unique())
    small, large, few, most = min(gap), max(gap), sizes[0], sizes[-1]
    split = most, GeneralisationGap.test
    rows = generalisation_gap[generalisation_gap["width"] == large]
    alike_learned = bool((rows["passes"] >= 0).all())
    closed = compare(gap[large][most], smallest=CLOSED.value, split=split).negated().open_unless(alike_learned)
    worse = sum(
        any(compare(error[large][n], error[w][n], split=split).answer for w in gap if w != large) for n in sizes
    )

    def accuracy(key: str, of: str, examples: int) -> Measurement:
        right = 100 * rows.loc[rows["examples"] == examples, f"{of}_accuracy"]
        words = f"{'training' if of == 'train' else 'test'} accuracy, largest network, {examples:,} examples"
        return percent(key, words, resampled_interval(right, *split), ".1f", "deep")

    def level(key: str, words: str, values: "pd.Series[float]") -> Measurement:
        return points(key, words, resampled_interval(values, *split), ".1f", "deep")

    def passes(examples: int) -> Interval:
        return mean_interval(rows.loc[rows["examples"] == examples, "passes"])

    weights = float(rows["parameters"].iloc[0])
    alike = weights / WEIGHTS_PER_IMAGE
    there = pd.Series([np.interp(np.log(alike), np.log(sizes), row) for row in gap[large].to_numpy()])
    numbers = [
        exact("large_weights", "weights of the largest network", weights),
        exact("few", "fewest examples", few),
        exact("most", "most examples", most),
        accuracy("large_few_train", "train", few),
        accuracy("large_few_test", "test", few),
        Measurement("few_passes", f"passes until learned, largest network, {few:,} examples", passes(few)),
        Measurement("most_passes", f"passes until learned, largest network, {most:,} examples", passes(most)),
        level("small_most_gap", f"gap, smallest network, {most:,} examples", gap[small][most]),
        percent("large_most_error", "test error, largest network", resampled_interval(error[large][most], *split)),
        percent("small_most_error", "test error, smallest network", resampled_interval(error[small][most], *split)),
        exact("sizes", "numbers of examples tried", len(sizes)),
        exact("worse_sizes", "of them, with the largest network's error clearly above a smaller one's", worse),
        exact("alike", "examples for as many a weight as AlexNet had", alike),
        level("alike_gap", "gap, largest network, with as many examples a weight as AlexNet had", there),
        *memorised(random_labels),
    ]
    value = resampled_interval(gap[large][most], *split)
    return conclude(closed, value=value, numbers=numbers, drawn=("small_most_gap", "alike_gap"))


def by_width(table: pd.DataFrame) -> tuple[dict[int, pd.DataFrame], dict[int, pd.DataFrame]]:
    """Return gap (training minus test accuracy) and test error in points: for each width seeds down, sizes across."""
    gap = 100 * (table["train_accuracy"] - table["test_accuracy"])
    rows = table.assign(gap=gap, error=100 * (1 - table["test_accuracy"]))
    found = (curves(rows, "width", "examples", score) for score in ("gap", "error"))
    gaps, errors = ({int(width): runs for width, runs in sorted(by.items())} for by in found)
    return gaps, errors


CLAIM = Claim(
    id="C16",
    headline="Sizes roughly right; a million photographs still needed dropout",
    expected=(Verdict.HOLDS, Verdict.IN_PART, Verdict.IN_PART),
    parts=(
        Part(
            quantity=Quantity("images of Caltech-101", "images", ",.0f"),
            refuted_by="Published counts of Caltech-101 differ from nine thousand by more than a tenth.",
            published=Reported(Verdict.HOLDS, CALTECH_101.citation, CALTECH_101.where, value=CALTECH_101.images),
        ),
        Part(
            quantity=Quantity("images of ImageNet in its first report", "images", ",.0f"),
            refuted_by="No published count of ImageNet, or of its contest, is near two million in 2011 or 2012.",
            published=Reported(
                Verdict.IN_PART, FIRST_IMAGENET.citation, FIRST_IMAGENET.where, value=FIRST_IMAGENET.images
            ),
            note="Two million is a count of 2009; the contest of 2012 used fewer, the whole set held far more.",
            citations=("deng2009imagenet", "russakovsky2015imagenet"),
        ),
        Part(
            quantity=Quantity("training minus test accuracy, largest network, most examples", "points", ".1f", "deep"),
            smallest=CLOSED,
            refuted_by="Trained to the same training loss as with fewer examples, the largest network is, with the "
            "most, more than five points better on its training examples than on new ones.",
            judge=judge_gap,
            published=Reported(
                Verdict.IN_PART,
                "krizhevsky2012imagenet",
                "sections 1 and 4.2",
                "AlexNet, the photographs of the contest",
            ),
            says="Enough examples for no severe overfitting; without dropout, substantial overfitting.",
            note="With dropout and shifted copies, not without; here, without either, the gap stays open.",
            citations=("zhang2017understanding", "russakovsky2015imagenet"),
        ),
    ),
    why="More examples leave less room for luck. But a large network has room to learn even random labels by heart, "
    "and AlexNet's authors needed two cures against overfitting beside all those photographs.",
    figure="data/plot_generalisation_gap",
)
