"""The contract of an experiment: settings in, one tidy table out."""

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar, Self

import pandas as pd
import torch

from lecture.errors import LectureError

PRESETS = ("smoke", "book", "full")


def current_preset() -> str:
    """Return the preset in force: ``LECTURE_PRESET``, by default ``"book"``.

    Raises:
        LectureError: The environment names no known preset.
    """
    return _known(os.environ.get("LECTURE_PRESET") or "book")


@dataclass(frozen=True, kw_only=True)
class Experiment(ABC):
    """Settings of one experiment and the way to run it.

    A subclass is a frozen dataclass in a module of its own; its fields are the settings, their defaults the
    ``book`` preset. It is known by its place: ``lecture.experiments.gradient_vanishing.depth`` defines
    ``gradient_vanishing.depth``.

    Attributes:
        seeds: Number of independent repetitions.
        first_seed: The first of them; they are consecutive.
    """

    seeds: int = 10
    first_seed: int = 0

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    """What ``smoke`` (seconds, for tests) and ``full`` (a GPU, real data) change from the defaults."""
    core_seconds: ClassVar[float] = 1.0
    """Rough cost at the ``book`` preset on one core; the schedule starts the longest first."""
    exclusive: ClassVar[bool] = False
    """Whether it measures time and must therefore run alone on the machine."""

    def __post_init__(self) -> None:
        if self.seeds < 1:
            raise LectureError(f"{self.name()}: seeds must be at least 1, got {self.seeds}")
        if self.first_seed < 0:
            raise LectureError(f"{self.name()}: the first seed must not be negative, got {self.first_seed}")

    @classmethod
    def name(cls) -> str:
        """Return the experiment's name, ``chapter.module``."""
        return cls.__module__.removeprefix("lecture.experiments.")

    @classmethod
    def preset(cls, preset: str | None = None, **changes: Any) -> Self:
        """Return the settings of a preset (by default the one in force), with single settings changed.

        Raises:
            LectureError: An unknown preset, or a change that the experiment refuses.
        """
        settings = cls(**cls.presets.get(_known(preset or current_preset()), {}))
        return replace(settings, **changes) if changes else settings

    def preset_name(self) -> str | None:
        """Return the preset with exactly these settings, the one in force first; None for changed ones."""
        order = sorted(PRESETS, key=lambda preset: (preset != current_preset(), PRESETS.index(preset)))
        return next((preset for preset in order if type(self).preset(preset) == self), None)

    def settings(self) -> dict[str, Any]:
        """Return the settings as plain values, in the order of the fields."""
        return asdict(self)

    def seed_range(self) -> range:
        """Return the seeds of this run."""
        return range(self.first_seed, self.first_seed + self.seeds)

    def data_digest(self) -> str:
        """Return what identifies data from outside the source; empty where all is generated."""
        return ""

    @abstractmethod
    def run(self, device: torch.device) -> pd.DataFrame:
        """Compute the records.

        Returns:
            A tidy table: one row for each seed, setting and step, a column ``seed`` (absent where nothing is
            random), plain column types (numbers, strings, booleans), no index. The same settings give the
            same table, bit for bit.
        """


def _known(preset: str) -> str:
    if preset not in PRESETS:
        raise LectureError(f"unknown preset {preset!r}: use one of {', '.join(PRESETS)}")
    return preset
