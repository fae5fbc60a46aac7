"""C18: use it when you have much data."""

import numpy as np
import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.claims.when_to_use.learning_curves import (
    Curves,
    best_at,
    by_method,
    censored_interval,
    clearly,
    crossings,
    lead,
    sizes,
)
from lecture.experiments.history.end_to_end import EndToEnd
from lecture.experiments.history.pipeline import Pipeline
from lecture.experiments.saturation.scaling_classical import ScalingClassical
from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.experiments.saturation.scaling_trees import ScalingTrees
from lecture.experiments.when_to_use.image_curves import ImageCurves
from lecture.experiments.when_to_use.signal_curves import SignalCurves
from lecture.statistics import Interval, difference_interval, mean_interval

SHARED = {name: name for name in ("logistic", "neighbours", "forest", "boosting")}
CLASSICAL = {**SHARED, "SVM": "SVM", "pixels, RBF SVM": "SVM"}
NETWORKS = {"MLP": "MLP", "CNN 32": "CNN", "network": "CNN"}
HANDMADE = {name: name for name in ("HOG, linear SVM", "HOG, RBF SVM", "words, linear SVM", "words, RBF SVM")}
SHIFTED = {"network, shifts": "CNN, shifts"}
EXPERIMENTS = (ScalingClassical, ScalingTrees, ScalingDeep, SignalCurves, Pipeline, EndToEnd, ImageCurves)
WHERE = {"signals": "MNIST-1D", "images": "real images"}


def races(*tables: pd.DataFrame) -> dict[str, tuple[Curves, Curves]]:
    """Return for each task the curves of the classical methods and of the networks; ``handmade`` is images again.

    Args:
        tables: The records of :data:`EXPERIMENTS`, in that order.
    """
    signals, images = pd.concat(tables[:4]), pd.concat(tables[4:])
    return {
        "signals": (by_method(signals, CLASSICAL), by_method(signals, NETWORKS)),
        "images": (by_method(images, CLASSICAL), by_method(images, NETWORKS)),
        "handmade": (by_method(images, HANDMADE), by_method(images, {**NETWORKS, **SHIFTED})),
    }


def judge(*tables: pd.DataFrame) -> Finding:
    """Ask on both tasks who is ahead with the fewest examples, who with the most, and where that changes."""
    found = races(*tables)
    leads = {task: lead(*parties) for task, parties in found.items()}
    crossed = [task for task in WHERE if clearly(leads[task].iloc[:, 0]) < 0 < clearly(leads[task].iloc[:, -1])]
    beaten = clearly(leads["handmade"].iloc[:, -1]) > 0
    if not crossed:
        verdict = Verdict.FAILS
    else:
        verdict = Verdict.HOLDS if len(crossed) == len(WHERE) and beaten else Verdict.CAVEAT

    measurements: list[Measurement] = []
    for task in WHERE:
        measurements += _task(task, *found[task], leads[task])
    measurements += _handmade(*found["handmade"], leads["handmade"])
    counts = {
        "tasks": ("tasks on which few examples favour the classical methods and many the networks", len(crossed)),
        "methods": ("methods compared on each task", len(set(CLASSICAL.values()) | set(NETWORKS.values()))),
    }
    measurements += [Measurement(key, words, Interval.exact(n), spec=".0f") for key, (words, n) in counts.items()]
    scale = ("crossing_signals", "few_signals", "much_signals", "few_images", "much_images", "handmade_lead")
    return Finding(verdict, tuple(measurements), _opposite(leads, crossed), scale)


def _opposite(leads: dict[str, pd.DataFrame], crossed: list[str]) -> float:
    """Return the largest share, over the tasks, of seeds that differ on whether there is a crossing."""
    told = {task: (leads[task].iloc[:, 0] < 0) & (leads[task].iloc[:, -1] > 0) for task in WHERE}
    return max(float(np.mean(seeds != (task in crossed))) for task, seeds in told.items())


