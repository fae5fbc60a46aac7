"""C27: the barrier gets lower, since a student can train a model, and higher, since a product needs much money."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Published, Verdict
from lecture.claims.saturation.learning_curves import LARGE, curves, frontier, grid, law
from lecture.data.literature.training_costs import GROWTH, OPERATIONS, STUDY
from lecture.experiments.saturation.compute import Compute
from lecture.experiments.saturation.decent_model import DecentModel
from lecture.experiments.saturation.decent_model import lines as count_lines
from lecture.experiments.saturation.model_size import ModelSize
from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.power_law import Fit, PowerLaw
from lecture.statistics import Interval, mean_interval

DECENT = 80.0  # percent right on new examples; guessing gives 10
LINES, SECONDS = 50, 60.0
DEARER = 2.0  # times what the last point of accuracy cost that the next one must cost


def judge(decent: pd.DataFrame, deep: pd.DataFrame, longest: pd.DataFrame, shorter: pd.DataFrame) -> Finding:
    """Ask both halves: is a decent model cheap to get, and is the next point of accuracy dearer than the last one.

    At an error of two percent, which is about ours, the second half could hardly have failed: one point is then half of
    everything that is left, and without a floor only a law with an exponent above 3.5 would sell it for less than
    ``DEARER``. The predicate was written before the result, and stays as it was.
    """
    accuracy = mean_interval(100 * decent["accuracy"])
    seconds = mean_interval(decent["seconds"])
    lines = count_lines()
    lower = lines < LINES and seconds.below(SECONDS) and accuracy.above(DECENT)

    large, envelope = curves(deep)[LARGE], frontier(grid(longest, shorter))
    found = [
        Measurement("lines", "lines of code of a classifier, imports aside", Interval.exact(lines), spec=".0f"),
        Measurement("seconds", "time for all of it on one core", seconds, "s", ".1f", colour="deep"),
        Measurement("accuracy", "right on new examples", accuracy, "%", ".0f", colour="deep"),
        *_published(),
    ]
    dearer = None
    for axis, errors in (("data", large), ("compute", envelope)):
        if fitted := law(errors):
            end = float(errors.columns[-1])
            found += _prices(axis, fitted, end)
            if axis == "data":
                dearer = fitted.of(partial(rise, end=end))
    higher = dearer is not None and dearer.above(DEARER)
    verdict = {2: Verdict.HOLDS, 1: Verdict.CAVEAT, 0: Verdict.FAILS}[lower + higher]
    opposite = float(np.mean((100 * decent["accuracy"] <= DECENT) | (decent["seconds"] >= SECONDS)))
    keys = {measurement.key for measurement in found}
    scale = ("seconds", "accuracy", "last_data", "next_data", "last_compute", "next_compute")
    return Finding(verdict, tuple(found), opposite, tuple(key for key in scale if key in keys))


def rise(found: PowerLaw, end: float) -> float:
    """Return what the next point of accuracy costs, in units of what the last one cost, both counted from ``end``."""
    error = float(found.at(end))
    last, following = end - found.needed(error + 1), found.needed(error - 1) - end
    return following / last


def _prices(axis: str, fitted: Fit, end: float) -> list[Measurement]:
    """Return the price of the last and of the next point of accuracy, as multiples of ``end``."""
    prices: dict[str, tuple[str, Callable[[PowerLaw], float]]] = {
        "last": ("times the {} it took to get the last point of accuracy",
                 lambda law: end / law.needed(float(law.at(end)) + 1)),
        "next": ("times the {} that the next point of accuracy takes",
                 lambda law: law.needed(float(law.at(end)) - 1) / end),
    }  # fmt: skip
    return [
        Measurement(f"{name}_{axis}", words.format(axis), fitted.of(price), "×", ".2g", colour="deep")
        for name, (words, price) in prices.items()
    ]


def _published() -> list[Measurement]:
    """Return what the literature says of the front row; nothing here is ours."""
    grown = round(OPERATIONS["GPT-3"] / OPERATIONS["AlexNet"], -5)  # an estimate: one digit
    return [
        Measurement("growth", "growth of hardware and energy cost of the most compute-intensive trainings, a year",
                    Interval.exact(GROWTH), "×", ".1f", Published(GROWTH, STUDY, "abstract")),
        Measurement("grown", "operations of GPT-3 over AlexNet's, estimated", Interval.exact(grown), "×", ",.0f",
                    Published(grown, STUDY, "data files")),
    ]  # fmt: skip


CLAIM = Claim(
    id="C27",
    refuted_by=(
        f"A classifier in plain PyTorch takes {LINES} lines or {SECONDS:g} seconds and more, or is right on no more "
        f"than {DECENT:g} % of new examples; and by the fitted law the next point of accuracy takes less than "
        f"{DEARER:g} times the data that the last one took (lower end of the interval). A caveat is due if only one "
        "half is refuted."
    ),
    expected=Verdict.HOLDS,
    why=(
        "A page of code and a few seconds give a decent classifier, with no features designed. The next point of "
        "accuracy costs far more than the last, or cannot be bought with data at all; where a point is "
        "half of the error, as here, this half could hardly have failed. Published trainings went the same way."
    ),
    experiments=(DecentModel, ScalingDeep, ModelSize, Compute),
    judge=judge,
    figure="saturation/plot_paradox",
    citations=("cottier2024rising", "brown2020language", "krizhevsky2012imagenet"),
)
