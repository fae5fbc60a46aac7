"""C13: independent lines of work each solved vanishing gradients in their own way, and whoever did, did very well."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict, key_of
from lecture.claims.selection import at_best_rate, groups
from lecture.experiments.gradient_vanishing.remedies import Remedies
from lecture.statistics import Interval, difference_interval, geometric_interval, mean_interval

LEARNS = 20.0  # per cent: twice what guessing among ten classes gets right
SMALLEST = 1e-45  # the smallest positive float32, for gradients that are rounded to 0
LINES = {
    "initialisation": ("Xavier start", "centred start"),
    "activation": ("ReLU", "ReLU, He start"),
    "normalisation": ("batch norm",),
    "shortcuts": ("residual",),
}
"""The lines of work. The first entry changes one thing, and only one; the second is the line in its best version."""
COLOURS = {
    "tanh": "tanh",
    "tanh, Xavier start": "tanh",
    "ReLU": "relu",
    "ReLU, He start": "relu",
    "residual": "residual",
}


def judge(runs: pd.DataFrame) -> Finding:
    """Ask whether the deep network learns with each remedy, and with one single change of each line of work."""
    patients = dict(groups(at_best_rate(runs, ["remedy"]), "remedy"))
    accuracy = {remedy: 100 * patient["train_accuracy"].to_numpy() for remedy, patient in patients.items()}
    learns = {remedy: mean_interval(percent).above(LEARNS) for remedy, percent in accuracy.items()}
    solved = sum(any(learns[version] for version in versions) for versions in LINES.values())
    alone = sum(learns[versions[0]] for versions in LINES.values())
    verdict = Verdict.FAILS if solved < len(LINES) - 1 else Verdict.CAVEAT if alone < len(LINES) else Verdict.HOLDS

    of = f"lines of work, of {len(LINES)},"
    found = [
        Measurement("lines_solved", f"{of} with which the network learns", Interval.exact(solved), spec=".0f"),
        Measurement("lines_alone", f"{of} of which one change is enough", Interval.exact(alone), spec=".0f"),
    ]
    for remedy, patient in patients.items():
        found += _patient(remedy, patient, difference_interval(accuracy[remedy], accuracy["nothing"]))
    opposite = max((float((accuracy[remedy] <= LEARNS).mean()) for remedy in learns if learns[remedy]), default=0.0)
    scale = tuple(f"train_{key_of(remedy)}" for remedy in ("nothing", "ReLU, He start", "batch norm", "residual"))
    return Finding(verdict, tuple(found), opposite, scale)


def _patient(remedy: str, runs: pd.DataFrame, gain: Interval) -> list[Measurement]:
    """Return what is measured of the network with one remedy."""
    name, colour = key_of(remedy), COLOURS.get(remedy, "sigmoid")
    train, test = (mean_interval(100 * runs[f"{part}_accuracy"]) for part in ("train", "test"))
    gradient = geometric_interval(runs["first_gradient"].clip(lower=SMALLEST))
    rate = Interval.exact(runs["rate"].iloc[0])
    first, won = "gradient of the first layer at the start", "training accuracy won over the untouched network"
    return [
        Measurement(f"train_{name}", f"training accuracy, {remedy}", train, "%", ".0f", colour=colour),
        Measurement(f"test_{name}", f"test accuracy, {remedy}", test, "%", ".0f", colour=colour),
        Measurement(f"gain_{name}", f"{won}, {remedy}", gain, "points", "+.0f", colour=colour),
        Measurement(f"gradient_{name}", f"{first}, {remedy}", gradient, spec=".0e", colour=colour),
        Measurement(f"rate_{name}", f"best learning rate, {remedy}", rate, spec="g", colour=colour),
    ]


CLAIM = Claim(
    id="C13",
    refuted_by="On one and the same deep sigmoid network, fewer than three of four lines of work (initialisation, "
    "activation, normalisation, shortcuts) lift training accuracy above 20 %, twice guessing, in any version. "
    "A caveat is due if one single change is not enough for each of them.",
    expected=Verdict.CAVEAT,
    why="Every line of work makes the untrainable network learn, and what they share is that the gradient arrives "
    "at the first layer. But two of them need more than their famous name: ReLU needs a start made for it, "
    "and for sigmoids Glorot's start alone is not enough. A better optimiser alone, Adam, does not help "
    "either.",
    experiments=(Remedies,),
    judge=judge,
    figure="gradient_vanishing/plot_remedies",
    citations=(
        "glorot2010understanding",
        "he2015delving",
        "ioffe2015batch",
        "he2016deep",
        "kingma2015adam",
        "krizhevsky2012imagenet",
    ),
)
