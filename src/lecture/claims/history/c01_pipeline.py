"""C01: the work was divided among stages that were not made for each other, and the whole was worse.

All seeds split one pool of images, so every interval is corrected for what their splits share.
"""

from typing import Any

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import YEAR, percent, points
from lecture.claims.selection import curves
from lecture.claims.verdict import Verdict
from lecture.data.literature.ilsvrc import LEAD_2010_TOP_1
from lecture.data.literature.milestones import END_TO_END, first
from lecture.experiments.history.joint import Joint
from lecture.statistics import compare, compare_several, resampled_interval

PIPELINES = ("HOG, linear SVM", "HOG, RBF SVM", "words, linear SVM", "words, RBF SVM")
"""Features made by hand, then a classifier. The bare pixels stand beside them for comparison only."""
NETWORK, SHIFTS, TOGETHER = "network", "network, shifts", "coarse words, together"
DEEP = (NETWORK, SHIFTS, "network, RBF SVM", TOGETHER)  # what learns its features together with the rest
APART = ("coarse words, apart", "coarse words, apart, linear SVM")
TEST = Joint.test  # test images of a split: of all contests, at every preset that is judged
CLEAR = Smallest(0.5, "half a point is five of a split's thousand test images")
LEVELS = {
    "hog_rbf_most": "HOG, RBF SVM",
    "words_rbf_most": "words, RBF SVM",
    "network_most": NETWORK,
    "shifts_most": SHIFTS,
}
"""Methods whose error with the most images is reported."""


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


def judge_stages(joint: pd.DataFrame) -> Finding:
    """Ask whether one pipeline's stages do better trained together than apart, under either classifier.

    The runs can tell only where the stages trained together fit their training images as well as those trained apart.
    """
    error, most = errors(joint), int(joint["n"].max())
    loss = joint[joint["n"] == most].groupby("stages")["train_loss"].mean()
    trained = bool(loss["together"] <= loss["apart"])
    gains = [
        compare(error[apart][most], error[TOGETHER][most], smallest=CLEAR.value, split=(most, TEST)) for apart in APART
    ]
    words = "test error saved by training words and classifier together, against a linear SVM"
    svm = points("over_svm", words, gains[1].interval, colour="deep")
    return conclude(*(gain.open_unless(trained) for gain in gains), numbers=[svm], drawn=("over_svm",))


def judge_whole(end_to_end: pd.DataFrame, pipeline: pd.DataFrame) -> Finding:
    """Ask whether, with the most images, the network errs less than every pipeline; the closest gives the number."""
    error = errors(pipeline, end_to_end)
    most = int(error[NETWORK].columns.max())
    pairs = {method: (error[method][most], error[NETWORK][most]) for method in PIPELINES}
    gains = compare_several(pairs, smallest=CLEAR.value, split=(most, TEST))
    numbers = [
        percent(
            key,
            f"test error with the most images, {method}",
            resampled_interval(error[method][most], most, TEST),
            ".1f",
            "deep" if method in DEEP else "classical",
        )
        for key, method in LEVELS.items()
    ]
    return conclude(*sorted(gains.values(), key=lambda gain: gain.interval.value), numbers=numbers, drawn=tuple(LEVELS))


CLAIM = Claim(
    id="C01",
    headline="True at scale; on few images the pipeline wins",
    expected=(Verdict.HOLDS, Verdict.FAILS, Verdict.HOLDS, Verdict.HOLDS),
    parts=(
        Part(
            refuted_by="Recognisers of the time did not keep features and classifier apart.",
            published=Reported(Verdict.HOLDS, "lecun1998gradient", "section I", "pattern recognition in general"),
            says="A feature extractor made by hand, then a classifier that is trained.",
            citations=("dalal2005histograms", "coates2011analysis", "cortes1995support"),
        ),
        Part(
            quantity=Quantity(
                "test error saved by training words and classifier together, against apart", "points", "+.1f", "deep"
            ),
            smallest=CLEAR,
            refuted_by="Trained together, until their training loss is no higher, the stages of one pipeline err as "
            "often on new images as apart, or as under a linear support vector machine.",
            judge=judge_stages,
            note="A better classifier on the stages as they were wins back more than training them together.",
        ),
        Part(
            quantity=Quantity("test error, best pipeline minus network", "points", "+.1f", "deep"),
            smallest=CLEAR,
            refuted_by="With the most images, a network from pixels to labels errs as often as one of four pipelines "
            "(HOG and visual words, linear and RBF support vector machine).",
            judge=judge_whole,
            published=Reported(
                Verdict.HOLDS,
                "krizhevsky2012imagenet",
                "Table 1, one guess",
                "1.2 million photographs",
                LEAD_2010_TOP_1,
            ),
            note="On a few thousand digits it is the other way round.",
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
