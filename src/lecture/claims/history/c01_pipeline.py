"""C01: the work was divided among stages that were not made for each other, and the whole was worse.

All seeds split one pool of digits, so the intervals there are corrected for what their splits share.
"""

from typing import Any

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import YEAR, Measurement, percent, points
from lecture.claims.selection import curves, groups
from lecture.claims.verdict import Verdict, halves
from lecture.data.literature.ilsvrc import LEAD_2010_TOP_1
from lecture.data.literature.milestones import END_TO_END, first
from lecture.experiments.history.joint import Joint
from lecture.statistics import Comparison, compare, compare_several, resampled_interval

PIPELINES = ("HOG, linear SVM", "HOG, RBF SVM", "words, linear SVM", "words, RBF SVM")
"""Features made by hand, then a classifier. The bare pixels stand beside them for comparison only."""
NETWORK, SHIFTS = "network", "network, shifts"
APART, TOGETHER, LINEAR = "coarse words, apart", "coarse words, together", "coarse words, apart, linear SVM"
DEEP = (NETWORK, SHIFTS, "network, RBF SVM", TOGETHER)  # what learns its features together with the rest
TEST = Joint.test  # test images of a split: of all contests, at every preset that is judged
CLEAR = Smallest(0.5, "half a point is five of a seed's thousand test images")
SETS = ("digits", "photographs")
LEVEL = 0.975  # of each set's comparison, so that both together are right as often as one at 95 %
LEVELS = {"hog_rbf": "HOG, RBF SVM", "words_rbf": "words, RBF SVM", "network": NETWORK, "shifts": SHIFTS}
"""Methods whose errors are reported."""


def errors(*tables: pd.DataFrame) -> dict[Any, pd.DataFrame]:
    """Return each method's errors in per cent: a row for each seed, a column for each number of training images."""
    rows = [
        table
        if "method" in table
        else table.assign(method="coarse words, " + table["stages"], error=1 - table["test_accuracy"])
        for table in tables
    ]
    together = pd.concat(rows, ignore_index=True)
    return curves(together.assign(error=100 * together["error"]), "method", "n", "error")


def with_most(*tables: pd.DataFrame) -> tuple[dict[Any, pd.Series], tuple[int, int] | None]:
    """Return each method's errors with the most images, and how a seed divides the pool that all seeds share.

    Digits come from one pool; pieces of photographs are cut anew for every seed.
    """
    found = errors(*tables)
    most = max(curve.columns.max() for curve in found.values())
    split = None if "photographs" in tables[0]["images"].iloc[0] else (int(most), TEST)
    return {method: curve[most] for method, curve in found.items()}, split


def judge_stages(joint: pd.DataFrame, joint_on_photographs: pd.DataFrame) -> Finding:
    """Ask of two sets of images whether one pipeline's stages do better on new images trained together than apart.

    Runs can tell only where the stages trained together fit their training images as well as those trained apart.
    """
    gains, numbers = [], []
    for name, table in zip(SETS, (joint, joint_on_photographs), strict=True):
        error, split = with_most(table)
        runs = table[table["n"] == table["n"].max()].sort_values("seed")
        loss = dict(groups(runs, "stages"))
        trained = bool(loss["together"]["train_loss"].mean() <= loss["apart"]["train_loss"].mean())
        gain = compare(error[APART], error[TOGETHER], smallest=CLEAR.value, split=split, level=LEVEL)
        gains.append(gain.open_unless(trained))
        told = f"by training words and classifier together, {name}"
        losses = compare(loss["apart"]["test_loss"], loss["together"]["test_loss"], split=split).interval
        if gains[1:]:  # the first is the part's own number
            numbers.append(points(f"{name}_gain", f"test error saved {told}", gain.interval, colour="deep"))
        numbers += [
            points(
                f"{name}_over_svm",
                f"test error saved {told}, against a linear SVM",
                compare(error[LINEAR], error[TOGETHER], split=split).interval,
                colour="deep",
            ),
            Measurement(f"{name}_loss", f"test loss saved {told}", losses, "nats", "+.2f", None, "deep"),
        ]
    few, least, most = errors(joint), int(joint["n"].min()), int(joint["n"].max())
    saved = compare(few[APART][least], few[TOGETHER][least], split=(most, TEST)).interval
    words = f"test error saved by training words and classifier together, {least:,} digits"
    numbers.append(points("few_gain", words, saved, colour="deep"))
    return conclude(*gains, rule=halves, numbers=numbers, drawn=("photographs_gain", *(f"{s}_over_svm" for s in SETS)))


