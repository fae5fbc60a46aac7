"""A walker to drop on five landscapes, the last of them the loss of a real neuron."""

from typing import Any

from lecture.publishing.explored.controls import Explorable, Preset, button, choice, slider

LANDSCAPES = {
    "bowl": "bowl", "ravine": "ravine", "saddle": "saddle", "plateau": "plateau", "neuron": "a sigmoid neuron’s loss",
}  # fmt: skip
SCALE = 5.0
"""The sliders go from -2 to 2; the neuron's weight and bias are so many times as large."""


def found() -> dict[str, Any]:
    """Return the landscapes' minima, curvature there (the ravine's is its stretch) and scale, the neuron's task."""
    from lecture.claims.gradient_vanishing.c08_descent import NEAR, SMALL  # here, not above: they import torch
    from lecture.experiments.gradient_vanishing.descent import Descent
    from lecture.experiments.gradient_vanishing.neuron import INPUTS, NEURON, TARGETS
    from lecture.experiments.gradient_vanishing.surfaces import SURFACES

    (stretch,) = (surface.curvature for surface in SURFACES if surface.name == "ravine")
    return {
        "landscapes": {
            surface.name: {
                "minima": surface.minima,
                "curvature": None if surface.name == "ravine" else surface.curvature,
                "scale": SCALE if surface is NEURON else 1.0,
                "axes": ("weight ", "bias ") if surface is NEURON else ("", ""),
            }
            for surface in (*SURFACES, NEURON)
        },
        "inputs": INPUTS,
        "targets": TARGETS,
        "stretch": stretch,
        "near": NEAR,
        "small": SMALL,
        "steps": Descent.preset("book").steps,
    }


def controls(found: dict[str, Any]) -> str:
    """Return landscape, start, step size, stretch, momentum and the number of steps; at first the walker creeps."""
    return (
        choice("land", "Landscape", LANDSCAPES, "ravine")
        + slider("x", "Start, across", -2, 2, 0.01, -1.6)
        + slider("y", "Start, up", -2, 2, 0.01, 1.1)
        + slider("step", "Step size η", -2, 1, 0.01, -2)
        + slider("stretch", "Stretch of the ravine", 1, 50, 1, found["stretch"])
        + slider("momentum", "Momentum", 0, 0.99, 0.01, 0)
        + slider("steps", "Steps taken", 0, found["steps"], 1, found["steps"])
        + button("one", "Look around, take one step")
    )


def _preset(name: str, land: str, start: tuple[float, float], step: float, why: str, momentum: float = 0) -> Preset:
    x, y = start
    state = {"land": land, "x": f"{x:g}", "y": f"{y:g}", "step": f"{step:g}", "momentum": f"{momentum:g}"}
    return Preset(name, why, state)


EXPLORABLE = Explorable(
    experiments=(),
    found=found,
    controls=controls,
    otherwise="The chapter on vanishing gradients shows such walks standing still.",
    height="square",
    presets=(
        _preset("C08 bowl", "bowl", (-1.6, 1.1), -0.52, "C08: on a round bowl the steepest way leads to the bottom."),
        _preset(
            "C08 ravine",
            "ravine",
            (-1.6, 1.1),
            -2,
            "C08: still a paraboloid. The steepest way leads across it; then the walker creeps along the floor.",
        ),
        _preset(
            "C08 just below 2/λ",
            "ravine",
            (-1.6, 1.1),
            -1.1,
            "C08, at its limit: every step overshoots the floor, and lands a little nearer to it.",
        ),
        _preset(
            "C08 just above 2/λ",
            "ravine",
            (-1.6, 1.1),
            -1.09,
            "C08, where it fails: a step two per cent longer, and every one lands farther out.",
        ),
        _preset(
            "C08 with momentum",
            "ravine",
            (-1.6, 1.1),
            -1.4,
            "C08, with a memory of earlier steps: what goes to and fro cancels, what goes along adds up.",
            0.7,
        ),
        _preset(
            "C08 on the ridge",
            "saddle",
            (-1.6, 0),
            -0.7,
            "C08, where it fails: exactly on the ridge nothing pulls to either side. Move the start a little up.",
        ),
        _preset(
            "C08 plateau",
            "plateau",
            (-1.6, 1.1),
            -1.0,
            "C08, where it fails: the arrow points at the hole, and the steps are as short as the slope is small.",
        ),
        _preset("C09 neuron", "neuron", (0.4, -0.8), 0.6, "C09: a real loss, where the sigmoid still has a slope."),
        _preset(
            "C09 saturated",
            "neuron",
            (0, -2),
            0.6,
            "C09: the same neuron with a sum of −10 at every input. The sigmoid is flat there, and so is the loss.",
        ),
    ),
)
"""Landscape, start, step, stretch and momentum, against what the walker feels and where it ends."""
