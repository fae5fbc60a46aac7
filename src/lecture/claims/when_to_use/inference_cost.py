"""C23: little computing or power at inference."""

import pandas as pd

from lecture.claims.claim import Finding, Measurement, Published, Verdict, key_of
from lecture.claims.part import Part
from lecture.claims.when_to_use.energy import CLASSICAL, costs
from lecture.data.literature import energy
from lecture.experiments.when_to_use.inference import Inference
from lecture.experiments.when_to_use.latency import Latency
from lecture.statistics import Interval, difference_interval, geometric_interval, mean_interval

LEVELS = ("logistic", "forest", "kNN", "CNN", "small CNN, int8")
KINDS = ("arithmetic", "total")
WORSE = 0.5
"""Points of accuracy that a cheaper network may lose, at most, to take a classical method's place."""
WORDS = {
    "logistic": "logistic regression",
    "kNN": "nearest neighbours",
    "forest": "forest",
    "MLP": "multilayer network",
}
WORDS |= {"CNN": "convolutional network", "small CNN": "small network", "small CNN, taught": "small network, taught"}
HINTON = {"small": 146, "taught": 74}  # test errors of 10,000 on MNIST (Hinton et al. 2015, section 3)


def judge(table: pd.DataFrame, times: pd.DataFrame) -> Finding:
    """Ask which method a network undercuts without being worse, whatever fetching its numbers costs."""
    found = costs(table)
    accuracy = found.pivot(index="seed", columns="name", values="accuracy")
    names = [str(name) for name in accuracy]
    cost = {name: [float(rows[kind].mean()) for kind in KINDS] for name, rows in found.groupby("name")}
    classical = [name for name in names if name.split(",")[0] in CLASSICAL]
    replaced = {
        old: [
            new
            for new in names
            if new not in classical
            and all(a < b for a, b in zip(cost[new], cost[old], strict=True))
            and difference_interval(accuracy[new], accuracy[old]).above(-WORSE)
        ]
        for old in classical
    }
    dearest = all(a > b for name in classical for a, b in zip(cost["CNN"], cost[name], strict=True))
    if dearest and not any(replaced.values()):
        verdict = Verdict.HOLDS
    else:
        verdict = Verdict.FAILS if all(replaced.values()) else Verdict.CAVEAT

    ratio = cost["CNN"][1] / cost["logistic"][1]
    measurements = [
        Measurement("ratio", "energy: network over logistic regression, estimate", Interval.exact(ratio), "×", ".1f"),
        Measurement("replaced", "classical methods that a network undercuts", _counted(replaced), "", ".0f"),
        *_levels(found),
        *_changes(accuracy),
        *_latencies(times),
        *_published(),
    ]
    return Finding(verdict, tuple(measurements))


def _counted(replaced: dict[str, list[str]]) -> Interval:
    return Interval.exact(sum(bool(by) for by in replaced.values()))


def _levels(found: pd.DataFrame) -> list[Measurement]:
    """Return accuracy, work and both estimates of the methods that the prose compares."""
    measurements = []
    for name in LEVELS:
        rows, key, words, colour = found[found["name"] == name], key_of(name), _words(name), _colour(name)
        for column, what, unit, spec in (
            ("accuracy", "accuracy", "%", ".1f"),
            ("multiply_adds", "multiply-adds a prediction", "", ",.0f"),
            ("arithmetic", "energy of the arithmetic, estimate", "nJ", ",.2g"),
            ("total", "energy with fetching, estimate", "nJ", ",.0f"),
        ):
            if column == "multiply_adds" and name in ("forest", "kNN"):
                continue  # comparisons, or simply all pixels
            value = mean_interval(rows[column]) if rows[column].nunique() > 1 else Interval.exact(rows[column].iloc[0])
            measurements.append(Measurement(f"{key}_{column}", f"{what}, {words}", value, unit, spec, None, colour))
    return measurements


def _changes(accuracy: pd.DataFrame) -> list[Measurement]:
    """Return what 8 bits and what a teacher change, split by split."""
    pairs = {
        "int8_cnn": ("accuracy changed by 8 bits, convolutional network", "CNN, int8", "CNN"),
        "teaching": ("accuracy gained from a teacher, small network", "small CNN, taught", "small CNN"),
        "small_forest": ("accuracy, small network in 8 bits minus forest", "small CNN, int8", "forest"),
        "cnn_logistic": ("accuracy, convolutional network minus logistic regression", "CNN", "logistic"),
    }
    return [
        Measurement(key, words, difference_interval(accuracy[a], accuracy[b]), "points", "+.2f", None, "deep")
        for key, (words, a, b) in pairs.items()
    ]


def _latencies(times: pd.DataFrame) -> list[Measurement]:
    """Return ratios of times taken side by side, of one prediction alone and of one among many."""
    wide = times.pivot(index="seed", columns=["method", "at_once"], values="seconds")
    many = int(times["at_once"].max())
    measurements = []
    for key, words, a, b, at_once in (
        ("time", "time alone: convolutional network over logistic regression", "CNN", "logistic", 1),
        ("knn_time", "time among many: neighbours over convolutional network", "kNN", "CNN", many),
        ("int8_time", "time alone: multilayer network in 8 bits over 32", "MLP, int8", "MLP", 1),
        ("int8_time_many", "time among many: multilayer network in 8 bits over 32", "MLP, int8", "MLP", many),
    ):
        measurements.append(
            Measurement(key, words, geometric_interval(wide[a, at_once] / wide[b, at_once]), "×", ".2g")
        )
    return measurements


def _published() -> list[Measurement]:
    words = {"small": "small network", "taught": "small network, taught"}
    return [
        Measurement(
            f"hinton_{key}",
            f"published errors among 10,000 digits, {words[key]}",
            Interval.exact(value),
            spec=".0f",
            published=Published(value, "hinton2015distilling", "section 3"),
            colour="deep",
        )
        for key, value in HINTON.items()
    ]


def _words(name: str) -> str:
    base = name.removesuffix(", int8")
    return WORDS[base] + (" in 8 bits" if base != name else "")


def _colour(name: str) -> str:
    return "classical" if name.split(",")[0] in CLASSICAL else "deep"


PART = Part(
    key="inference_cost",
    says="little computing at inference",
    refuted_by=(
        "For each classical method (logistic regression, also in 8 bits, neighbours, forest) there is a network, made "
        "small or not, that is at most half a point less accurate (lower end of the interval) and needs less energy by "
        "our estimate, both for the arithmetic alone and with all numbers fetched from outside the chip. If that is so "
        "for some of them, or if the network is not dearer than each of them, it holds with a caveat."
    ),
    expected=Verdict.CAVEAT,
    experiments=(Inference, Latency),
    judge=judge,
    citations=(energy.CITATION, "hinton2015distilling"),
)
