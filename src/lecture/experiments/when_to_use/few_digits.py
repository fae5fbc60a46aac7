"""C18: the network of ``distorted_digits`` on fewer digits, since published errors are told by their number."""

from dataclasses import dataclass
from typing import ClassVar

from lecture.experiments.when_to_use.distorted_digits import DistortedDigits


@dataclass(frozen=True, kw_only=True)
class FewDigits(DistortedDigits):
    """The same network, rate and amounts of distortion, on a quarter of the images for half the steps.

    It stands beside the errors that Bruna and Mallat (2013) report, and decides nothing.
    """

    sizes: tuple[int, ...] = (1000,)
    steps: tuple[int, ...] = (800,)

    presets: ClassVar = {
        **DistortedDigits.presets,
        "full": {**DistortedDigits.presets["full"], "sizes": (1000, 5000), "steps": (1200, 6000)},
    }
    core_seconds: ClassVar[float] = 35.0
