"""The plain and the residual network at 1000 layers, and what it takes: a branch that starts at zero."""

from dataclasses import dataclass

from lecture.experiments.gradient_vanishing.residual import Residual


@dataclass(frozen=True, kw_only=True)
class ResidualThousand(Residual):
    """As :class:`Residual`, with fewer steps and one smaller rate: of 0.0001, 0.0002 and 0.0005 the best in a pilot on other seeds.

    A shortcut whose branch starts as drawn is left out: its gradient is beyond the largest float32 before the first step.
    """

    depths: tuple[int, ...] = (1000,)
    networks: tuple[str, ...] = ("plain", "shortcut, zero start")
    rates: tuple[float, ...] = (0.0001,)
    steps: int = 300

    presets = {
        "smoke": {"seeds": 2, "depths": (40,), "steps": 2, "examples": 200},
        "full": {"seeds": 10, "width": 64, "steps": 4000},
    }
    core_seconds = 60.0
