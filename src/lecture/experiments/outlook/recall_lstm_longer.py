"""C28: the LSTM on the memory test, at the length that C15 left out."""

from dataclasses import dataclass
from typing import ClassVar

from lecture.experiments.gradient_vanishing.recall_lstm import RecallLSTM


@dataclass(frozen=True, kw_only=True)
class RecallLSTMLonger(RecallLSTM):
    """As ``gradient_vanishing.recall_lstm``, with one more length, and with the only start that still learns there.

    C15 finds the others at guessing from 100 or 200 symbols on: computing them once more would show nothing new.
    """

    lengths: tuple[int, ...] = (300,)

    presets: ClassVar = {
        "smoke": {**RecallLSTM.presets["smoke"], "lengths": (20,)},
        "full": {**RecallLSTM.presets["full"], "lengths": (1000,)},
    }
    core_seconds: ClassVar[float] = 16.0

    def starts(self) -> tuple[str, ...]:
        """Return the start that is looked at."""
        return ("remember",)