def judge_whole(
    end_to_end: pd.DataFrame,
    pipeline: pd.DataFrame,
    end_to_end_on_photographs: pd.DataFrame,
    pipeline_on_photographs: pd.DataFrame,
) -> Finding:
    """Ask whether, with the most images of two sets, the network errs less than every pipeline.

    The comparison in which it does worst gives the number.
    """
    tables = ((end_to_end, pipeline), (end_to_end_on_photographs, pipeline_on_photographs))
    gains: list[Comparison] = []
    numbers = []
    for name, pair in zip(SETS, tables, strict=True):
        error, split = with_most(*pair)
        pairs = {method: (error[method], error[SHIFTS]) for method in PIPELINES}
        found = compare_several(pairs, smallest=CLEAR.value, split=split)
        closest = min(found, key=lambda method: found[method].interval.value)
        gains += found.values()
        lead = compare(*pairs[closest], split=split).interval
        numbers.append(points(f"{name}_lead", f"test error, best pipeline minus network, {name}", lead, colour="deep"))
        for key, method in LEVELS.items():
            if method in error:
                level = resampled_interval(error[method], *split) if split else error[method]
                hue = "deep" if method in DEEP else "classical"
                numbers.append(percent(f"{name}_{key}", f"test error, {name}, {method}", level, ".1f", hue))
    drawn = tuple(f"{name}_{key}" for name in SETS for key in ("hog_rbf", "words_rbf", "shifts"))
    return conclude(*sorted(gains, key=lambda gain: gain.interval.value), numbers=numbers, drawn=drawn)


CLAIM = Claim(
    id="C01",
    headline="True at scale; small, a better classifier does as much",
    expected=(Verdict.HOLDS, Verdict.IN_PART, Verdict.HOLDS, Verdict.HOLDS),
    parts=(
        Part(
            refuted_by="Recognisers of the time did not keep features and classifier apart.",
            published=Reported(Verdict.HOLDS, "lecun1998gradient", "section I", "pattern recognition in general"),
            says="A feature extractor made by hand, then a classifier that is trained.",
            citations=("dalal2005histograms", "coates2011analysis", "cortes1995support"),
        ),
        Part(
            quantity=Quantity(
                "test error saved by training words and classifier together, digits", "points", "+.1f", "deep"
            ),
            smallest=CLEAR,
            refuted_by="On digits and on pieces of photographs: the stages of one pipeline, trained together until "
            "their training loss is no higher than apart, err as often on new images.",
            judge=judge_stages,
            note="On photographs it does, on digits we cannot tell; a linear support vector machine makes up for it.",
        ),
        Part(
            quantity=Quantity("test error, best pipeline minus network, where it does worst", "points", "+.1f", "deep"),
            smallest=CLEAR,
            refuted_by="With the most images, of digits or of photographs, a network from pixels to labels that learns "
            "from shifted copies errs as often as one of four pipelines (HOG and visual words, linear and RBF support "
            "vector machine).",
            judge=judge_whole,
            published=Reported(
                Verdict.HOLDS,
                "krizhevsky2012imagenet",
                "Table 1, one guess",
                "1.2 million photographs",
                LEAD_2010_TOP_1,
            ),
            note="On a few thousand digits they are level, on pieces of photographs the pipeline is ahead.",
            citations=("simard2003best", "russakovsky2015imagenet"),
        ),
        Part(
            quantity=Quantity("images to labels, trained as a whole by backpropagation", YEAR, ".0f", "deep"),
            refuted_by="No network for images was trained as a whole before 2012.",
            published=Reported(
                Verdict.HOLDS, "lecun1989backpropagation", scale="digits of postcodes", value=first(END_TO_END).year
            ),
            citations=("lecun1998gradient",),
        ),
    ),
    why="A network has to learn its features, which takes examples; features made by hand come for nothing. With few "
    "images the second weighs more, with a million photographs the first.",
    figure="history/plot_pipeline",
)
