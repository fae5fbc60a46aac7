"""Signals and digits with their points in order and shuffled, and how much each of several models then gets wrong."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lecture.publishing.explored.controls import Explorable, Preset, button, choice, hidden, slider, switch

if TYPE_CHECKING:
    import pandas as pd
    from torch import Tensor

    from lecture.experiments.when_to_use.order import Sets

BETS = {
    "simple": "simple: linear, SVM", "mlp": "fully connected", "cnn": "convolutional", "gru": "recurrent",
}  # fmt: skip
MODELS = {
    "logistic": ("simple", "linear"), "SVM": ("simple", "SVM"), "MLP": ("mlp", "fully conn."),
    "CNN": ("cnn", "convolutional"), "GRU": ("gru", "recurrent"),
}  # fmt: skip
"""Of each model in the records: the bet on it, and words for its row."""
MOST = 60
"""Points by which one can bet that an error grows."""


def found() -> dict[str, Any]:
    """Return of each set an example a class in both orders, and each run's error of each model, in per cent."""
    import pandas as pd  # here, not above: they import torch
    import torch

    from lecture.experiments.when_to_use import order, pixels
    from lecture.records import read
    from lecture.seeds import Seeds

    signals, recurrent, digits = order.Order.preset(), order.OrderRecurrent.preset(), pixels.Pixels.preset()
    seen, drawn = (Seeds((settings.first_seed,), torch.device("cpu")) for settings in (signals, digits))
    return {
        "signals": {
            "examples": _examples(order.both_orders(seen, signals.train, signals.test), _heights),
            "models": _models(pd.concat([read(signals), read(recurrent)])),
        },
        "digits": {
            "examples": _examples(pixels.both_orders(drawn, digits.train, digits.test), _greys),
            "models": _models(read(digits)),
        },
    }


def _examples(sets: "Sets", written: "Callable[[Tensor], Any]") -> list[dict[str, Any]]:
    """Return the first test example of each class, as the first seed's models meet it: in order, and shuffled."""
    _, _, (ordered, shuffled), (labels, _) = sets
    firsts = {int(label): place for place, label in reversed(list(enumerate(labels)))}
    return [
        {"label": label, "orders": [written(ordered[place]), written(shuffled[place])]}
        for label, place in sorted(firsts.items())
    ]


def _heights(signal: "Tensor") -> list[float]:
    return [round(height, 2) for height in signal.tolist()]


def _greys(image: "Tensor") -> str:
    """Return a digit from 0 to 9 for each pixel, row by row."""
    return "".join(f"{round(9 * grey)}" for grey in image.flatten().tolist())


def _models(runs: "pd.DataFrame") -> list[dict[str, Any]]:
    """Return each model's errors in order and shuffled, in per cent, both in the order of the seeds."""
    errors = runs.assign(error=100 * (1 - runs["test_accuracy"])).pivot(
        index=["model", "seed"], columns="order", values="error"
    )
    return [
        {
            "bet": bet,
            "words": words,
            "errors": errors.loc[model, ["ordered", "shuffled"]].round(2).T.to_numpy().tolist(),
        }
        for model, (bet, words) in MODELS.items()
        if model in errors.index
    ]


def controls(found: dict[str, Any]) -> str:
    """Return the set, the example, its order, a bet on each model, and the buttons."""
    examples = min(len(some["examples"]) for some in found.values())
    return (
        choice("data", "Examples", {"signals": "signals", "digits": "digits"}, "digits")
        + slider("example", "Which one", 0, examples - 1, 1, min(3, examples - 1))
        + switch("shuffled", "shuffle its points")
        + "".join(slider(name, f"Your bet, {words}", 0, MOST, 1, 10) for name, words in BETS.items())
        + button("reveal", "Reveal")
        + button("again", "Close")
        + hidden("open")
    )


EXPLORABLE = Explorable(
    experiments=("when_to_use.order", "when_to_use.order_recurrent", "when_to_use.pixels"),
    found=found,
    controls=controls,
    otherwise="The chapter’s figures show both orders, and what each model makes of them.",
    presets=(
        Preset(
            "C22 a signal",
            "C22: the points of a line, in no order. Could you still name it?",
            {"data": "signals", "shuffled": "1"},
        ),
        Preset("C22 a digit", "C22: the same with pixels. Could you?", {"data": "digits", "shuffled": "1"}),
    ),
)
"""One fixed disorder, and who suffers from it."""
