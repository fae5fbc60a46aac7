"""C25: earlier methods stop improving however much data, compute or model they get; deep learning keeps improving."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.claims.saturation.learning_curves import (
    LARGE,
    curves,
    forecasts,
    frontier,
    grid,
    law,
    shares,
)
from lecture.experiments.saturation.classical_size import ClassicalSize
from lecture.experiments.saturation.compute import Compute
from lecture.experiments.saturation.model_size import ModelSize
from lecture.experiments.saturation.scaling_classical import ScalingClassical
from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.experiments.saturation.scaling_trees import ScalingTrees
from lecture.experiments.saturation.translation_heavy import TranslationHeavy
from lecture.statistics import Interval, difference_interval, geometric_interval, mean_interval

STOPPED = 10.0  # percent of its error that a method still sheds with three times of something
WORDS = {
    "logistic": "logistic regression",
    "neighbours": "nearest neighbours",
    "svm": "support vector machine",
    "forest": "forest of random trees",
    "boosting": "gradient boosting",
    "cnn_small": "small network",
    LARGE: "larger network",
    "cnn": "network",
}
KNOBS = {"logistic": "steps of the solver", "forest": "trees", "boosting": "rounds"}


def judge(
    classical: pd.DataFrame,
    trees: pd.DataFrame,
    deep: pd.DataFrame,
    knobs: pd.DataFrame,
    longest: pd.DataFrame,
    shorter: pd.DataFrame,
    heavy: pd.DataFrame,
) -> Finding:
    """Ask on each of three axes, data, model and computing, what the last tripling removes of each method's error."""
    rivals, networks, turned = curves(classical, trees), curves(deep), curves(knobs)
    cells = grid(longest, shorter)
    widths = longest.pivot(index="seed", columns="channels", values="error")
    widest = widths.columns[-1]
    envelope = frontier(cells)
    fitted = law(envelope)
    removed = {key: mean_interval(shares(errors)) for key, errors in {**rivals, **networks}.items()}
    by_knob = {key: mean_interval(shares(errors)) for key, errors in turned.items()}
    by_width = mean_interval(shares(widths, 2.0))
    by_compute = fitted.removed(float(envelope.columns[-1]) / 3) if fitted else Interval.exact(0)

    of_model = {key: by_knob[key] for key in by_knob if key != "logistic"}  # more steps are no larger model
    axes = {
        "data": (removed[LARGE], [removed[key] for key in rivals]),
        "model": (by_width, list(of_model.values())),
        "compute": (by_compute, list(by_knob.values())),
    }
    agree = [axis for axis, (network, others) in axes.items() if network.above(STOPPED) and not _most(others)]
    stopped = all(other.below(STOPPED) for _, others in axes.values() for other in others)
    hits = forecasts({**rivals, **networks})
    foreseen = {key: hit for key, (_, _, hit) in hits.items()}
    if len(agree) < len(axes):
        verdict = Verdict.FAILS
    else:
        verdict = Verdict.HOLDS if stopped and foreseen.get(LARGE, False) else Verdict.CAVEAT

    found = [_removal(key, interval) for key, interval in removed.items()]
    found.sort(key=lambda measurement: measurement.key != f"removed_{LARGE}")
    found += [
        _percent("removed_by_model", "error removed by the last doubling of the channels", by_width),
        _percent("removed_by_compute", "error removed by the last tripling of compute", by_compute),
        *(
            _percent(
                f"knob_{key}",
                f"share of its error removed by three times the {KNOBS[key]}, {_words(key)}",
                share,
                ".1f",
            )
            for key, share in by_knob.items()
        ),
        *_bend(cells),
        _percent("widest", f"test error, {widest} channels", mean_interval(100 * widths[widest]), ".1f"),
    ]
    if fitted:
        found += [
            Measurement("exponent_compute", "exponent of the law in compute", fitted.exponent, colour="deep"),
            Measurement("floor_compute", "floor of the law in compute", fitted.floor, "%", ".1f", colour="deep"),
        ]
    found += _data(rivals, networks)
    for key, (predicted, measured, _) in hits.items():
        found += [
            _percent(f"forecast_{key}", f"error at the largest size, forecast, {_words(key)}", predicted, ".1f"),
            _percent(f"held_out_{key}", f"error at the largest size, measured, {_words(key)}", measured, ".1f"),
        ]
    for key, errors in curves(heavy).items():
        n = errors.columns[-1]
        found += [
            _removal(key, mean_interval(shares(errors)), "heavy_removed"),
            _percent(
                f"heavy_{key}", f"error on the long strip, {_words(key)}, {n:,} examples", mean_interval(errors[n])
            ),
        ]
    counts = {
        "classical": ("classical methods tried", len(rivals)),
        "going": (
            f"classical methods that shed more than {STOPPED:g} % with the last tripling of the data",
            sum(removed[key].above(STOPPED) for key in rivals),
        ),
        "axes": ("axes (data, model, compute) on which the sentence describes what we measured", len(agree)),
        "forecasts": ("methods with a forecast of their largest size", len(foreseen)),
        "forecasts_hit": ("of these, measured within the forecast's interval", sum(foreseen.values())),
    }
    found += [Measurement(key, words, Interval.exact(count), spec=".0f") for key, (words, count) in counts.items()]
    opposite = float(np.mean(sentence(rivals, networks[LARGE]) != ("data" in agree)))
    shown = (LARGE, "logistic", "neighbours", "forest")
    scale = (*(f"removed_{key}" for key in shown if key in removed), "removed_by_model", "removed_by_compute")
    return Finding(verdict, tuple(found), opposite, scale)


