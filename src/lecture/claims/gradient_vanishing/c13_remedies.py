"""C13: independent lines of work each solved vanishing gradients in their own way, and whoever did, did very well."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.claims.selection import at_best_rate, groups
from lecture.experiments.gradient_vanishing.remedies import Remedies
from lecture.statistics import Interval, difference_interval, geometric_interval, mean_interval

LEARNS = 20.0  # per cent: twice what guessing among ten classes gets right
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
    """Ask of each remedy whether the deep sigmoid network learns with it, and of each line whether one change does."""
    chosen = at_best_rate(runs, ["remedy"])
    patients = dict(groups(chosen, "remedy"))
    learns, measurements, opposite = {}, [], 0.0
    untouched = 100 * patients["nothing"]["train_accuracy"].to_numpy()
    for remedy, group in patients.items():
        name, colour = key(remedy), COLOURS.get(remedy, "sigmoid")
        accuracy = 100 * group["train_accuracy"].to_numpy()
        interval = mean_interval(accuracy)
        learns[remedy] = interval.above(LEARNS)
        if learns[remedy]:
            opposite = max(opposite, float((accuracy <= LEARNS).mean()))
        measurements += [
            Measurement(f"train_{name}", f"training accuracy, {remedy}", interval, "%", ".0f", colour=colour),
            Measurement(
                f"test_{name}", f"test accuracy, {remedy}", mean_interval(100 * group["test_accuracy"]), "%", ".0f"
            ),
            Measurement(
                f"gain_{name}",
                f"training accuracy won over the untouched network, {remedy}",
                difference_interval(accuracy, untouched),
                "points",
                "+.0f",
            ),
            Measurement(
                f"gradient_{name}",
                f"gradient of the first layer at the start, {remedy}",
                geometric_interval(group["first_gradient"].clip(lower=1e-45)),
                spec=".0e",
                colour=colour,
            ),
            Measurement(f"rate_{name}", f"best rate, {remedy}", Interval.exact(group["rate"].iloc[0]), spec="g"),
        ]
    alone = [line for line, versions in LINES.items() if learns[versions[0]]]
    solved = [line for line, versions in LINES.items() if any(learns[version] for version in versions)]
    few = len(LINES) - 1
    verdict = Verdict.HOLDS if len(alone) == len(LINES) else Verdict.CAVEAT if len(solved) >= few else Verdict.FAILS
    counts = [
        Measurement(
            "lines_solved",
            f"lines of work, of {len(LINES)}, with which the network learns",
            Interval.exact(len(solved)),
            spec=".0f",
        ),
        Measurement(
            "lines_alone",
            f"lines of work, of {len(LINES)}, of which one single change is enough",
            Interval.exact(len(alone)),
            spec=".0f",
        ),
    ]
    scale = tuple(f"train_{key(remedy)}" for remedy in ("nothing", "ReLU, He start", "batch norm", "residual"))
    return Finding(verdict, (*counts, *measurements), opposite, scale)


def key(remedy: str) -> str:
    """Return a remedy's name as it stands in the keys of measurements: ``"ReLU, He start"`` is ``relu_he_start``."""
    return remedy.lower().replace(",", "").replace(" ", "_")


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
