"""C28: a Transformer of one block on the memory test of the recurrent cells, and a longer one."""

from dataclasses import dataclass
from typing import ClassVar

from torch import nn

from lecture.data.recall import CUES, SYMBOLS
from lecture.experiments.gradient_vanishing.recall import Recall
from lecture.models.transformer import Transformer
from lecture.seeds import Seeds


@dataclass(frozen=True, kw_only=True)
class RecallTransformer(Recall):
    """Name the first of T symbols, with the steps, batches and clipping of the recurrent cells.

    The network was written down beforehand, as small as they are; its rate was chosen as theirs were.

    Attributes:
        width: Numbers at each position.
        inner: Units of the small network at each position.
    """

    lengths: tuple[int, ...] = (30, 100, 200, 300)
    width: int = 16
    inner: int = 32

    cell: ClassVar = Transformer
    rates: ClassVar = {"default": 0.005}
    presets: ClassVar = {
        "smoke": {**Recall.presets["smoke"], "lengths": (5, 10, 20)},
        "full": {**Recall.presets["full"], "lengths": (30, 100, 200, 500, 1000), "width": 64, "inner": 128},
    }
    core_seconds: ClassVar[float] = 35.0
    size: ClassVar[str] = (
        "sequences of {lengths} symbols, a Transformer of one block and {width} numbers, up to {steps} steps of {batch}"
    )

    def network(self, seeds: Seeds, start: str, length: int) -> nn.Module:
        """Return one Transformer a seed; it has but one start."""
        return build(seeds, self.width, self.inner)


def build(seeds: Seeds, width: int, inner: int) -> Transformer:
    """Return one network a seed for the symbols and cues of the memory test."""
    return Transformer(seeds.stream("weights"), symbols=SYMBOLS, width=width, inner=inner, classes=CUES)
