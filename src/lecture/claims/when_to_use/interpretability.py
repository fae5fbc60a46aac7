"""C23: decisions that must be explained.

All seeds split one table and one pool of images, so intervals speak of splits and starts, not of fresh data.
"""

import pandas as pd

from lecture.claims.claim import Finding, Measurement, Verdict, key_of
from lecture.claims.part import Part
from lecture.claims.when_to_use.tabular import errors
from lecture.experiments.when_to_use.reasons import Reasons
from lecture.experiments.when_to_use.saliency import Saliency
from lecture.experiments.when_to_use.tabular import Tabular
from lecture.statistics import Interval, difference_interval, mean_interval, share_opposite

HALF = 0.5
"""Rank correlation of two maps, below which they are not the same explanation."""
PRICE = 5.0
"""Points of error that a model one can read may cost."""
MAPS = {
    "plain": "two networks, same image",
    "SmoothGrad": "two networks, same image, SmoothGrad",
    "ensemble": "two halves of an ensemble, same image",
    "untrained": "one network before and after training, same image",
    "other image": "one network, two images",
}
MODELS = {
    "tree": "tree of three questions",
    "linear": "linear model",
    "network": "network, gradient times input",
    "network, gradient": "network, gradient",
    "network, same rows": "network, same rows and another start",
}
NETWORKS = ("network", "network, gradient")
"""Both ways in which a network gives its reasons; the tree is compared with the more repeatable of them."""


def judge(maps: pd.DataFrame, reasons: pd.DataFrame, runs: pd.DataFrame) -> Finding:
    """Ask whether networks disagree about reasons, whether a small tree repeats its own better, and what it costs."""
    single = maps[maps["number"] < 0].pivot(index="seed", columns="quantity", values="value")
    told = {
        str(quantity): rows.pivot(index="seed", columns="model", values="value")
        for quantity, rows in reasons.groupby("quantity")
    }
    shared = 100 * told["shared"]
    kinder = max(NETWORKS, key=lambda way: shared[way].mean())
    lead = difference_interval(shared["tree"], shared[kinder])
    plain = mean_interval(single["plain"])
    error = {method: found.mean(axis=1) for method, found in errors(runs).items()}
    price = difference_interval(error["small tree"], error["boosting"])

    unsettled, repeats, cheap = plain.below(HALF), lead.above(0), price.below(PRICE)
    verdict = Verdict.FAILS
    if unsettled or repeats:
        verdict = Verdict.HOLDS if unsettled and repeats and cheap else Verdict.CAVEAT

    found = [Measurement("maps", f"rank correlation of saliency maps, {MAPS['plain']}", plain, colour="deep")]
    found += [
        Measurement(key_of(f"maps_{way}"), f"rank correlation of saliency maps, {words}", mean_interval(single[way]),
                    colour="deep")
        for way, words in MAPS.items()
        if way != "plain"
    ]  # fmt: skip
    found += [
        _percent("agreement", "images on which two networks agree", 100 * single["agreement"], "deep"),
        _percent("accuracy", "images that a network gets right", 100 * single["accuracy"], "deep"),
        Measurement("lead", "columns named again after resampling, tree minus network", lead, "points", "+z.1f"),
    ]
    for model, words in MODELS.items():
        colour = "deep" if model.startswith("network") else "classical"
        for quantity, text in (
            ("shared", "columns named again after resampling"),
            ("agreement", "answers repeated after resampling"),
            ("error", "test error"),
        ):
            measured = 100 * told[quantity][model]
            found.append(_percent(key_of(f"{quantity}_{model}"), f"{text}, {words}", measured, colour))
    found += [
        _percent("root", "two trees with the same first question", 100 * told["root"]["tree"], "classical"),
        _percent("top", "two trees with the same first three questions", 100 * told["top"]["tree"], "classical"),
        _points("price", "test error, small tree minus tuned boosting, mean over all tables", price),
        _points("price_network", "test error, small tree minus tuned network, mean over all tables",
                difference_interval(error["small tree"], error["network"])),
        _points("price_linear", "test error, linear model minus tuned boosting, mean over all tables",
                difference_interval(error["linear"], error["boosting"])),
    ]  # fmt: skip
    return Finding(verdict, tuple(found), share_opposite(shared["tree"], shared[kinder]))


def _percent(key: str, words: str, values: pd.Series, colour: str) -> Measurement:
    return Measurement(key, words, mean_interval(values), "%", ".1f", colour=colour)


def _points(key: str, words: str, interval: Interval) -> Measurement:
    return Measurement(key, words, interval, "points", "+z.1f", colour="classical")


PART = Part(
    key="interpretability",
    says="interpretability",
    refuted_by=(
        "Saliency maps of two networks that differ in start and order alone agree on the same image (rank correlation "
        f"not below {HALF:g}), and a tree of three questions, its rows drawn again, repeats the columns that it names "
        "no better than a network does (95 % intervals). A caveat is due if only one of the two fails, or if the small "
        f"tree may err {PRICE:g} points more often than tuned boosting, mean over real tables."
    ),
    expected=Verdict.CAVEAT,
    experiments=(Saliency, Reasons, Tabular),
    judge=judge,
    citations=(
        "rudin2019stop",
        "simonyan2014deep",
        "smilkov2017smoothgrad",
        "adebayo2018sanity",
        "breiman2001statistical",
    ),
)
