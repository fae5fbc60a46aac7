"""C25: earlier methods stop improving however much data they get; deep learning keeps improving."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.experiments.saturation.scaling_classical import ScalingClassical
from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.power_law import fit_seeds
from lecture.statistics import Interval, difference_interval, geometric_interval, mean_interval

STOPPED = 10.0  # percent of its error that a method still sheds with three times the data
LAW_FROM = (
    1000  # examples: with fewer the methods nearly guess, and no power law holds (Hestness et al. 2017, figure 6)
)
LARGE = "cnn_large"
WORDS = {
    "logistic": "logistic regression",
    "neighbours": "nearest neighbours",
    "svm": "support vector machine",
    "forest": "forest of random trees",
    "boosting": "gradient boosting",
    "cnn_small": "small network",
    LARGE: "larger network",
}


def judge(classical: pd.DataFrame, deep: pd.DataFrame) -> Finding:
    """Measure what the last tripling of the data removes of each method's error, and fit the power laws."""
    rivals, networks = curves(classical), curves(deep)
    removed = {key: _removed(errors) for key, errors in {**rivals, **networks}.items()}
    large = networks[LARGE]
    best = min(rivals, key=lambda key: float(rivals[key].iloc[:, -1].mean()))
    going = [key for key in rivals if removed[key].above(STOPPED)]
    stopped = [key for key in rivals if removed[key].below(STOPPED)]

    measurements = [_removal(key, interval) for key, interval in removed.items()]
    measurements.sort(key=lambda measurement: measurement.key != f"removed_{LARGE}")
    measurements += [_tenfold(key, errors) for key, errors in {**rivals, **networks}.items()]
    measurements += [_lead("best", best, rivals[best], large), _saving("best", best, rivals[best], large)]
    measurements += [_saving(key, key, rival, large) for key, rival in rivals.items()]
    for key, errors in {**rivals, **networks}.items():
        measurements += [*_levels(key, errors), *_law(key, errors)]
    counts = {
        "classical": ("classical methods tried", len(rivals)),
        "going": (f"classical methods that shed more than {STOPPED:g} % in the last step", len(going)),
        "stopped": (f"classical methods that shed less than {STOPPED:g} % in the last step", len(stopped)),
    }
    measurements += [
        Measurement(key, words, Interval.exact(count), spec=".0f") for key, (words, count) in counts.items()
    ]

    if not removed[LARGE].above(STOPPED) or 2 * len(going) > len(rivals):
        verdict = Verdict.FAILS
    else:
        verdict = Verdict.HOLDS if len(stopped) == len(rivals) else Verdict.CAVEAT
    opposite = float(np.mean(_shares(large) <= STOPPED))
    return Finding(verdict, tuple(measurements), opposite, tuple(f"removed_{key}" for key in removed))


