"""A law to draw by hand over measured errors, with the largest training set held back until something is foretold."""

from math import log10
from typing import Any

from lecture.publishing.explored.controls import Explorable, Preset, button, choice, hidden, slider

FEWEST = 3
"""Sizes of a method: two to draw a line over, and one to foretell."""


def found() -> dict[str, Any]:
    """Return the points of each method: size, and mean, smallest and largest error of the runs in per cent."""
    from lecture.experiments.saturation.scaling_deep import ScalingDeep  # here, not above: it imports torch
    from lecture.records import read

    table = read(ScalingDeep.preset())
    methods = []
    for name, runs in table.assign(error=100 * table["error"]).groupby("method", sort=False):
        sizes = runs.groupby("n")["error"]
        points = [
            {
                "n": int(str(n)),
                "runs": len(errors),
                "mean": round(errors.mean(), 3),
                "low": round(errors.min(), 3),
                "high": round(errors.max(), 3),
            }
            for n, errors in sizes
        ]
        if len(points) >= FEWEST:
            methods.append({"name": str(name), "points": points})
    return {"methods": methods}


def controls(found: dict[str, Any]) -> str:
    """Return the method, slope and level of the line, and the buttons; at first the line is nearly level."""
    methods = found["methods"]
    names = {f"{place}": method["name"] for place, method in enumerate(methods)}
    points = methods[-1]["points"]
    return (
        choice("method", "Network", names, f"{len(methods) - 1}")
        + slider("slope", "Slope", 0, 1.5, 0.01, 0.1)
        + slider("level", "Height in the middle", -1, 2, 0.01, round(log10(points[len(points) // 2]["mean"]), 2))
        + button("reveal", "Commit, and reveal")
        + button("again", "Forget it")
        + hidden("forecast")
    )


EXPLORABLE = Explorable(
    experiments=("saturation.scaling_deep",),
    found=found,
    controls=controls,
    otherwise="The figure below shows the points, the laws that were fitted to them, and what came after.",
    height="high",
    presets=(
        Preset(
            "C25 a root",
            "C25: an average gets better with the root of the number. Do errors, too?",
            {"slope": "0.5"},
        ),
        Preset("C25 in step", "C25: ten times the data, a tenth of the errors. Too good to be true?", {"slope": "1"}),
        Preset(
            "C25 level",
            "C25, where it would fail: more data buy nothing. Do the points ever level off?",
            {"slope": "0"},
        ),
    ),
)
"""A line over the filled points, and what it foretells."""
