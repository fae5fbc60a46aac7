"""C01: recognition was a pipeline of stages optimised apart; as none was made for the next, the whole was worse.

All seeds split one pool of images: with the most images, two of them share about 80 % of their training images at the
``book`` preset. The intervals speak of this pool, not of others.
"""

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.experiments.history.end_to_end import EndToEnd
from lecture.experiments.history.joint import Joint
from lecture.experiments.history.pipeline import Pipeline
from lecture.statistics import Interval, difference_interval, geometric_interval, mean_interval, share_opposite

PIPELINES = ("HOG, linear SVM", "HOG, RBF SVM", "words, linear SVM", "words, RBF SVM")
"""Features made by hand, then a classifier. The bare pixels stand beside them for comparison only."""
DEEP = ("network", "network, shifts", "network, RBF SVM", "coarse words, together")
"""What learns its features together with the rest."""
NETWORK, SHIFTS, LEARNED, TOGETHER = DEEP
APART, APART_SVM = "coarse words, apart", "coarse words, apart, linear SVM"
LEVELS = {
    "hog_rbf_most": ("HOG, RBF SVM", "pipeline of HOG and RBF SVM"),
    "words_rbf_most": ("words, RBF SVM", "pipeline of words and RBF SVM"),
    "network_most": (NETWORK, "network"),
    "shifts_most": (SHIFTS, "network, shifts"),
    "apart_most": (APART, APART),
    "together_most": (TOGETHER, TOGETHER),
    "hog_head_most": ("HOG, trained head", "HOG under a trained head"),
}
"""Methods whose error with the most images is reported, and how they are called; all but the last are on the card."""


def errors(pipeline: pd.DataFrame, network: pd.DataFrame, joint: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each method's errors in per cent: a row for each seed, a column for each number of training images."""
    ways = joint.assign(method="coarse words, " + joint["stages"], error=1 - joint["test_accuracy"])
    rows = pd.concat([pipeline, network, ways], ignore_index=True)
    return {
        str(method): 100 * runs.pivot(index="seed", columns="n", values="error")
        for method, runs in rows.groupby("method", sort=False)
    }


def judge(pipeline: pd.DataFrame, network: pd.DataFrame, joint: pd.DataFrame) -> Finding:
    """Ask whether the network beats every pipeline, and whether one pipeline's stages do better trained together."""
    error = errors(pipeline, network, joint)
    sizes = [int(n) for n in error["network"].columns]
    most = sizes[-1]

    def minus(a: str, b: str, n: int = most) -> Interval:
        return difference_interval(error[a][n], error[b][n])

    worse = all(minus(method, NETWORK).above(0) for method in PIPELINES)
    together = all(minus(apart, TOGETHER).above(0) for apart in (APART, APART_SVM))
    overtaken = any(minus(method, NETWORK, n).below(0) for method in PIPELINES for n in sizes)
    verdict = Verdict.FAILS
    if worse or together:
        verdict = Verdict.HOLDS if worse and together and not overtaken else Verdict.CAVEAT

    best = min(PIPELINES, key=lambda method: error[method][most].mean())
    at = f"{most:,} images of {pipeline['images'].iloc[0]}"
    compared = (
        ("network_minus_best", f"network minus best pipeline ({best})", NETWORK, best),
        ("shifts_minus_best", f"network that saw shifted images minus best pipeline ({best})", SHIFTS, best),
        ("learned_minus_hog", "learned features minus HOG, both under an RBF SVM", LEARNED, "HOG, RBF SVM"),
        ("together_minus_apart", f"{TOGETHER} minus apart", TOGETHER, APART),
        ("together_minus_svm", f"{TOGETHER} minus linear SVM on the same untrained", TOGETHER, APART_SVM),
    )
    found = [
        Measurement(key, f"test error, {words}, {at}", minus(learned, made), "points", "+.1f", colour="deep")
        for key, words, learned, made in compared
    ]
    ratio = "factor by which the ratio of errors, network to best pipeline, changes for ten times the images"
    found += [
        Measurement("catching_up", ratio, catching_up(error[NETWORK], error[best]), spec=".2f", colour="deep"),
        Measurement("fewest", "training images, fewest", Interval.exact(sizes[0]), spec=",.0f"),
        Measurement("most", "training images, most", Interval.exact(most), spec=",.0f"),
    ]
    for key, (method, words) in LEVELS.items():
        colour = "deep" if method in DEEP else "classical"
        level = mean_interval(error[method][most])
        found.append(Measurement(key, f"test error, {words}, {most:,} images", level, "%", ".1f", colour=colour))
    opposite = share_opposite(error[best][most], error[NETWORK][most])
    return Finding(verdict, tuple(found), opposite, tuple(LEVELS)[:-1])


def catching_up(network: pd.DataFrame, pipeline: pd.DataFrame) -> Interval:
    """Return by what the ratio of two errors is multiplied when there are ten times as many images.

    It comes from a straight line through the logarithms, one for each seed. An error of 0 counts as half of 0.1 per
    cent, which is half an image of a thousand.
    """
    ratio = network.clip(lower=0.05) / pipeline.clip(lower=0.05)
    slopes = np.polyfit(np.log10(ratio.columns.to_numpy(float)), np.log(ratio.to_numpy()).T, 1)[0]
    return geometric_interval(np.exp(slopes))


CLAIM = Claim(
    id="C01",
    refuted_by=(
        "Trained on the most images, the network's error is not below that of each of four pipelines (HOG and "
        "visual words, linear and RBF support vector machine), and one pipeline's stages trained together are not "
        "better than the same stages trained apart (paired 95 % intervals). A caveat is due if only one of the two "
        "fails, or if with fewer images a pipeline beats the network."
    ),
    expected=Verdict.FAILS,
    why=(
        "Trained on the few thousand images that this page can afford, a network from pixels to labels does not beat "
        "every pipeline of hand-made features and a support vector machine (SVM). Nor does training one pipeline's "
        "stages together beat what a better last stage wins alone. On a million photographs it came out the other way."
    ),
    experiments=(Pipeline, EndToEnd, Joint),
    judge=judge,
    figure="history/plot_pipeline",
    citations=(
        "dalal2005histograms",
        "coates2011analysis",
        "cortes1995support",
        "simard2003best",
        "krizhevsky2012imagenet",
    ),
)
