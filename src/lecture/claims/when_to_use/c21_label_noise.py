"""C21: very noisy data without human labels work too."""

import math

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.claims.when_to_use.learning_curves import at, by_method, censored_interval, exchange_rates, sizes
from lecture.data.mnist1d import CLASSES
from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.experiments.when_to_use.label_noise import CROOKED, UNIFORM, LabelNoise
from lecture.statistics import Interval, difference_interval, mean_interval, share_opposite

PRICE = 30.0
"""A clean label is taken to cost thirty times as much as a dirty one; Instagram gave 2,700 for each of ImageNet's."""

HEAVY, HEAVIEST = 0.6, 0.8  # shares of wrong labels
LIGHT = 0.3
LIMIT = Interval.exact(100 * (1 - 1 / CLASSES))


def curves(clean: pd.DataFrame, noisy: pd.DataFrame) -> dict[tuple[str, float], pd.DataFrame]:
    """Return errors in percent, one row a seed and one column a size, by kind of noise and share; 0 is clean.

    Args:
        clean: Records of :class:`ScalingDeep`, of which the first network is the one that noise is tried on.
        noisy: Records of :class:`LabelNoise`.
    """
    network = clean["method"].iloc[0]
    found = {(UNIFORM, 0.0): by_method(clean, {network: "clean"})["clean"]}
    for noise, share in dict.fromkeys(zip(noisy["noise"], noisy["share"], strict=True)):
        runs = noisy[(noisy["noise"] == noise) & (noisy["share"] == share)]
        found[noise, share] = 100 * runs.pivot(index="seed", columns="n", values="error")
    return found


def judge(clean: pd.DataFrame, noisy: pd.DataFrame) -> Finding:
    """Ask whether many dirty examples beat a thirtieth as many clean ones, and how many of them do the work of one."""
    errors = curves(clean, noisy)
    pure = errors[UNIFORM, 0.0]
    gains = {key: gain(curve, pure) for key, curve in errors.items() if key[1]}
    cheaper = {key: gained.above(0) for key, gained in gains.items()}
    heavy = errors[UNIFORM, HEAVY]
    more = difference_interval(heavy.iloc[:, -2], heavy.iloc[:, -1])
    if not (cheaper[UNIFORM, HEAVY] and more.above(0)):
        verdict = Verdict.FAILS
    else:
        good = cheaper[UNIFORM, HEAVIEST] and cheaper[CROOKED, LIGHT]
        verdict = Verdict.HOLDS if good else Verdict.CAVEAT

    found: list[Measurement] = []
    for noise, share in gains:
        found += _rate(noise, share, errors[noise, share], pure)
        found += _accuracy(noise, share, errors[noise, share], gains[noise, share])
    found.sort(key=lambda m: m.key != f"rate_{100 * HEAVY:.0f}")
    most = sizes(heavy)[-1]
    found += [
        _points("more", f"accuracy gained by the last tripling of the examples, {100 * HEAVY:.0f} % wrong", more),
        Measurement("most", "most examples with wrong labels", Interval.exact(most), spec=",.0f"),
        Measurement(
            "clean", f"accuracy, {most:,} examples, all labels right", mean_interval(100 - at(pure, most)), "%", ".1f"
        ),
        Measurement("limit", "share of uniform wrong labels at which a label tells nothing", LIMIT, "%", ".0f"),
    ]
    few = Interval.exact(round(most / PRICE))
    found.append(Measurement("few", f"clean examples, one for {PRICE:.0f} of the dirty ones", few, spec=",.0f"))
    error = mean_interval(100 - at(pure, most / PRICE))
    found.append(Measurement("few_accuracy", f"accuracy, {few.value:,.0f} examples, all right", error, "%", ".1f"))
    scale = tuple(f"rate_{100 * share:.0f}" for noise, share in gains if noise == UNIFORM)
    opposite = share_opposite(at(pure, most / PRICE), heavy[most])
    return Finding(verdict, tuple(found), opposite, scale)