def sentence(rivals: dict[str, pd.DataFrame], network: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell, seed by seed, whether its data alone speak for the talk: the network goes on, most classical methods not.

    "Goes on" means that the last tripling of the data removes more than ``STOPPED`` of the error.
    """
    going = np.mean([shares(errors) > STOPPED for errors in rivals.values()], axis=0)
    return np.asarray((shares(network) > STOPPED) & (going < 0.5))


def _most(others: list[Interval]) -> bool:
    """Tell whether most of the classical methods still improve clearly."""
    return 2 * sum(other.above(STOPPED) for other in others) > len(others)


def _bend(cells: pd.DataFrame) -> list[Measurement]:
    """Ask whether the last network but one wants capacity or steps: how much of its error twice of each removes."""
    *_, narrow, wide = sorted(set(cells.columns.get_level_values("channels")))
    *_, half, full = sorted(set(cells.columns.get_level_values("steps")))
    errors = cells.droplevel("multiply_adds", axis=1)
    start = errors[narrow, half]
    pairs = {
        "wider": ("twice the channels", errors[wide, half]),
        "longer": ("twice the steps", errors[narrow, full]),
        "both": ("twice the channels and the steps", errors[wide, full]),
    }
    of = f"share of the error of {narrow} channels after {half:,} steps that"
    return [
        _percent(f"bend_{key}", f"{of} {words} remove", mean_interval(100 * (1 - after / start)))
        for key, (words, after) in pairs.items()
    ]


def _data(rivals: dict[str, pd.DataFrame], networks: dict[str, pd.DataFrame]) -> list[Measurement]:
    """Return what the curves against data say: the network's law, and how it compares with its rivals."""
    large = networks[LARGE]
    best = min(rivals, key=lambda key: float(rivals[key].iloc[:, -1].mean()))
    n = rivals[best].columns[-1]
    ahead = f"error of the best classical method ({_words(best)}) less the larger network's, at {n:,} examples"
    lead = difference_interval(rivals[best][n], large[n])
    found = [Measurement("lead_best", ahead, lead, "points", ".1f", colour="deep")]
    found += [_saving(key, rival, large) for key, rival in rivals.items()]
    words = "largest training set, larger network"
    found.append(Measurement(f"most_{LARGE}", words, Interval.exact(int(large.columns[-1])), spec=",.0f"))
    if fitted := law(large):
        found.append(_percent(f"floor_{LARGE}", "floor of the law in data, larger network", fitted.floor, ".1f"))
    return found


def _saving(key: str, rival: pd.DataFrame, large: pd.DataFrame) -> Measurement:
    """Measure how much less data the network needs for the rival's best error, read off on log-log axes."""
    n = rival.columns[-1]
    sizes = np.log(large.columns.to_numpy(dtype=float))
    enough = [
        np.exp(np.interp(np.log(target), np.log(np.minimum.accumulate(row))[::-1], sizes[::-1]))
        for target, row in zip(rival[n], large.to_numpy(), strict=True)
    ]
    saved = geometric_interval(n / np.array(enough))
    words = f"times less data that the larger network needs for the error of {_words(key)} at {n:,} examples"
    return Measurement(f"saving_{key}", words, saved, spec=".1f", colour="deep")


def _removal(key: str, removed: Interval, name: str = "removed") -> Measurement:
    words = f"error removed by the last tripling of the data, {_words(key)}"
    return _percent(f"{name}_{key}", words, removed, colour=_colour(key))


def _percent(key: str, words: str, interval: Interval, spec: str = ".0f", colour: str = "") -> Measurement:
    return Measurement(key, words, interval, "%", spec, colour=colour or "deep")


def _words(key: str) -> str:
    return WORDS.get(key, key.replace("_", " "))


def _colour(key: str) -> str:
    return "deep" if key.startswith("cnn") else "classical"


CLAIM = Claim(
    id="C25",
    refuted_by=(
        f"On one of three axes, data, model or compute, the last tripling removes less than {STOPPED:g} % of the "
        f"network's error (lower end of the interval), or more than {STOPPED:g} % of the error of most classical "
        "methods that have such an axis: either deep learning has then stopped improving too, or the others have not. "
        "A caveat is due if some classical method has not clearly stopped, or if the law fitted to the network's "
        "smaller training sets misses its largest one."
    ),
    expected=Verdict.FAILS,
    why=(
        "One half of the sentence holds: with data, size and computing the network kept improving. The other half does "
        "not: most classical methods kept improving with data as well, each as far as we could follow it; logistic "
        "regression, which cannot grow, stopped. So the network's lead is no sign that the others have saturated. It "
        "needs fewer examples for the error that each of them reached at its own largest set."
    ),
    experiments=(ScalingClassical, ScalingTrees, ScalingDeep, ClassicalSize, ModelSize, Compute, TranslationHeavy),
    judge=judge,
    figure="saturation/plot_scaling",
    citations=("hestness2017deep", "kaplan2020scaling", "zhu2016need", "breiman2001random", "greydanus2024scaling"),
)