def curves(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return each method's errors in percent, one row a seed and one column a size, by its short name."""
    methods = list(dict.fromkeys(table["method"]))
    networks = [method for method in methods if method.startswith("CNN")]
    names = {method: method.lower().replace(" ", "_") for method in methods}
    if networks:
        names |= {networks[0]: "cnn_small", networks[-1]: LARGE}
    return {
        names[method]: 100 * table[table["method"] == method].pivot(index="seed", columns="n", values="error")
        for method in methods
    }


def _shares(errors: pd.DataFrame) -> NDArray[np.float64]:
    """Return the percentage of its error that each seed sheds in the last step."""
    last, before = errors.iloc[:, -1].to_numpy(dtype=float), errors.iloc[:, -2].to_numpy(dtype=float)
    return np.asarray(100 * (1 - last / before))


def _removed(errors: pd.DataFrame) -> Interval:
    return mean_interval(_shares(errors))


def _removal(key: str, removed: Interval) -> Measurement:
    return Measurement(
        f"removed_{key}",
        f"share of its error that the last tripling of the data removes, {_words(key)}",
        removed,
        unit="%",
        spec=".0f",
        colour=_colour(key),
    )


def _tenfold(key: str, errors: pd.DataFrame) -> Measurement:
    before, last = (int(errors.columns[place]) for place in (-3, -1))
    return Measurement(
        f"tenfold_{key}",
        f"share of its error removed by the step from {before:,} to {last:,} examples, {_words(key)}",
        mean_interval(100 * (1 - errors[last] / errors[before])),
        unit="%",
        spec=".0f",
        colour=_colour(key),
    )


def _lead(name: str, key: str, rival: pd.DataFrame, large: pd.DataFrame) -> Measurement:
    n = rival.columns[-1]
    return Measurement(
        f"lead_{name}",
        f"error of the best classical method ({_words(key)}) less the larger network's, at {n:,} examples",
        difference_interval(rival[n], large[n]),
        unit="points",
        spec=".1f",
        colour="deep",
    )


def _saving(name: str, key: str, rival: pd.DataFrame, large: pd.DataFrame) -> Measurement:
    """Measure how much less data the network needs for the rival's best error, read off on log-log axes."""
    n = rival.columns[-1]
    sizes = np.log(large.columns.to_numpy(dtype=float))
    enough = [
        np.exp(np.interp(np.log(target), np.log(np.minimum.accumulate(row))[::-1], sizes[::-1]))
        for target, row in zip(rival[n], large.to_numpy(), strict=True)
    ]
    return Measurement(
        f"saving_{name}",
        f"times less data that the larger network needs for the error of {_words(key)} at {n:,} examples",
        geometric_interval(n / np.array(enough)),
        spec=".1f",
        colour="deep",
    )


def _levels(key: str, errors: pd.DataFrame) -> list[Measurement]:
    """Give the error at each size, and the largest size."""
    sizes = [int(n) for n in errors.columns]
    found = [
        Measurement(
            f"{key}_{n}",
            f"test error, {_words(key)}, {n:,} examples",
            mean_interval(errors[n]),
            unit="%",
            spec=".1f",
            colour=_colour(key),
        )
        for n in sizes
    ]
    most = Interval.exact(max(sizes))
    return [*found, Measurement(f"most_{key}", f"largest training set, {_words(key)}", most, spec=",.0f")]


def _law(key: str, errors: pd.DataFrame) -> list[Measurement]:
    """Give exponent and floor of the fitted law; nothing where fewer than four sizes are left to fit."""
    sizes = [n for n in errors.columns if int(n) >= LAW_FROM]
    if len(sizes) < 4:
        return []
    fitted = fit_seeds(sizes, errors[sizes])
    colour, words = _colour(key), _words(key)
    return [
        Measurement(f"exponent_{key}", f"exponent of the fitted law, {words}", fitted.exponent, colour=colour),
        Measurement(f"floor_{key}", f"floor of the fitted law, {words}", fitted.floor, "%", ".1f", colour=colour),
    ]


def _words(key: str) -> str:
    return WORDS.get(key, key.replace("_", " "))


def _colour(key: str) -> str:
    return "deep" if key.startswith("cnn") else "classical"


CLAIM = Claim(
    id="C25",
    refuted_by=(
        f"The last tripling of the data removes less than {STOPPED:g} % of the larger network's error (lower end of "
        f"the interval), or more than {STOPPED:g} % of the error of most classical methods: either deep learning has "
        "then stopped improving too, or the others have not."
    ),
    expected=Verdict.FAILS,
    why=(
        "The larger network does keep improving, though its fitted curve bends towards a floor of its own at this size "
        "and length of training. Most classical methods improve as well, as far as we could follow them; only logistic "
        "regression, which cannot grow, has stopped. What sets the network apart is that it needs several times less "
        "data for the same error. This is about data: model size and computing are not varied systematically here."
    ),
    experiments=(ScalingClassical, ScalingDeep),
    judge=judge,
    figure="saturation/plot_scaling",
    citations=("hestness2017deep", "greydanus2024scaling"),
)
