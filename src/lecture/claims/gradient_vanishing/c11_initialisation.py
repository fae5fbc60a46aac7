"""C11: there are other explanations of vanishing gradients."""

from math import log

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.claims.selection import at_best_rate
from lecture.experiments.gradient_vanishing.initialisation import Initialisation
from lecture.experiments.gradient_vanishing.jacobian import Jacobian
from lecture.experiments.gradient_vanishing.saturation import Saturation
from lecture.statistics import Interval, geometric_interval, mean_interval, share_opposite

GUESSING = log(10)  # loss of a network that gives ten equally frequent classes the same probability
DEEP = 16  # hidden layers
COLOURS = {"sigmoid": "sigmoid", "tanh": "tanh", "ReLU": "relu"}


def judge(training: pd.DataFrame, jacobians: pd.DataFrame, outputs: pd.DataFrame) -> Finding:
    """Change only the start, or only add normalisation, and see whether the same deep network trains."""
    networks = at_best_rate(training, by=["activation", "init", "norm"]).groupby(["activation", "init", "norm"])
    best = {_name(*map(str, network)): runs for network, runs in networks}
    losses = {name: mean_interval(runs["train_loss"]) for name, runs in best.items()}
    pairs = [("relu_default", "relu_he"), ("sigmoid_xavier", "sigmoid_batchnorm")]
    decides = [_stuck(losses[before]) and _trained(losses[after]) for before, after in pairs]
    opposite = max(share_opposite(best[before]["train_loss"], best[after]["train_loss"]) for before, after in pairs)

    measurements = [*_networks(best), *_spectra(jacobians), *_top(outputs)]
    measurements.sort(key=lambda m: m.key != "accuracy_relu_he")  # the headline first, the rest in its order
    scale = ("accuracy_relu_default", "accuracy_relu_he", "accuracy_sigmoid_xavier", "accuracy_sigmoid_batchnorm")
    return Finding(Verdict.HOLDS if all(decides) else Verdict.FAILS, tuple(measurements), opposite, scale)


def _networks(best: dict[str, pd.DataFrame]) -> list[Measurement]:
    """Measure each network: what it learned, and what of the gradient reaches its first layer."""
    found = []
    for name, runs in best.items():
        function, start, norm = (str(runs[column].iloc[0]) for column in ("activation", "init", "norm"))
        words = f"{function}, " + ("batch norm" if norm == "batch" else f"{start} start")
        quantities = {
            "accuracy": ("training accuracy", mean_interval(100 * runs["train_accuracy"]), "%", ".0f"),
            "test": ("test accuracy", mean_interval(100 * runs["test_accuracy"]), "%", ".0f"),
            "loss": ("training loss", mean_interval(runs["train_loss"]), "", ".2f"),
            "share": (
                "gradient of the first layer over the last hidden one's",
                geometric_interval(runs["share"]),
                "",
                ".0e",
            ),
            "rate": ("best learning rate", Interval.exact(runs["rate"].iloc[0]), "", "g"),
        }
        found += [
            Measurement(f"{key}_{name}", f"{quantity}, {words}", value, unit, spec, colour=COLOURS[function])
            for key, (quantity, value, unit, spec) in quantities.items()
        ]
    return found


def _spectra(jacobians: pd.DataFrame) -> list[Measurement]:
    """Measure the largest and the median singular value of the untrained networks."""
    found = []
    for (function, start), spectra in jacobians[jacobians["depth"] == DEEP].groupby(["activation", "init"]):
        values = spectra.pivot(index="seed", columns="rank", values="value")
        name, words = f"{function}_{start}".lower(), f"singular value over {DEEP} layers, {function}, {start} start"
        found += [
            Measurement(f"largest_{name}", f"largest {words}", mean_interval(values[1]), spec=".2g"),
            Measurement(f"median_{name}", f"median {words}", mean_interval(values.median(axis=1)), spec=".2g"),
        ]
    return found


def _top(outputs: pd.DataFrame) -> list[Measurement]:
    """Measure the top hidden layer of the sigmoid network before and after training, and the layer below it."""
    found = []
    sigmoid, layers = outputs[outputs["activation"] == "sigmoid"], outputs["layer"].max()
    for moment, step in (("start", sigmoid["step"].min()), ("end", sigmoid["step"].max())):
        for place, layer in (("top", layers), ("below", layers - 1)):
            seen = sigmoid[(sigmoid["step"] == step) & (sigmoid["layer"] == layer)]
            words = f"of hidden layer {layer} of {layers} at the {moment}, sigmoid"
            found += [
                Measurement(f"{place}_slope_{moment}", f"mean slope {words}", mean_interval(seen["slope"]), spec=".3f"),
                Measurement(f"{place}_mean_{moment}", f"mean output {words}", mean_interval(seen["mean"])),
            ]
    return found


def _name(function: str, start: str, norm: str) -> str:
    return f"{function}_{'batchnorm' if norm == 'batch' else start}".lower()


def _stuck(loss: Interval) -> bool:
    return loss.above(GUESSING - 0.05)


def _trained(loss: Interval) -> bool:
    return loss.below(GUESSING - 0.5)


CLAIM = Claim(
    id="C11",
    refuted_by="With 16 hidden layers, ReLU trains from torch's default start as well as from He's, or the sigmoid "
    "without normalisation as well as with it: training loss below ln 10 - 0.5 on both sides, or on "
    "neither.",
    expected=Verdict.HOLDS,
    why="The shape of the function is not the whole story. ReLU itself stays stuck from torch's default start and "
    "learns from He's; the sigmoid learns as soon as each layer is normalised. Same depth, same function: the "
    "scale decides.",
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
