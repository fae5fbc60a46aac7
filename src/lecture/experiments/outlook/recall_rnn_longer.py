"""C28: the simple recurrent network on the memory test, at the length that C15 left out."""

from dataclasses import dataclass
from typing import ClassVar

from lecture.experiments.gradient_vanishing.recall_rnn import RecallRNN


@dataclass(frozen=True, kw_only=True)
class RecallRNNLonger(RecallRNN):
    """As ``gradient_vanishing.recall_rnn``, with one more length."""

    lengths: tuple[int, ...] = (300,)

    presets: ClassVar = {
        "smoke": {**RecallRNN.presets["smoke"], "lengths": (20,)},
        "full": {**RecallRNN.presets["full"], "lengths": (1000,)},
    }
    core_seconds: ClassVar[float] = 6.0
