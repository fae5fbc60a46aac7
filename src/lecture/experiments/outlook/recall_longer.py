"""C28: the LSTM on the memory test, at a length that C15 leaves out."""

from dataclasses import dataclass
from typing import ClassVar

from lecture.experiments.gradient_vanishing.recall import RecallLSTM, RecurrentRecall


@dataclass(frozen=True, kw_only=True)
class RecallLSTMLonger(RecallLSTM):
    """As ``gradient_vanishing.recall_lstm``, at one more length, as it was in 1997 with its own remedy.

    The simple network leaves most of its runs at shorter lengths unsolved, and so is not tried here.
    """

    lengths: tuple[int, ...] = (300,)

    presets: ClassVar = {
        "smoke": {**RecurrentRecall.presets["smoke"], "lengths": (20,)},
        "full": {**RecurrentRecall.presets["full"], "lengths": (1000,)},
    }
    rates: ClassVar = {"1997, shut": RecallLSTM.rates["1997, shut"]}
    core_seconds: ClassVar[float] = 10.0
