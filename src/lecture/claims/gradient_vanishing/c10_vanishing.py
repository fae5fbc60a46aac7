"""C10: by the chain rule, small gradients multiplied over many layers come to nothing, and training stalls."""

from math import log

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.claims.selection import at_best_rate
from lecture.experiments.gradient_vanishing.gradient_norm import GradientNorm
from lecture.experiments.gradient_vanishing.stall import Stall
from lecture.statistics import Interval, geometric_interval, mean_interval, share_opposite

SHALLOW, DEEP = 1, 16  # hidden layers
GUESSING = log(10)  # loss of a network that gives ten equally frequent classes the same probability
VANISHED = 1e-6  # share of the gradient at the output that is left at the input
HEADLINE = "factor_sigmoid_xavier"
SCALE = ("factor_sigmoid_default", HEADLINE, "factor_tanh_xavier", "factor_relu_he")
COLOURS = {"sigmoid": "sigmoid", "tanh": "tanh", "ReLU": "relu"}


def judge(norms: pd.DataFrame, training: pd.DataFrame) -> Finding:
    """Measure what one layer leaves of the gradient, what all leave, and whether the deep networks leave the start."""
    passing = _passing(norms)
    ends = at_best_rate(training[training["step"] == training["step"].max()], by=["init", "depth"])
    vanishes = all(
        m.interval.below(VANISHED) for m in passing if m.key in ("left_sigmoid_default", "left_sigmoid_xavier")
    )
    stalls, opposite = True, 0.0
    for _, runs in ends.groupby("init"):
        shallow, deep = (runs.loc[runs["depth"] == depth, "train_loss"].to_numpy() for depth in (SHALLOW, DEEP))
        stalls &= mean_interval(deep).above(GUESSING - 0.02) and mean_interval(shallow).below(GUESSING - 0.5)
        opposite = max(opposite, share_opposite(deep, shallow))
    measurements = [
        *passing,
        *_first(norms),
        *(measurement for start, runs in ends.groupby("init") for measurement in _training(str(start), runs)),
        *(_most(str(start), runs) for start, runs in training[training["depth"] == DEEP].groupby("init")),
        Measurement("guessing", "loss of guessing among ten classes, ln 10", Interval.exact(GUESSING), spec=".3f"),
        Measurement("quarter", f"0.25 to the power of {DEEP}", Interval.exact(0.25**DEEP), spec=".0e"),
    ]
    measurements.sort(key=lambda measurement: measurement.key != HEADLINE)
    verdict = Verdict.HOLDS if vanishes and stalls else Verdict.FAILS
    return Finding(verdict, tuple(measurements), opposite, SCALE)


def _passing(norms: pd.DataFrame) -> list[Measurement]:
    """Measure what one layer, and what all layers, leave of the gradient, beside the product bound."""
    found = []
    for (function, start), deep in norms[norms["depth"] == DEEP].groupby(["activation", "init"]):
        error, bound = (deep.pivot(index="seed", columns="layer", values=column) for column in ("error", "bound"))
        left, most = error[1] / error[DEEP + 1], bound[1] / bound[DEEP + 1]
        name, colour = f"{function}_{start}".lower(), COLOURS[str(function)]
        quantities = {
            "factor": ("factor by which one layer changes the gradient", geometric_interval(left ** (1 / DEEP)), ".2f"),
            "left": (f"share of the gradient left after {DEEP} layers", geometric_interval(left), ".0e"),
            "bound": ("product bound on that share", geometric_interval(most), ".0e"),
        }
        found += [
            Measurement(f"{key}_{name}", f"{words}, {function}, {start} start", value, spec=spec, colour=colour)
            for key, (words, value, spec) in quantities.items()
        ]
    return found


def _first(norms: pd.DataFrame) -> list[Measurement]:
    """Measure the gradient of the first layer's weights at each depth, before training."""
    first = norms[(norms["layer"] == 1) & (norms["activation"] == "sigmoid")]
    return [
        Measurement(
            f"first_{start}_{depth}".lower(),
            f"gradient of the first layer's weights, hidden layers: {depth}, sigmoid, {start} start",
            geometric_interval(networks["weights"]),
            spec=".0e",
            colour="sigmoid",
        )
        for (start, depth), networks in first.groupby(["init", "depth"])
    ]


def _training(start: str, ends: pd.DataFrame) -> list[Measurement]:
    """Measure the loss at the end of training, at each depth."""
    found = []
    for depth, runs in ends.groupby("depth"):
        for part, word in (("train", "training"), ("test", "test")):
            words = f"{word} loss, hidden layers: {depth}, sigmoid, {start} start"
            loss = mean_interval(runs[f"{part}_loss"])
            found.append(Measurement(f"{part}_{start}_{depth}".lower(), words, loss, spec=".3f", colour="sigmoid"))
    return found


def _most(start: str, deep: pd.DataFrame) -> Measurement:
    """Measure the largest gradient that the first layer of the deep networks saw at any step and learning rate."""
    words = f"largest gradient of the first layer during training, hidden layers: {DEEP}, sigmoid, {start} start"
    most = geometric_interval(deep.groupby("seed")["first"].max())
    return Measurement(f"most_{start}".lower(), words, most, spec=".0e", colour="sigmoid")


CLAIM = Claim(
    id="C10",
    refuted_by="In sigmoid networks of 16 hidden layers more than a millionth of the gradient at the output is left at "
    "the first layer; or, at the best of the learning rates, their training loss falls more than 0.02 below "
    "ln 10.",
    expected=Verdict.HOLDS,
    why="Each sigmoid layer passes on a small share of the gradient, the same share at every layer, so that the "
    "product falls exponentially with depth. The deep networks' loss stays where guessing puts it, on the training "
    "set too: this is no overfitting.",
    experiments=(GradientNorm, Stall),
    judge=judge,
    figure="gradient_vanishing/plot_gradient_norm",
    citations=("hochreiter1991untersuchungen", "bengio1994learning"),
)
