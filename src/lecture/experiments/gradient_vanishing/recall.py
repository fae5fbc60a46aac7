"""How far back a recurrent network can remember: name the first of T symbols, T from 10 to 200.

The simple network, the LSTM and the GRU differ in the cell and in how it may start.
"""

from abc import ABC
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch

from lecture.data.recall import CUES, SYMBOLS, fresh_batches, sequences
from lecture.experiments.experiment import Experiment
from lecture.models.recurrent import GRU, LSTM, RNN, Recurrent
from lecture.training.fit import train
from lecture.training.optimisers import Adam
from lecture.training.scores import evaluate


@dataclass(frozen=True, kw_only=True)
class RecallExperiment(Experiment, ABC):
    """Train one kind of cell at every length, all starts and seeds as one program.

    Attributes:
        lengths: Symbols in a sequence, T.
        hidden: Units in the state.
        rates: Learning rates of Adam; the claim takes each network at its best.
        clip: Largest gradient norm (Pascanu et al. 2013), for all cells.
        batch: Sequences a step, new ones each time.
        steps: Steps of each training run.
        tested: Sequences that the accuracy is measured on, new ones again.
    """

    seeds: int = 5
    lengths: tuple[int, ...] = (10, 30, 100, 200)
    hidden: int = 16
    rates: tuple[float, ...] = (0.005, 0.02)
    clip: float = 1.0
    batch: int = 16
    steps: int = 200
    tested: int = 400

    cell: ClassVar[type[Recurrent]]
    """The kind of cell."""
    starts: ClassVar[tuple[str, ...]] = ("default", "remember")
    """The ways it may start, names of :data:`lecture.models.recurrent.STARTS`."""
    size: ClassVar[str] = "{hidden} units, {steps} steps of {batch} sequences of {lengths} symbols"
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "lengths": (5, 10), "steps": 5, "tested": 50},
        "full": {"seeds": 10, "lengths": (10, 20, 50, 100, 200, 500), "hidden": 64, "batch": 64, "steps": 3000},
    }

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return loss and share of right answers after training, for each length, start, rate and seed."""
        grid = self.grid(device, start=self.starts, rate=self.rates)
        seeds = grid.seeds
        tables = []
        for length in self.lengths:
            model = self.cell(seeds.stream("weights"), symbols=SYMBOLS, hidden=self.hidden, classes=CUES)
            model.start(grid.settings["start"].tolist(), seeds.stream("gates"), length)
            batches = fresh_batches(seeds.stream("training"), self.batch, length, self.steps)
            train(model, Adam(model, grid.column("rate")), batches, clip=self.clip)
            found = evaluate(model, *sequences(seeds.stream("test"), self.tested, length))
            columns = {name: values.tolist() for name, values in found._asdict().items()}
            tables.append(grid.settings.assign(cell=self.cell.__name__, length=length, **columns))
        return pd.concat(tables, ignore_index=True)


class RecallRNN(RecallExperiment):
    """The simple recurrent network on the memory test: with torch's start, and with orthogonal recurrent weights."""

    cell: ClassVar = RNN
    core_seconds: ClassVar[float] = 7.0


class RecallLSTM(RecallExperiment):
    """The LSTM on the memory test: with default gates, with remembering ones, and without forget gate (1997)."""

    cell: ClassVar = LSTM
    starts: ClassVar[tuple[str, ...]] = ("default", "remember", "1997")
    core_seconds: ClassVar[float] = 42.0


class RecallGRU(RecallExperiment):
    """The GRU on the memory test: with default gates, and with gates that start by remembering."""

    cell: ClassVar = GRU
    core_seconds: ClassVar[float] = 26.0
