"""C28: a Transformer of one block on the memory test of the recurrent cells, and a longer one."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture.data.recall import CUES, SYMBOLS, fresh_batches, sequences
from lecture.experiments.experiment import Experiment
from lecture.models.transformer import Transformer
from lecture.seeds import Seeds
from lecture.training.fit import train
from lecture.training.optimisers import Adam
from lecture.training.scores import evaluate


@dataclass(frozen=True, kw_only=True)
class RecallTransformer(Experiment):
    """Name the first of T symbols, with the steps, batches, rates and clipping of ``gradient_vanishing.recall``.

    The network was written down beforehand, as small as the recurrent ones; nothing was tuned but the rate, which the
    claim chooses by the rule that holds for them. Pilot seeds (1000 to 1004) showed that it learns at all.

    Attributes:
        lengths: Symbols in a sequence, T.
        width: Numbers at each position.
        inner: Units of the small network at each position.
        rates: Learning rates of Adam.
        clip: Largest gradient norm.
        batch: Sequences a step, new ones each time.
        steps: Steps of each training run.
        tested: Sequences that the accuracy is measured on, new ones again.
    """

    seeds: int = 5
    lengths: tuple[int, ...] = (10, 30, 100, 200, 300)
    width: int = 16
    inner: int = 32
    rates: tuple[float, ...] = (0.005, 0.02)
    clip: float = 1.0
    batch: int = 16
    steps: int = 200
    tested: int = 400

    presets: ClassVar = {
        "smoke": {"seeds": 2, "lengths": (5, 10, 20), "steps": 5, "tested": 50},
        "full": {
            "seeds": 10, "lengths": (10, 20, 50, 100, 200, 500, 1000), "width": 64, "inner": 128, "batch": 64,
            "steps": 3000,
        },
    }  # fmt: skip
    core_seconds: ClassVar[float] = 12.0
    size: ClassVar[str] = (
        "sequences of {lengths} symbols, a Transformer of one block and {width} numbers, {steps} steps of {batch}"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return loss and share of right answers after training, for each length, rate and seed."""
        grid = self.grid(device, rate=self.rates)
        seeds = grid.seeds
        tables = []
        for length in self.lengths:
            model = build(seeds, self.width, self.inner)
            batches = fresh_batches(seeds.stream("training"), self.batch, length, self.steps)
            train(model, Adam(model, grid.column("rate")), batches, clip=self.clip)
            found = evaluate(model, *sequences(seeds.stream("test"), self.tested, length), batch=100)
            columns = {name: score.cpu().numpy() for name, score in found._asdict().items()}
            tables.append(grid.settings.assign(cell="Transformer", start="default", length=length, **columns))
        return pd.concat(tables, ignore_index=True)


def build(seeds: Seeds, width: int, inner: int) -> Transformer:
    """Return one network a seed for the symbols and cues of the memory test."""
    return Transformer(seeds.stream("weights"), symbols=SYMBOLS, width=width, inner=inner, classes=CUES)
