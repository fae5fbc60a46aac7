"""Single runs of comparisons whose verdicts the book gives, drawn a few at a time."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lecture.publishing.explored.controls import Explorable, Preset, button, choice, hidden, slider, switch


def found() -> dict[str, Any]:
    """Return comparisons: each run's number, the bar, and what a mean on either side of it would say."""
    from lecture.claims.gradient_vanishing import c12_relu  # here, not above: they import torch
    from lecture.claims.history import c07_dropout
    from lecture.claims.selection import at_best_rate, groups
    from lecture.claims.summary import c29_causes
    from lecture.experiments.gradient_vanishing.race import Race
    from lecture.experiments.history.cures import Cures
    from lecture.experiments.summary.ablation import Ablation
    from lecture.records import read

    epochs = at_best_rate(c12_relu.epochs_to_target(read(Race.preset())), ["activation"], score="epochs")
    runs = dict(groups(epochs, "activation"))
    cells = c29_causes.cells(read(Ablation.preset()))
    cures = c07_dropout.percents(read(Cures.preset()))
    return {
        "comparisons": [
            _comparison(
                "C12 tanh against ReLU",
                runs["tanh"]["epochs"].to_numpy() / runs["ReLU"]["epochs"].to_numpy(),
                c12_relu.RACE.value,
                "times the epochs",
                ("tanh is slower by more than the bar", "tanh is not slower by more than the bar"),
            ),
            _comparison(
                "C29 old tools against today’s",
                cells["patient"].error.to_numpy() - cells["full"].error.to_numpy(),
                c29_causes.CLEAR.value,
                "points of error",
                ("trainable depth was needed", "it was not needed"),
            ),
            _comparison(
                "C07 dropout against none",
                cures["dropout"]["test"].to_numpy() - cures["nothing"]["test"].to_numpy(),
                c07_dropout.CLEAR.value,
                "points of accuracy",
                ("dropout helps", "dropout does not help"),
            ),
        ]
    }


def _comparison(
    words: str, values: NDArray[np.float64], bar: float, unit: str, answers: tuple[str, str]
) -> dict[str, Any]:
    above, below = answers
    return {
        "words": words, "values": values.round(4).tolist(), "bar": bar, "unit": unit, "above": above, "below": below,
    }  # fmt: skip


def controls(found: dict[str, Any]) -> str:
    """Return the comparison, how many runs to draw, the draw, and whether all are shown."""
    comparisons = found["comparisons"]
    most = max(len(comparison["values"]) for comparison in comparisons)
    return (
        choice("comparison", "Comparison", {f"{n}": one["words"] for n, one in enumerate(comparisons)}, "0")
        + slider("runs", "Runs that you can afford", 1, most, 1, 1)
        + button("again", "Draw again")
        + switch("all", "show all runs")
        + hidden("seed", "1")
    )


EXPLORABLE = Explorable(
    experiments=("gradient_vanishing.race", "summary.ablation", "history.cures"),
    found=found,
    controls=controls,
    otherwise="The cards say of each comparison how many single runs would have misled you.",
    presets=(
        Preset(
            "C12 one run",
            "C12: one run of each network. Draw again, and again.",
            {"comparison": "0", "runs": "1", "all": "0"},
        ),
        Preset(
            "C29 one run",
            "C29: one run, with old tools and with today’s.",
            {"comparison": "1", "runs": "1", "all": "0"},
        ),
        Preset(
            "C07 one run",
            "C07: one run with dropout, one without. How often is the answer the other one?",
            {"comparison": "2", "runs": "1", "all": "0"},
        ),
        Preset(
            "C07 all runs",
            "C07: all that the book has. Now you see where yours came from.",
            {"comparison": "2", "all": "1"},
        ),
    ),
)
"""How often a few runs would have told the opposite of all."""
