"""The simple recurrent network on the memory test: with torch's start, and with orthogonal recurrent weights."""

from dataclasses import dataclass
from typing import ClassVar

from lecture.experiments.gradient_vanishing.recall import Recall
from lecture.models.recurrent import RNN, Recurrent


@dataclass(frozen=True, kw_only=True)
class RecallRNN(Recall):
    """As :class:`Recall`."""

    core_seconds: ClassVar[float] = 7.0

    def cell(self) -> type[Recurrent]:
        """Return the cell."""
        return RNN

    def starts(self) -> tuple[str, ...]:
        """Return the starts that are compared."""
        return ("default", "remember")
