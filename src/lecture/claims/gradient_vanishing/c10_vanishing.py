"""C10: by the chain rule, small gradients multiplied over many layers come to nothing, and training stalls."""

from math import log

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.experiments.gradient_vanishing.gradient_norm import GradientNorm
from lecture.experiments.gradient_vanishing.stall import Stall
from lecture.statistics import Interval, geometric_interval, mean_interval, share_opposite

SHALLOW, DEEP = 1, 16  # hidden layers
GUESSING = log(10)  # loss of a network that gives ten equally frequent classes the same probability
VANISHED = 1e-6  # share of the gradient at the output that is left at the input
COLOURS = {"sigmoid": "sigmoid", "tanh": "tanh", "ReLU": "relu"}


def judge(norms: pd.DataFrame, training: pd.DataFrame) -> Finding:
    """Measure what one layer leaves of the gradient, what all leave, and whether the deep networks leave the start."""
    measurements: list[Measurement] = []
    factors, left = {}, {}
    for (function, start), deep in norms[norms["depth"] == DEEP].groupby(["activation", "init"]):
        error = deep.pivot(index="seed", columns="layer", values="error")
        share = error[1] / error[DEEP + 1]
        name = f"{function}_{start}".lower()
        factors[name], left[name] = geometric_interval(share ** (1 / DEEP)), geometric_interval(share)
        colour = COLOURS[str(function)]
        words = f"{function}, {start} start"
        measurements += [
            Measurement(
                f"factor_{name}",
                f"factor by which one layer changes the gradient, {words}",
                factors[name],
                spec=".3f",
                colour=colour,
            ),
            Measurement(
                f"left_{name}",
                f"share of the gradient left after {DEEP} layers, {words}",
                left[name],
                spec=".1e",
                colour=colour,
            ),
        ]
        bound = deep.pivot(index="seed", columns="layer", values="bound")
        ceiling = geometric_interval(bound[1] / bound[DEEP + 1])
        measurements.append(
            Measurement(f"bound_{name}", f"product bound on that share, {words}", ceiling, spec=".1e", colour=colour)
        )
    first = norms[(norms["layer"] == 1) & (norms["activation"] == "sigmoid")]
    for (start, depth), networks in first.groupby(["init", "depth"]):
        words = f"gradient of the first layer's weights, {depth} hidden layers, sigmoid, {start} start"
        key = f"first_{start}_{depth}".lower()
        measurements.append(
            Measurement(key, words, geometric_interval(networks["weights"]), spec=".0e", colour="sigmoid")
        )

    ends = training[training["step"] == training["step"].max()]
    losses, opposite = {}, 0.0
    for start, networks in ends.groupby("init"):
        best = {depth: _best(runs) for depth, runs in networks.groupby("depth")}
        losses[start] = {depth: mean_interval(runs["train_loss"]) for depth, runs in best.items()}
        opposite = max(opposite, share_opposite(best[DEEP]["train_loss"], best[SHALLOW]["train_loss"]))
        for depth, runs in best.items():
            words = f"loss, {depth} hidden layers, sigmoid, {start} start"
            for part, word in (("train", "training"), ("test", "test")):
                value = mean_interval(runs[f"{part}_loss"])
                measurements.append(
                    Measurement(
                        f"{part}_{start}_{depth}".lower(), f"{word} {words}", value, spec=".3f", colour="sigmoid"
                    )
                )
        deepest = training[(training["init"] == start) & (training["depth"] == DEEP)]
        most = geometric_interval(deepest.groupby("seed")["first"].max())
        words = f"largest gradient of the first layer seen in training, {DEEP} hidden layers, {start} start"
        measurements.append(Measurement(f"most_{start}".lower(), words, most, spec=".0e", colour="sigmoid"))

    vanishes = all(left[f"sigmoid_{start}"].below(VANISHED) for start in ("default", "xavier"))
    stalls = all(loss[DEEP].above(GUESSING - 0.02) and loss[SHALLOW].below(GUESSING - 0.5) for loss in losses.values())
    headline = next(m for m in measurements if m.key == "factor_sigmoid_xavier")
    measurements.remove(headline)
    measurements += [
        Measurement("guessing", "loss of guessing among ten classes, ln 10", Interval.exact(GUESSING), spec=".3f"),
        Measurement("quarter", f"0.25 to the power of {DEEP}", Interval.exact(0.25**DEEP), spec=".1e"),
    ]
    scale = ("factor_sigmoid_default", "factor_sigmoid_xavier", "factor_tanh_xavier", "factor_relu_he")
    return Finding(Verdict.HOLDS if vanishes and stalls else Verdict.FAILS, (headline, *measurements), opposite, scale)


def _best(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the runs at the learning rate with the lowest mean training loss, sorted by seed."""
    rate = runs.groupby("rate")["train_loss"].mean().idxmin()
    return runs[runs["rate"] == rate].sort_values("seed")


CLAIM = Claim(
    id="C10",
    refuted_by="In sigmoid networks of 16 hidden layers more than a millionth of the gradient at the output is left at the first "
    "layer; or, at the best of the learning rates, their training loss falls more than 0.02 below ln 10.",
    expected=Verdict.HOLDS,
    why="Each sigmoid layer passes on a small share of the gradient, the same share at every layer, so the product falls exponentially "
    "with depth. The deep networks' loss stays where guessing puts it, on the training set too: this is no overfitting.",
    experiments=(GradientNorm, Stall),
    judge=judge,
    figure="gradient_vanishing/plot_gradient_norm",
)
