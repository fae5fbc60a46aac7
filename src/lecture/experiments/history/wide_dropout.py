"""Dropout where it has room: the network of :mod:`lecture.experiments.history.cures`, four times as wide."""

from dataclasses import dataclass
from typing import ClassVar

from lecture.experiments.history.cures import Cure, Cures


@dataclass(frozen=True, kw_only=True)
class WideDropout(Cures):
    """Trains the wider network with dropout and without, on the same images.

    Dropout thins a network, so its authors advise a wider one (Srivastava et al. 2014, Appendix A.1). Three pilot
    networks chose rate (0.03 or 0.1) and strength (0.5, or 0.5 with 0.2 of the pixels) on the images set aside.
    """

    seeds: int = 5
    width: int = 400

    cures: ClassVar = {
        "nothing": Cure(rate=0.1),
        "dropout": Cure(rate=0.03, dropout=0.5, input_dropout=0.2),
    }
    presets: ClassVar = {
        "smoke": {**Cures.presets["smoke"], "width": 20},
        "full": {**Cures.presets["full"], "width": 4000},
    }
    core_seconds: ClassVar[float] = 20.0
