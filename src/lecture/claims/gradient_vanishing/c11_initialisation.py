"""C11: there are other explanations of vanishing gradients."""

from math import log

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.experiments.gradient_vanishing.initialisation import Initialisation
from lecture.experiments.gradient_vanishing.jacobian import Jacobian
from lecture.experiments.gradient_vanishing.saturation import Saturation
from lecture.statistics import Interval, geometric_interval, mean_interval, share_opposite

GUESSING = log(10)  # loss of a network that gives ten equally frequent classes the same probability
DEEP = 16  # hidden layers
COLOURS = {"sigmoid": "sigmoid", "tanh": "tanh", "ReLU": "relu"}


def judge(training: pd.DataFrame, jacobians: pd.DataFrame, outputs: pd.DataFrame) -> Finding:
    """Change only the start, or only add normalisation, and see whether the same deep network trains."""
    best = {
        _name(*network): runs[runs["rate"] == runs.groupby("rate")["train_loss"].mean().idxmin()].sort_values("seed")
        for network, runs in training.groupby(["activation", "init", "norm"])
    }
    losses = {name: mean_interval(runs["train_loss"]) for name, runs in best.items()}
    pairs = [("relu_default", "relu_he"), ("sigmoid_xavier", "sigmoid_batchnorm")]
    decides = [_stuck(losses[before]) and _trained(losses[after]) for before, after in pairs]
    opposite = max(share_opposite(best[before]["train_loss"], best[after]["train_loss"]) for before, after in pairs)

    measurements = []
    for name, runs in best.items():
        function, start = (
            runs["activation"].iloc[0],
            "batch norm" if name.endswith("norm") else runs["init"].iloc[0] + " start",
        )
        words, colour = f"{function}, {start}", COLOURS[function]
        accuracy = mean_interval(100 * runs["train_accuracy"])
        measurements += [
            Measurement(f"accuracy_{name}", f"training accuracy, {words}", accuracy, "%", ".0f", colour=colour),
            Measurement(
                f"test_{name}",
                f"test accuracy, {words}",
                mean_interval(100 * runs["test_accuracy"]),
                "%",
                ".0f",
                colour=colour,
            ),
            Measurement(f"loss_{name}", f"training loss, {words}", losses[name], spec=".2f", colour=colour),
            Measurement(
                f"share_{name}",
                f"gradient of the first layer over the last hidden one's, {words}",
                geometric_interval(runs["share"]),
                spec=".1e",
                colour=colour,
            ),
            Measurement(f"rate_{name}", f"best learning rate, {words}", Interval.exact(runs["rate"].iloc[0]), spec="g"),
        ]
    for (function, start), spectra in jacobians[jacobians["depth"] == DEEP].groupby(["activation", "init"]):
        values = spectra.pivot(index="seed", columns="rank", values="value")
        name, words = (
            f"{function}_{start}".lower(),
            f"singular value of the Jacobian, {DEEP} hidden layers, {function}, {start} start",
        )
        measurements += [
            Measurement(f"largest_{name}", f"largest {words}", mean_interval(values[1]), spec=".2g"),
            Measurement(f"median_{name}", f"median {words}", mean_interval(values.median(axis=1)), spec=".2g"),
        ]
    top = outputs[(outputs["activation"] == "sigmoid") & (outputs["layer"] == outputs["layer"].max())]
    for moment, step in (("start", top["step"].min()), ("end", top["step"].max())):
        seen = top[top["step"] == step]
        measurements += [
            Measurement(
                f"top_slope_{moment}",
                f"mean slope of the top hidden layer's sigmoids at the {moment}",
                mean_interval(seen["slope"]),
                spec=".3f",
            ),
            Measurement(
                f"top_mean_{moment}",
                f"mean output of the top hidden layer at the {moment}",
                mean_interval(seen["mean"]),
                spec=".2f",
            ),
        ]
    measurements.sort(key=lambda m: m.key != "accuracy_relu_he")  # the headline first, the rest in its order
    scale = ("accuracy_relu_default", "accuracy_relu_he", "accuracy_sigmoid_xavier", "accuracy_sigmoid_batchnorm")
    return Finding(Verdict.HOLDS if all(decides) else Verdict.FAILS, tuple(measurements), opposite, scale)


def _name(function: str, start: str, norm: str) -> str:
    return f"{function}_{'batchnorm' if norm == 'batch' else start}".lower()


def _stuck(loss: Interval) -> bool:
    return loss.above(GUESSING - 0.05)


def _trained(loss: Interval) -> bool:
    return loss.below(GUESSING - 0.5)


CLAIM = Claim(
    id="C11",
    refuted_by="With 16 hidden layers, ReLU trains from torch's default start as well as from He's, or the sigmoid without "
    "normalisation as well as with it: training loss below ln 10 - 0.5 on both sides, or on neither.",
    expected=Verdict.HOLDS,
    why="The shape of the function is not the whole story. ReLU itself stays stuck from torch's default start and learns from "
    "He's; the sigmoid learns as soon as each layer is normalised. Same depth, same function: the scale of the weights decides.",
    experiments=(Initialisation, Jacobian, Saturation),
    judge=judge,
    figure="gradient_vanishing/plot_initialisation",
    citations=(
        "glorot2010understanding",
        "he2015delving",
        "ioffe2015batch",
        "saxe2014exact",
        "pennington2017resurrecting",
        "balduzzi2017shattered",
    ),
)
