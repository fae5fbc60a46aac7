"""C21: very noisy data without human labels work too."""

import math

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Measurement, exact, percent, points
from lecture.claims.selection import curves, groups
from lecture.claims.verdict import Verdict, halves
from lecture.claims.when_to_use.learning_curves import at, censored_interval, exchange_rates, sizes
from lecture.data.literature.when_it_pays import (
    HASHTAG_ACCURACY,
    HASHTAG_IMAGES,
    HASHTAGS,
    RANDOM_ACCURACY,
    RANDOM_LABELS,
)
from lecture.data.mnist1d import CLASSES
from lecture.experiments.when_to_use.label_noise import CROOKED, UNIFORM
from lecture.statistics import compare_several

PRICE = 30.0  # dirty examples for a clean one: what a label by hand is taken to cost, in labels for nothing
GAIN = Smallest(0.0, "at this price the dirty examples have already cost as much")
HEAVY = 0.6  # the share of wrong labels that gives the part's number: most labels are wrong


def errors_by_noise(runs: pd.DataFrame) -> dict[tuple[str, float], pd.DataFrame]:
    """Return errors in per cent, one row a seed and one column a size, by kind of noise and share; 0 is clean."""
    return {
        (noise, share): 100 * curve
        for noise, rows in groups(runs, "noise")
        for share, curve in curves(rows, "share", "n", "error").items()
    }


def judge_noise(label_noise: pd.DataFrame, noisy_batches: pd.DataFrame) -> Finding:
    """Ask at each share of wrong labels whether all dirty examples beat a thirtieth as many clean ones."""
    errors = errors_by_noise(label_noise)
    clean = errors[UNIFORM, 0.0]
    dirty = {share: curve for (noise, share), curve in errors.items() if noise == UNIFORM and share}
    shares = sorted(dirty, key=lambda share: share != HEAVY)  # the first gives the part's number
    most = {share: sizes(dirty[share])[-1] for share in shares}
    pairs = {f"{share:g}": (at(clean, most[share] / PRICE), dirty[share][most[share]]) for share in shares}
    cheaper = compare_several(pairs, smallest=GAIN.value)

    numbers = []
    for share in shares:
        percents, n = f"{100 * share:.0f}", most[share]
        rate = censored_interval(exchange_rates(dirty[share][n], clean, n))
        words = f"examples that do the work of a clean one, {percents} % of {n:,} wrong"
        numbers.append(Measurement(f"rate_{percents}", words, rate, spec=".1f", colour="deep"))
        words = f"labels that tell as much as a clean one, {percents} % wrong"
        numbers.append(exact(f"bits_{percents}", words, 1 / information(share), spec=".1f"))
    crooked = errors[CROOKED, max(share for noise, share in errors if noise == CROOKED)]
    right = 100 - crooked.iloc[:, -1]
    numbers.append(percent("crooked", "accuracy where most labels are wrong in the same way", right, colour="sigmoid"))
    for share, batches in curves(noisy_batches, "share", "batch", "error").items():
        words, key = ("clean labels", "clean") if not share else (f"{100 * share:.0f} % wrong", "noisy")
        gain = 100 * (batches[batches.columns.min()] - batches[batches.columns.max()])
        numbers.append(points(f"batch_{key}", f"accuracy won by the largest batch over the smallest, {words}", gain))
    return conclude(
        *cheaper.values(), rule=halves, numbers=numbers, drawn=tuple(f"rate_{100 * s:.0f}" for s in sorted(shares))
    )


def information(share: float) -> float:
    """Return what a label tells of its class, as a share of what a right one tells (Shannon 1948).

    log K - H is the mutual information of class and label when all K classes are equally frequent; H is the entropy of
    the label of a given class, of which a share is wrong, uniform over the other classes.
    """
    rest = [share / (CLASSES - 1)] * (CLASSES - 1)
    entropy = -sum(p * math.log(p) for p in (1 - share, *rest) if p > 0)
    return 1 - entropy / math.log(CLASSES)


CLAIM = Claim(
    id="C21",
    headline="Right, at a price that grows with the noise",
    expected=(Verdict.IN_PART, Verdict.HOLDS),
    parts=(
        Part(
            quantity=Quantity(
                f"accuracy won by dirty examples, {100 * HEAVY:.0f} % wrong, over a {PRICE:.0f}th as many clean ones",
                "points",
                "+.1f",
                "deep",
            ),
            smallest=GAIN,
            refuted_by="At no share of wrong labels that was tried, uniform over the classes, does a network that "
            f"learned from the largest set do better than one that learned from a clean set of a {PRICE:.0f}th of its "
            "size.",
            judge=judge_noise,
            published=Reported(Verdict.HOLDS, "rolnick2017deep", "abstract", "MNIST, labels replaced at random"),
            says=f"With {RANDOM_LABELS} random labels for each clean one, more than {RANDOM_ACCURACY} % of digits "
            "were still right.",
            note="So it is with most labels wrong; with eight in ten, not at this price.",
            citations=("shannon1948mathematical",),
        ),
        Part(
            quantity=Quantity("top-1 accuracy on ImageNet", "%", ".1f", "deep"),
            refuted_by="A network that first learned hashtags does no better on ImageNet than one that did not.",
            published=Reported(
                Verdict.HOLDS,
                "mahajan2018exploring",
                "abstract, section 3",
                f"{HASHTAG_IMAGES / 1e6:.0f} million photographs, {HASHTAGS:,} hashtags",
                HASHTAG_ACCURACY,
            ),
            note="After a last training on clean labels.",
        ),
    ),
    why="Errors without direction cancel, so the network learns even where most labels are wrong. What a dirty example "
    "is worth depends on how wrong they are, and on how many there are.",
    figure="when_to_use/plot_label_noise",
)
