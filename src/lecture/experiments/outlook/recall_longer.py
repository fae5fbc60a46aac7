"""C28: the recurrent networks on the memory test, at a length that C15 leaves out."""

from dataclasses import dataclass
from typing import ClassVar

from lecture.experiments.gradient_vanishing.recall import RecallLSTM, RecallRNN, RecurrentRecall


@dataclass(frozen=True, kw_only=True)
class RecallRNNLonger(RecallRNN):
    """As ``gradient_vanishing.recall_rnn``, at one more length, from the start that solved most on pilot seeds."""

    lengths: tuple[int, ...] = (300,)

    presets: ClassVar = {
        "smoke": {**RecurrentRecall.presets["smoke"], "lengths": (20,)},
        "full": {**RecurrentRecall.presets["full"], "lengths": (1000,)},
    }
    rates: ClassVar = {"remember": RecallRNN.rates["remember"]}
    core_seconds: ClassVar[float] = 25.0


@dataclass(frozen=True, kw_only=True)
class RecallLSTMLonger(RecallLSTM):
    """As ``gradient_vanishing.recall_lstm``, at one more length, as it was in 1997 with its own remedy."""

    lengths: tuple[int, ...] = RecallRNNLonger.lengths

    presets: ClassVar = RecallRNNLonger.presets
    rates: ClassVar = {"1997, shut": RecallLSTM.rates["1997, shut"]}
    core_seconds: ClassVar[float] = 30.0
