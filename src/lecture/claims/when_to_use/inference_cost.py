"""C23, the fifth warning: little computing or power at inference."""

import pandas as pd

from lecture.claims.claim import Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.measurement import Measurement, exact, points
from lecture.claims.verdict import Verdict, halves
from lecture.claims.when_to_use.energy import CLASSICAL, costs
from lecture.data.literature import energy
from lecture.experiments.when_to_use.inference import Inference
from lecture.statistics import Comparison, Interval, compare, geometric_interval

KINDS = ["arithmetic", "total"]
WORSE = Smallest(0.5, "a cheaper network may lose half a point of accuracy", "points")
SPLIT = (Inference.examples, Inference.test)


def judge_cost(inference: pd.DataFrame, latency: pd.DataFrame) -> Finding:
    """Ask of each classical method whether a network that costs less, whatever fetching costs, takes its place.

    Of the networks that cost less the one that computes most stands for all, so that no accuracy chooses it.
    """
    found = costs(inference)
    accuracy = found.pivot(index="seed", columns="name", values="accuracy")
    cost = found.groupby("name", sort=False)[KINDS].mean()
    old = [name for name in cost.index if name.split(",")[0] in CLASSICAL]
    networks = cost.drop(index=old)
    kept = {}
    for name in old:
        cheaper = networks[(networks < cost.loc[name]).all(axis=1)]
        kept[name] = Comparison.exact(0, holds=True)
        if not cheaper.empty:
            instead = accuracy[cheaper["arithmetic"].idxmax()]
            kept[name] = compare(instead, accuracy[name], smallest=-WORSE.value, split=SPLIT).negated()
    replaced = Interval.exact(sum(one.answer is False for one in kept.values()))

    alone = latency[latency["at_once"] == 1].pivot(index="seed", columns="method", values="seconds")
    slower = geometric_interval(alone["CNN"] / alone["logistic"])
    each = found.groupby("name")["multiply_adds"].first()
    int8 = compare(accuracy["CNN, int8"], accuracy["CNN"], split=SPLIT).interval
    numbers = [
        exact("methods", "classical methods, two of them the same in other bits", len(old)),
        exact("multiply_adds_logistic", "multiplications for a digit, logistic regression", each["logistic"]),
        exact("multiply_adds", "multiplications for a digit, convolutional network", each["CNN"]),
        exact("ratio", "energy, network over logistic", cost["total"]["CNN"] / cost["total"]["logistic"], "×", ".1f"),
        Measurement("time", "time, network over logistic", slower, "×", ".2g"),
        points("int8", "accuracy changed by 8-bit integers, network", int8, "+z.1f", "deep"),
    ]
    return conclude(*kept.values(), rule=halves, value=replaced, numbers=numbers)


PART = Part(
    quantity=Quantity("classical methods whose place a cheaper network takes", "", ".0f", "deep"),
    smallest=WORSE,
    refuted_by="For each classical method there is a network, made small or not, that needs less energy by our "
    "estimate, both for the arithmetic alone and with all numbers fetched from outside the chip, and loses less than "
    f"{WORSE.value:g} points of accuracy.",
    judge=judge_cost,
    published=Reported(Verdict.IN_PART, "banbury2021mlperf", "abstract", "microcontrollers"),
    says="Small networks for words, pictures and odd noises run, and are compared, on microcontrollers.",
    note="Networks undercut some classical methods, not the cheapest.",
    citations=(energy.CITATION, "hinton2015distilling"),
)
