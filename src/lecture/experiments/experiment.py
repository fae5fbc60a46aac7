"""The contract of an experiment: settings in, one tidy table out."""

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from typing import Any, ClassVar, Protocol, Self

import pandas as pd
import torch

from lecture.errors import LectureError
from lecture.experiments.grid import Grid
from lecture.experiments.naming import name_of
from lecture.experiments.sizes import Sizes
from lecture.seeds import Seeds

PRESETS = ("smoke", "book", "full")
PILOT = 10_000
"""Pilot seeds, which choose settings, start here: none of them is among those that are reported."""


def current_preset() -> str:
    """Return the preset in force: ``LECTURE_PRESET``, by default ``"book"``.

    Raises:
        LectureError: The environment names no known preset.
    """
    return _known(os.environ.get("LECTURE_PRESET") or "book")


class Data(Protocol):
    """A data set from outside the source."""

    def digest(self) -> str:
        """Return what identifies its content."""


@dataclass(frozen=True, kw_only=True)
class Experiment(ABC):
    """Settings of one experiment and the way to run it.

    A subclass is a frozen dataclass; its fields are the settings, their defaults the ``book`` preset. It is known by
    chapter and class: ``RecallLSTM`` in ``lecture.experiments.gradient_vanishing.recall`` is
    ``gradient_vanishing.recall_lstm``.

    Attributes:
        seeds: Number of independent repetitions.
        first_seed: The first of them; they are consecutive.
    """

    seeds: int = 10
    first_seed: int = 0

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    """What ``smoke`` (seconds, for tests) and ``full`` (a GPU, real data) change from the defaults."""
    offered: ClassVar[tuple[str, ...]] = PRESETS
    """Presets at which it is computed; what needs a GPU, or data that no package brings, is not at ``book``."""
    core_seconds: ClassVar[float] = 1.0
    """Rough cost at the ``book`` preset on one core; the schedule starts the longest first."""
    exclusive: ClassVar[bool] = False
    """Whether it measures time and must therefore run alone on the machine."""
    deterministic: ClassVar[bool] = False
    """Whether nothing in it is random, so that seeds do not matter."""
    sources: ClassVar[tuple[Callable[[], Data], ...]] = ()
    """What loads the data sets that it reads."""
    size: ClassVar[str] = ""
    """How large it is, in words with settings and properties in braces: ``"{depth} layers of {width} units"``."""

    def __post_init__(self) -> None:
        if self.seeds < 1:
            raise LectureError(f"{self.name()}: seeds must be at least 1, got {self.seeds}")
        if self.first_seed < 0:
            raise LectureError(f"{self.name()}: the first seed must not be negative, got {self.first_seed}")

    @classmethod
    def name(cls) -> str:
        """Return the experiment's name: its chapter, and its class in snake case."""
        return name_of(cls.__module__, cls.__name__)

    @classmethod
    def preset(cls, preset: str | None = None, **changes: Any) -> Self:
        """Return the settings of a preset (by default the one in force), with single settings changed.

        Raises:
            LectureError: An unknown preset or one at which it is not offered, or a change that it refuses.
        """
        name = _known(preset or current_preset())
        if name not in cls.offered:
            raise LectureError(f"{cls.name()} needs more than preset {name!r} has: use {' or '.join(cls.offered)}")
        settings = cls(**cls.presets.get(name, {}))
        return replace(settings, **changes) if changes else settings

    def preset_name(self) -> str | None:
        """Return the preset with exactly these settings, the one in force first; None for changed ones."""
        order = sorted(self.offered, key=lambda preset: (preset != current_preset(), PRESETS.index(preset)))
        return next((preset for preset in order if type(self).preset(preset) == self), None)

    def settings(self) -> dict[str, Any]:
        """Return the settings as plain values, in the order of the fields."""
        return asdict(self)

    def seed_range(self) -> range:
        """Return the seeds of this run."""
        return range(self.first_seed, self.first_seed + self.seeds)

    def size_line(self) -> str:
        """Return in words how large it is with these settings, seeds included."""
        seeds = "" if self.deterministic else f"{self.seeds:,} seed{'s' * (self.seeds != 1)}"
        return ", ".join(part for part in (self.size.format_map(Sizes(self)), seeds) if part)

    def seeds_on(self, device: torch.device) -> Seeds:
        """Return the seeds of this run, one a replica, on a device."""
        return Seeds(tuple(self.seed_range()), device)

    def grid(self, device: torch.device, seeds: Iterable[int] | None = None, **values: Iterable[Any]) -> Grid:
        """Return a replica for each combination of values and each seed, the seeds in the innermost loop.

        Args:
            device: Where the replicas are.
            seeds: By default those of this run.
            values: Values by name of the column.
        """
        rows = product(*values.values(), self.seed_range() if seeds is None else tuple(seeds))
        return Grid(pd.DataFrame(list(rows), columns=[*values, "seed"]), device)

    def per_seed(
        self, found: Mapping[tuple[Any, ...], Iterable[float]], names: Sequence[str], value: str
    ) -> pd.DataFrame:
        """Return a row for each setting and each seed of this run, the seeds in the innermost loop.

        Args:
            found: What was measured, a number a seed, by setting.
            names: Of the columns that tell a setting.
            value: Name of the column of what was measured.
        """
        table = pd.DataFrame(found, pd.Index(self.seed_range(), name="seed"))
        column = table.rename_axis(columns=names).unstack()
        assert isinstance(column, pd.Series)
        return column.rename(value).reset_index()

    def data_digest(self) -> str | None:
        """Return what identifies data from outside the source: empty if there are none, None if they are not here."""
        found = [load().digest() for load in self.sources]
        return None if None in found else " ".join(found)

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
