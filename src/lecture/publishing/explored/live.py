"""A deep network that trains while one looks at it: every step is computed in the page."""

from typing import Any

from lecture.publishing.explored.controls import Explorable, Preset, button, choice, hidden, slider, switch

POINTS, BATCH = 256, 32
"""Points of a data set, and how many of them a step sees: eight steps are a pass."""
TURNS = 1.0
"""Of each spiral: enough that no shallow curve parts them, few enough for some seconds of training."""
SETS = {"spirals": "two spirals", "quadrants": "XOR of two signs", "rings": "a ring around a disc"}
FUNCTIONS = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}
STARTS = {"default": "PyTorch’s", "Xavier": "Glorot’s", "He": "He’s"}
"""As :data:`lecture.models.initialisers.INITIALISERS` names them."""
OPTIMISERS = {"sgd": "plain descent", "momentum": "momentum", "adam": "Adam"}


def found() -> dict[str, Any]:
    """Return the size of a batch, and of each data set its points: two coordinates in three decimals and a class."""
    import torch  # here, not above: it takes seconds

    from lecture.data import plane, spirals
    from lecture.seeds import Seeds

    stream = Seeds((0,), torch.device("cpu")).stream
    sets = {
        "spirals": spirals.points(stream("spirals"), POINTS, TURNS),
        "quadrants": plane.quadrants(stream("quadrants"), POINTS),
        "rings": plane.rings(stream("rings"), POINTS),
    }
    return {
        "batch": BATCH,
        "sets": {
            name: [
                [round(x, 3), round(y, 3), label]
                for (x, y), label in zip(places[0].tolist(), classes[0].tolist(), strict=True)
            ]
            for name, (places, classes) in sets.items()
        },
    }


def controls(_: dict[str, Any]) -> str:
    """Return the buttons, then what the network is, how it is trained and on what."""
    return (
        button("run", "Run")
        + button("step", "One step")
        + button("restart", "From the start")
        + button("again", "Other weights")
        + choice("function", "Function", FUNCTIONS, "sigmoid")
        + choice("start", "Start", STARTS, "default")
        + slider("depth", "Hidden layers", 1, 30, 1, 10)
        + slider("width", "Units in each", 2, 48, 1, 32)
        + switch("norm", "batch normalisation")
        + switch("shortcut", "shortcuts")
        + choice("optimiser", "Optimiser", OPTIMISERS, "momentum")
        + slider("rate", "Learning rate", -4, 1, 0.5, -2)
        + choice("data", "Data", SETS, "spirals")
        + hidden("seed", "1")
    )


def _preset(name: str, why: str, **changed: str) -> Preset:
    usual = {
        "function": "sigmoid", "start": "default", "depth": "10", "width": "32", "norm": "0", "shortcut": "0",
        "optimiser": "momentum", "rate": "-2", "data": "spirals",
    }  # fmt: skip
    return Preset(name, why, usual | changed)


EXPLORABLE = Explorable(
    experiments=(),
    found=found,
    controls=controls,
    otherwise="The chapter on vanishing gradients has the figures of such networks, standing still.",
    presets=(
        _preset("C10 stalls", "C10: ten sigmoid layers. Run it, and watch the loss stay where guessing puts it."),
        _preset("C12 ReLU", "C12: the same layers with ReLU, from the start made for it.", function="relu", start="He"),
        _preset("C12 fails", "C12, where it fails: ReLU again, but from PyTorch’s start.", function="relu"),
        _preset("C13 normalised", "C13: the sigmoids that stalled, with batch normalisation.", norm="1"),
        _preset("C13 Adam alone", "C13, where it fails: the sigmoids that stalled, with Adam.", optimiser="adam"),
        _preset(
            "C14 thirty layers",
            "C14: thirty layers with shortcuts, in steps ten times smaller.",
            function="relu",
            depth="30",
            shortcut="1",
            rate="-3",
        ),
        _preset(
            "C14 diverges",
            "C14, where it fails: thirty layers, and each adds as much as it gets. Not even the smallest step helps.",
            function="relu",
            depth="30",
            shortcut="1",
            start="He",
        ),
    ),
    height="tall",
)
"""Everything that decides whether a deep network learns, to be changed while it trains."""