def gain(dirty: pd.DataFrame, pure: pd.DataFrame) -> Interval:
    """Return the points by which all dirty examples beat a thirtieth as many clean ones, seed by seed."""
    n = sizes(dirty)[-1]
    return difference_interval(at(pure, n / PRICE), dirty[n])


def _rate(noise: str, share: float, dirty: pd.DataFrame, pure: pd.DataFrame) -> list[Measurement]:
    """Return how many examples do the work of a clean one, at every size, and what information theory would say."""
    name, words = _name(noise, share)
    found = []
    for n in sizes(dirty):
        key = f"rate_{name}" if n == sizes(dirty)[-1] else f"rate_{name}_at_{n}"
        rate = censored_interval(exchange_rates(dirty[n], pure, n))
        told = f"examples that do the work of a clean one, {words}, {n:,} of them"
        found.append(Measurement(key, told, rate, spec=".1f", colour=_colour(noise)))
    told = f"labels that tell as much as a clean one, {words}"
    bits = Interval.exact(1 / information(share, noise == CROOKED))
    return [*found, Measurement(f"information_{name}", told, bits, spec=".1f")]


def _accuracy(noise: str, share: float, dirty: pd.DataFrame, gained: Interval) -> list[Measurement]:
    """Return the accuracy at the largest size, and what it is ahead of a thirtieth as many clean ones."""
    name, words = _name(noise, share)
    n = sizes(dirty)[-1]
    level = f"accuracy, {n:,} examples, {words}"
    above = f"accuracy of {n:,} examples, {words}, above that of {n / PRICE:,.0f} clean ones"
    return [
        Measurement(f"accuracy_{name}", level, _right(dirty[n]), "%", ".1f", colour=_colour(noise)),
        _points(f"gain_{name}", above, gained),
    ]


def _name(noise: str, share: float) -> tuple[str, str]:
    percent = f"{100 * share:.0f}"
    if noise == UNIFORM:
        return percent, f"{percent} % of the labels wrong"
    return f"{noise}_{percent}", f"{percent} % of the labels wrong in the same direction"


def _colour(noise: str) -> str:
    return "deep" if noise == UNIFORM else "sigmoid"


def _right(errors: pd.Series) -> Interval:
    return mean_interval(100 - errors)


def _points(key: str, words: str, interval: Interval) -> Measurement:
    return Measurement(key, words, interval, "points", "+.1f", colour="deep")


def information(share: float, crooked: bool = False) -> float:
    """Return what a label tells of its class, as a share of what a right one tells (Shannon 1948).

    log K - H is the mutual information of class and label when all K classes are equally frequent; H is the entropy of
    the label of a given class.

    Args:
        share: Of labels that are wrong.
        crooked: All wrong labels of a class name the same other class; else they are uniform over the others.
    """
    rest = [share] if crooked else [share / (CLASSES - 1)] * (CLASSES - 1)
    entropy = -sum(p * math.log(p) for p in (1 - share, *rest) if p > 0)
    return 1 - entropy / math.log(CLASSES)


CLAIM = Claim(
    id="C21",
    refuted_by=(
        f"With {100 * HEAVY:.0f} % of the labels wrong, uniformly, the largest set is not clearly better than a clean "
        f"one of a {PRICE:.0f}th of its size (interval of the paired difference), or the last tripling of the examples "
        f"does not clearly help. A caveat is due if the same does not hold with {100 * HEAVIEST:.0f} % wrong, or with "
        f"{100 * LIGHT:.0f} % that all point to the same wrong class."
    ),
    expected=Verdict.FAILS,
    why=(
        "The network does learn from labels most of which are wrong, and more of them kept helping. But it did "
        "not clearly pass the bar set beforehand, a clean set thirty times smaller. Ours is a small network with "
        "a short training, and its labels were spoilt by lot; the paper that the talk recalls had thousands of "
        "dirty labels for a clean one, and clean ones at the end."
    ),
    experiments=(ScalingDeep, LabelNoise),
    judge=judge,
    figure="when_to_use/plot_label_noise",
    citations=("rolnick2017deep", "mahajan2018exploring", "shannon1948mathematical"),
)
