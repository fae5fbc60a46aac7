"""The gradient at each layer of a network that the page itself draws, runs forward and back."""

from typing import Any

from lecture.publishing.explored.controls import Explorable, Preset, button, choice, hidden, slider, switch

SIGNALS, WIDTH, CLASSES = 16, 32, 10
"""Signals that the page sends through, units in each hidden layer, and outputs: small enough for a phone."""
NAMES = {"sigmoid": "sigmoid", "tanh": "tanh, the sigmoid centred", "relu": "ReLU", "linear": "linear"}


def found() -> dict[str, Any]:
    """Return signals of MNIST-1D with their classes, in two decimals, and the network's sizes."""
    from lecture.data import mnist1d  # here, not above: it imports torch

    signals, labels = mnist1d.generate(SIGNALS, seed=0)
    return {
        "signals": [round(value, 2) for value in signals.flatten().tolist()],
        "labels": labels.tolist(),
        "width": WIDTH,
        "classes": CLASSES,
    }


def controls(_: dict[str, Any]) -> str:
    """Return depth, scale of the weights, function, normalisation, shortcut and seed."""
    return (
        slider("depth", "Hidden layers", 1, 64, 1, 8)
        + slider("scale", "Weights, √(n Var w)", 0.1, 6, 0.01, 1)
        + choice("function", "Function", NAMES, "sigmoid")
        + switch("norm", "batch normalisation")
        + switch("shortcut", "shortcuts")
        + button("again", "Other weights")
        + hidden("seed", "1")
    )


def _preset(name: str, function: str, depth: int, scale: float, why: str, *on: str) -> Preset:
    switches = {aid: f"{aid in on:d}" for aid in ("norm", "shortcut")}
    return Preset(name, why, {"function": function, "depth": f"{depth}", "scale": f"{scale:g}", **switches})


EXPLORABLE = Explorable(
    experiments=(),
    found=found,
    controls=controls,
    otherwise="The figure below shows five such networks.",
    presets=(
        _preset("C10 sigmoid", "sigmoid", 16, 0.58, "C10: many small factors, multiplied. The first layer goes deaf."),
        _preset("C12 ReLU", "relu", 16, 1.41, "C12: the other shape, with the start that was made for it."),
        _preset(
            "C12 fails", "relu", 16, 0.58, "C12, where it fails: the same shape, and PyTorch’s start. It vanishes."
        ),
        _preset("C13 tanh", "tanh", 16, 1, "C13: another road around the same obstacle, a sigmoid that is centred."),
        _preset(
            "C13 normalised", "sigmoid", 16, 0.58, "C13: the sigmoids that went deaf, normalised. They hear.", "norm"
        ),
        _preset(
            "C13 fails",
            "relu",
            56,
            1.41,
            "C13, where it fails: normalised, deep, no shortcuts. The gradient grows.",
            "norm",
        ),
        _preset(
            "C14 shortcuts", "relu", 56, 1.41, "C14: nothing vanishes. Look which way it goes instead.", "shortcut"
        ),
        _preset(
            "C14 quiet", "relu", 64, 0.15, "C14: shortcuts around branches that start small. It passes.", "shortcut"
        ),
    ),
)
"""Depth, function, weights, normalisation and shortcuts, against the factor of a layer."""
