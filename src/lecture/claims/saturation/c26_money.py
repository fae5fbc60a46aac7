"""C26: competition in talent becomes competition in money: three times the servers, a better product."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Published, Verdict
from lecture.claims.saturation.learning_curves import LARGE, curves, frontier, grid, law
from lecture.experiments.saturation.compute import Compute
from lecture.experiments.saturation.model_size import ModelSize
from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.power_law import Fit
from lecture.statistics import Interval

BETTER = 5.0  # percent of the error: what three times the money must at least remove to be worth the name
AXES = {"data": "examples", "compute": "multiply-adds"}


def judge(deep: pd.DataFrame, longest: pd.DataFrame, shorter: pd.DataFrame) -> Finding:
    """Ask what three times the data, and three times the compute, remove of the error, now and two triplings on."""
    large, envelope = curves(deep)[LARGE], frontier(grid(longest, shorter))
    laws = {"data": (law(large), large), "compute": (law(envelope), envelope)}
    found = [
        Measurement(f"by_slope_{slope}", f"share of the error removed by three times as much at slope {slope / 10}",
                    Interval.exact(100 * (1 - 3 ** (-slope / 10))), "%", ".0f")
        for slope in (1, 3, 5)
    ]  # fmt: skip
    going, lasting = set(), set()
    for axis, (fitted, errors) in laws.items():
        if fitted is None:
            continue
        end = float(errors.columns[-1])
        found += _axis(axis, fitted, end)
        if fitted.removed(end).above(BETTER):
            going.add(axis)
            if fitted.removed(9 * end).above(BETTER):
                lasting.add(axis)
    verdict = Verdict.FAILS if not going else Verdict.HOLDS if lasting == set(AXES) else Verdict.CAVEAT
    keys = {measurement.key for measurement in found}
    scale = tuple(k for axis in AXES for k in (f"next_{axis}", f"after_{axis}", f"third_{axis}") if k in keys)
    found.sort(key=lambda measurement: measurement.key != "next_data")
    return Finding(verdict, tuple(found), scale=scale)


def _axis(axis: str, fitted: Fit, end: float) -> list[Measurement]:
    """Return what the law of one axis says at the end of what was measured, and beyond."""
    steps = {"past": (end / 3, "last"), "next": (end, "next"), "after": (3 * end, "second next"),
             "third": (9 * end, "third next")}  # fmt: skip
    found = [
        Measurement(
            f"{name}_{axis}",
            f"error removed by the {words} tripling of the {axis}, by the law",
            fitted.removed(start),
            "%",
            ".0f",
            colour="deep",
        )
        for name, (start, words) in steps.items()
    ]
    return [
        *found,
        Measurement(
            f"exponent_{axis}",
            f"exponent in {AXES[axis]}",
            fitted.exponent,
            spec=".2f",
            published=PUBLISHED[axis],
            colour="deep",
        ),
    ]


PUBLISHED = {
    "data": Published(0.35, "hestness2017deep", "the steepest found; the flattest is 0.07"),
    "compute": Published(0.050, "kaplan2020scaling", "equation 1.3, loss of language models"),
}

CLAIM = Claim(
    id="C26",
    refuted_by=(
        "By the laws fitted to what we measured, neither three times the data nor three times the compute removes more "
        f"than {BETTER:g} % of the error that is left at the end (lower end of the interval). A caveat is due if only "
        "one of them does, or if two triplings later one no longer does."
    ),
    expected=Verdict.CAVEAT,
    why=(
        "Three times as much buys a clearly better network, but not on both axes for long. Work goes into the best "
        "network for it, which may be a larger one; more data are poured into a network of fixed size, and such a "
        "network has a floor. Money works best if somebody lets the model grow with it."
    ),
    experiments=(ScalingDeep, ModelSize, Compute),
    judge=judge,
    figure="saturation/plot_compute",
    citations=("hestness2017deep", "kaplan2020scaling"),
)