def _task(task: str, classical: Curves, networks: Curves, leads: pd.DataFrame) -> list[Measurement]:
    """Return the crossings of one task, and the lead and the best of both parties at both ends."""
    where = WHERE[task]
    found = [_crossing(f"crossing_{task}", f"the best network beats every classical method, {where}", leads)]
    for name, curve in networks.items():
        words = f"the {name} beats every classical method, {where}"
        found.append(_crossing(f"crossing_{task}_{name.lower()}", words, lead(classical, {name: curve})))
    found.append(_clear(task, where, leads))
    never = Interval.exact(np.isinf(crossings(leads)).sum())
    found.append(Measurement(f"never_{task}", f"seeds without a crossing, {where}", never, spec=".0f"))
    for end, n in zip(("few", "much"), (sizes(leads)[0], sizes(leads)[-1]), strict=True):
        rival = best_at(classical, n)
        at = f"{where}, {n:,} examples"
        words = f"lead of the best network over the best classical method, {at}"
        found += [
            _points(f"{end}_{task}", words, mean_interval(leads[n])),
            Measurement(f"{end}_size_{task}", f"{end} examples, {where}", Interval.exact(n), spec=",.0f"),
            _error(f"{end}_classical_{task}", f"best classical method ({rival}), {at}", classical[rival][n]),
        ]
        for name, curve in networks.items():
            ahead = difference_interval(classical[rival][n], curve[n])
            found += [
                _points(
                    f"{end}_{task}_{name.lower()}", f"lead of the {name} over the best classical method, {at}", ahead
                ),
                _error(f"{end}_{name.lower()}_error_{task}", f"{name}, {at}", curve[n], "deep"),
            ]
    return found


def _crossing(key: str, words: str, leads: pd.DataFrame) -> Measurement:
    """Return where the lead turns positive for good; infinite where most seeds are not ahead at their largest size."""
    points = crossings(leads)
    never = int(np.isinf(points).sum())
    told = f"examples from which {words}" + (
        f" (median and range; {never} of {len(points)} seeds never)" if never else ""
    )
    return Measurement(key, told, censored_interval(points, bound=sizes(leads)[0]), spec=",.0f", colour="deep")


def _clear(task: str, where: str, leads: pd.DataFrame) -> Measurement:
    """Return the smallest size from which on the lead is clear at every size measured; infinite without one."""
    unclear = [place for place, n in enumerate(sizes(leads)) if clearly(leads[n]) < 1]
    clear = [*sizes(leads), np.inf][unclear[-1] + 1 if unclear else 0]
    words = f"smallest number of examples tried from which on the best network is clearly ahead, {where}"
    return Measurement(f"clear_{task}", words, Interval.exact(clear), spec=",.0f", colour="deep")


def _handmade(features: Curves, networks: Curves, leads: pd.DataFrame) -> list[Measurement]:
    """Return how the networks stand against features made by hand, at the largest size that both have."""
    n = sizes(leads)[-1]
    best, network = best_at(features, n), best_at(networks, n)
    at = f"{WHERE['images']}, {n:,} examples"
    return [
        _points(
            "handmade_lead", f"lead of the {network} over handmade features ({best}), {at}", mean_interval(leads[n])
        ),
        _error("handmade_classical", f"{best}, {at}", features[best][n]),
        _error("handmade_network", f"{network}, {at}", networks[network][n], "deep"),
        _crossing("crossing_handmade", "the best network, shifts allowed, beats handmade features", leads),
    ]


def _points(key: str, words: str, interval: Interval) -> Measurement:
    return Measurement(key, words, interval, "points", "+.1f", colour="deep")


def _error(key: str, words: str, errors: pd.Series, colour: str = "classical") -> Measurement:
    return Measurement(key, f"error of the {words}", mean_interval(errors), "%", ".1f", colour=colour)


CLAIM = Claim(
    id="C18",
    refuted_by=(
        "On neither of the two tasks do the learning curves cross: with the fewest examples the best classical method "
        "is not clearly ahead of the best network (interval of the paired difference), or with the most examples the "
        "best network is not clearly ahead. Networks that are ahead everywhere refute it as well as networks that "
        "never are. A caveat is due if only one task shows a crossing, or if features made by hand, which stand for "
        "knowledge instead of data, are not beaten with all images either."
    ),
    expected=Verdict.CAVEAT,
    why=(
        "On signals the curves cross as the talk says: classical methods lead with the fewest examples, the "
        "convolutional network with many. On real images neither end of our pool gave a clear lead, and "
        "the network does not clearly beat features made by hand. How much is much depends on the task and on the "
        "rival."
    ),
    experiments=EXPERIMENTS,
    judge=judge,
    figure="when_to_use/plot_much_data",
    citations=("perlich2003tree",),
)
