"""C25: error against computing: the networks of :mod:`lecture.experiments.saturation.model_size`, trained shorter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from lecture.experiments.saturation.model_size import ModelSize


@dataclass(frozen=True, kw_only=True)
class Compute(ModelSize):
    """Every width but the narrowest with an eighth, a quarter and half of the steps, each run with its own schedule.

    Together with the longest runs, which :mod:`lecture.experiments.saturation.model_size` makes, they say what each
    network reaches with how much computing. A point read off on the way through a longer run would not do: its learning
    rate has not come down yet.
    """

    channels: tuple[int, ...] = (8, 16, 32, 64)
    steps: tuple[int, ...] = (200, 400, 800)

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {**ModelSize.presets["smoke"], "channels": (4, 8, 16), "steps": (2, 4, 8)},
        "full": {
            **ModelSize.presets["full"],
            "channels": (8, 16, 32, 64, 128, 256),
            "steps": (200, 400, 800, 1600, 3200, 6400),
        },
    }
    core_seconds: ClassVar[float] = 31.0
