"""C28: the simple recurrent network on the memory test, at the length that C15 left out."""

from dataclasses import dataclass
from typing import ClassVar

from lecture.experiments.gradient_vanishing.recall_rnn import RecallRNN


@dataclass(frozen=True, kw_only=True)
class RecallRNNLonger(RecallRNN):
    """As ``gradient_vanishing.recall_rnn``, with one more length, in the start that C15 finds to remember longer."""

    lengths: tuple[int, ...] = (300,)

    presets: ClassVar = {
        "smoke": {**RecallRNN.presets["smoke"], "lengths": (20,)},
        "full": {**RecallRNN.presets["full"], "lengths": (1000,)},
    }
    core_seconds: ClassVar[float] = 4.0

    def starts(self) -> tuple[str, ...]:
        """Return the start that is looked at."""
        return ("remember",)
