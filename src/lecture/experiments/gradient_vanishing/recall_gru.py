"""The GRU on the memory test: with default gates, and with gates that start by remembering."""

from dataclasses import dataclass
from typing import ClassVar

from lecture.experiments.gradient_vanishing.recall import Recall
from lecture.models.recurrent import GRU, Recurrent


@dataclass(frozen=True, kw_only=True)
class RecallGRU(Recall):
    """As :class:`Recall`."""

    core_seconds: ClassVar[float] = 26.0

    def cell(self) -> type[Recurrent]:
        """Return the cell."""
        return GRU

    def starts(self) -> tuple[str, ...]:
        """Return the starts that are compared."""
        return ("default", "remember")
