"""C28: the recurrent networks on the memory test, at the length that C15 left out."""

from dataclasses import dataclass
from typing import ClassVar

from lecture.experiments.gradient_vanishing.recall import RecallLSTM, RecallRNN


@dataclass(frozen=True, kw_only=True)
class RecallRNNLonger(RecallRNN):
    """As ``gradient_vanishing.recall_rnn``, with one more length, in the start that C15 finds to remember longer."""

    lengths: tuple[int, ...] = (300,)

    presets: ClassVar = {
        "smoke": {**RecallRNN.presets["smoke"], "lengths": (20,)},
        "full": {**RecallRNN.presets["full"], "lengths": (1000,)},
    }
    starts: ClassVar[tuple[str, ...]] = ("remember",)
    core_seconds: ClassVar[float] = 4.0


@dataclass(frozen=True, kw_only=True)
class RecallLSTMLonger(RecallLSTM):
    """As ``gradient_vanishing.recall_lstm``, with one more length, and with the only start that still learns there.

    C15 finds the others at guessing from 100 or 200 symbols on: computing them once more would show nothing new.
    """

    lengths: tuple[int, ...] = RecallRNNLonger.lengths

    presets: ClassVar = RecallRNNLonger.presets
    starts: ClassVar[tuple[str, ...]] = ("remember",)
    core_seconds: ClassVar[float] = 16.0
