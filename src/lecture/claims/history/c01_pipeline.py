"""C01: recognition was a pipeline of stages optimised apart; as none was made for the next, the whole was worse."""

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Published, Verdict
from lecture.data.literature.pipelines import RIVALS
from lecture.experiments.history.end_to_end import EndToEnd
from lecture.experiments.history.joint import Joint
from lecture.experiments.history.pipeline import Pipeline
from lecture.statistics import Interval, difference_interval, geometric_interval, mean_interval, share_opposite

PIPELINES = ("HOG, linear SVM", "HOG, RBF SVM", "words, linear SVM", "words, RBF SVM")
"""Features made by hand, then a classifier. The bare pixels stand beside them for comparison only."""
KEYS = {
    "pixels, RBF SVM": "pixels_rbf",
    "HOG, linear SVM": "hog_linear",
    "HOG, RBF SVM": "hog_rbf",
    "HOG, trained head": "hog_head",
    "words, linear SVM": "words_linear",
    "words, RBF SVM": "words_rbf",
    "network": "network",
    "network, shifts": "shifts",
    "network, RBF SVM": "network_rbf",
    "words, apart": "apart",
    "words, apart, linear SVM": "apart_svm",
    "words, together": "together",
}
DEEP = ("network", "network, shifts", "network, RBF SVM", "words, together")
APART, APART_SVM, TOGETHER = "words, apart", "words, apart, linear SVM", "words, together"


def errors(pipeline: pd.DataFrame, network: pd.DataFrame, joint: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each method's errors in per cent: a row for each seed, a column for each number of training images."""
    ways = joint.assign(method="words, " + joint["stages"], error=1 - joint["test_accuracy"])
    rows = pd.concat([pipeline, network, ways], ignore_index=True)
    return {
        str(method): 100 * runs.pivot(index="seed", columns="n", values="error")
        for method, runs in rows.groupby("method", sort=False)
    }


def judge(pipeline: pd.DataFrame, network: pd.DataFrame, joint: pd.DataFrame) -> Finding:
    """Ask whether the network beats every pipeline, and whether one pipeline's stages do better trained together."""
    error = errors(pipeline, network, joint)
    sizes = [int(n) for n in error["network"].columns]
    few, most = sizes[0], sizes[-1]

    def won(behind: str, ahead: str, n: int = most) -> Interval:
        return difference_interval(error[behind][n], error[ahead][n])

    worse = all(won(method, "network").above(0) for method in PIPELINES)
    together = all(won(apart, TOGETHER).above(0) for apart in (APART, APART_SVM))
    overtaken = any(won(method, "network", n).below(0) for method in PIPELINES for n in sizes)
    verdict = Verdict.FAILS
    if worse or together:
        verdict = Verdict.HOLDS if worse and together and not overtaken else Verdict.CAVEAT

    best = min(PIPELINES, key=lambda method: error[method][most].mean())
    leads = {n: won(best, "network", n) for n in sizes}
    images = pipeline["images"].iloc[0]
    at = f"at {most:,} images"
    compared = (
        ("network_lead", f"lead of the network over the best pipeline ({best}), {at} of {images}", best, "network"),
        ("shifts_lead", f"lead of the network that saw shifted images over the best pipeline, {at}", best, DEEP[1]),
        ("joint_gain", f"error that training the stages together removes, {at}", APART, TOGETHER),
        ("joint_gain_svm", f"the same against a linear SVM on the words, {at}", APART_SVM, TOGETHER),
        ("features_gain", f"error that learned features remove under the same RBF SVM, {at}", PIPELINES[1], DEEP[2]),
        ("head_gain", f"error that an SVM in place of the network's last layer removes, {at}", "network", DEEP[2]),
    )
    found = [
        Measurement(key, words, won(behind, ahead), "points", "+.1f", colour="deep")
        for key, words, behind, ahead in compared
    ]
    found += [
        Measurement(
            f"lead_{n}", f"lead of the network over the best pipeline, {n:,} images", leads[n], "points", "+.1f"
        )
        for n in sizes
    ]
    words = "factor by which the network's error, as a share of the best pipeline's, changes with ten times the images"
    counts = (
        ("most", f"training images of {images}, most", most),
        ("fewest", "training images, fewest", few),
        ("sizes", "numbers of training images", len(sizes)),
        ("sizes_ahead", "of these, where the network is ahead", sum(lead.above(0) for lead in leads.values())),
        ("sizes_behind", "of these, where the network is behind", sum(lead.below(0) for lead in leads.values())),
    )
    found += [
        Measurement("catching_up", words, catching_up(error["network"], error[best]), spec=".2f", colour="deep"),
        *(Measurement(key, words, Interval.exact(count), spec=",.0f") for key, words, count in counts),
    ]
    for method, runs in error.items():
        found += _levels(method, runs[few], runs[most])
    for row in RIVALS:
        source = Published(row.error, row.citation, row.where)
        colour = "deep" if row.network else "classical"
        found.append(Measurement(row.key, row.quantity, Interval.exact(row.error), "%", ".1f", source, colour))
    scale = ("hog_rbf_most", "words_rbf_most", "network_most", "shifts_most", "apart_most", "together_most")
    return Finding(verdict, tuple(found), share_opposite(error[best][most], error["network"][most]), scale)


def catching_up(network: pd.DataFrame, pipeline: pd.DataFrame) -> Interval:
    """Return by what the ratio of two errors is multiplied when there are ten times as many images.

    It comes from a straight line through the logarithms, one for each seed. An error of 0 counts as half of 0.1 per
    cent, which is half an image of a thousand.
    """
    ratio = network.clip(lower=0.05) / pipeline.clip(lower=0.05)
    slopes = np.polyfit(np.log10(ratio.columns.to_numpy(float)), np.log(ratio.to_numpy()).T, 1)[0]
    return geometric_interval(np.exp(slopes))


def _levels(method: str, few: pd.Series, most: pd.Series) -> list[Measurement]:
    """Return a method's test error with the fewest and with the most training images."""
    return [
        Measurement(
            f"{KEYS[method]}_{place}",
            f"test error, {method}, {runs.name:,} images",
            mean_interval(runs),
            "%",
            ".1f",
            colour="deep" if method in DEEP else "classical",
        )
        for place, runs in (("few", few), ("most", most))
    ]


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
        "good hand-made features under a curved support vector machine. Nor does training one pipeline's stages "
        "together beat what a better last stage wins alone. On a million photographs it came out the other way."
    ),
    experiments=(Pipeline, EndToEnd, Joint),
    judge=judge,
    figure="history/plot_pipeline",
    citations=(
        "dalal2005histograms",
        "coates2011analysis",
        "cortes1995support",
        "simard2003best",
        "lecun1998gradient",
        "krizhevsky2012imagenet",
    ),
)
