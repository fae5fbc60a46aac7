"""The LSTM on the memory test: with default gates, with gates that start by remembering, and without forget gate."""

from dataclasses import dataclass
from typing import ClassVar

from lecture.experiments.gradient_vanishing.recall import Recall
from lecture.models.recurrent import LSTM, Recurrent


@dataclass(frozen=True, kw_only=True)
class RecallLSTM(Recall):
    """As :class:`Recall`."""

    core_seconds: ClassVar[float] = 42.0

    def cell(self) -> type[Recurrent]:
        """Return the cell."""
        return LSTM

    def starts(self) -> tuple[str, ...]:
        """Return the starts that are compared."""
        return ("default", "remember", "1997")
