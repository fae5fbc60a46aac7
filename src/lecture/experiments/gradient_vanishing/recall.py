"""How far back a recurrent network can remember: name the first of T symbols, T from 30 to 200.

The simple network, the LSTM and the GRU differ in the cell and in how it may start.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.data.recall import CUES, SYMBOLS, fresh_batches, sequences
from lecture.experiments.experiment import Experiment
from lecture.models.recurrent import GRU, LSTM, RNN, Recurrent
from lecture.seeds import Seeds
from lecture.training.scores import evaluate
from lecture.training.solved import train_until_solved


@dataclass(frozen=True, kw_only=True)
class Recall(Experiment, ABC):
    """Train one kind of network from every start, at one length after another, until it has solved them or time is up.

    A start from which no seed solves a length is not tried at longer ones: they are strictly harder.

    Attributes:
        lengths: Symbols in a sequence, T, in ascending order.
        clip: Largest gradient norm (Pascanu et al. 2013), for all networks.
        batch: Sequences a step, new ones each time.
        steps: Most steps of each training run.
        bar: A length is solved when the mean loss of the last batches is below, in nats; guessing costs 1.39.
        window: So many batches.
        tested: Sequences that the accuracy is measured on, new ones again.
    """

    seeds: int = 20
    lengths: tuple[int, ...] = (30, 100, 200)
    clip: float = 1.0
    batch: int = 16
    steps: int = 1500
    bar: float = 0.1
    window: int = 50
    tested: int = 400

    cell: ClassVar[type[nn.Module]]
    """The kind of network."""
    rates: ClassVar[Mapping[str, float]]
    """Learning rate of Adam by start, one of the names in :meth:`lecture.models.recurrent.Recurrent.start`.

    Each is the one of 0.005, 0.02 and 0.05 at which two pilot seeds (10,000 and 10,001) solved more of the runs over
    all lengths; where they solved as many, the one with the lower mean loss."""
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "lengths": (5, 10), "steps": 5, "window": 3, "tested": 50},
        "full": {"lengths": (30, 100, 200, 500), "batch": 64, "steps": 6000},
    }

    @abstractmethod
    def network(self, seeds: Seeds, start: str, length: int) -> nn.Module:
        """Return a network a seed, ``[R, B, T]`` symbols to ``[R, B, classes]``."""

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each start, length and seed: what :meth:`trained` gives."""
        tables = []
        for start in self.rates:
            for length in self.lengths:
                tables.append(self.trained(device, start, length))
                if (tables[-1]["updates"] < 0).all():
                    break
        return pd.concat(tables, ignore_index=True)

    def trained(self, device: torch.device, start: str, length: int) -> pd.DataFrame:
        """Return a row a seed: the updates until it was solved (-1 if never), loss and share of right answers then."""
        grid = self.grid(device, start=(start,), rate=(self.rates[start],))
        seeds = grid.seeds
        model = self.network(seeds, start, length)
        batches = fresh_batches(seeds.stream("training"), self.batch, length, self.steps)
        updates = train_until_solved(
            model, grid.column("rate"), batches, bar=self.bar, window=self.window, clip=self.clip
        )
        found = evaluate(model, *sequences(seeds.stream("test"), self.tested, length), batch=100)._asdict()
        columns = {name: values.tolist() for name, values in (found | {"updates": updates}).items()}
        return grid.settings.assign(cell=self.cell.__name__, length=length, steps=self.steps, **columns)


@dataclass(frozen=True, kw_only=True)
class RecurrentRecall(Recall, ABC):
    """The memory test for a recurrent cell.

    Attributes:
        hidden: Units in the state.
    """

    hidden: int = 16

    cell: ClassVar[type[Recurrent]]
    size: ClassVar[str] = "{hidden} units, up to {steps} steps of {batch} sequences of {lengths} symbols"
    presets: ClassVar = {**Recall.presets, "full": {**Recall.presets["full"], "hidden": 64}}

    def network(self, seeds: Seeds, start: str, length: int) -> nn.Module:
        """Return a network of this cell a seed."""
        model = self.cell(seeds.stream("weights"), symbols=SYMBOLS, hidden=self.hidden, classes=CUES)
        model.start([start] * len(seeds), seeds.stream("gates"), length)
        return model


class RecallRNN(RecurrentRecall):
    """The simple recurrent network on the memory test: with torch's start, and with orthogonal recurrent weights."""

    cell: ClassVar = RNN
    rates: ClassVar = {"default": 0.02, "remember": 0.005}
    core_seconds: ClassVar[float] = 80.0


class RecallLSTM(RecurrentRecall):
    """The LSTM on the memory test: as torch and Keras start it, with open gates, and as it was in 1997."""

    cell: ClassVar = LSTM
    rates: ClassVar = {"default": 0.005, "forget 1": 0.005, "remember": 0.02, "1997": 0.005, "1997, shut": 0.05}
    core_seconds: ClassVar[float] = 315.0


@dataclass(frozen=True, kw_only=True)
class RecallGRU(RecurrentRecall):
    """The GRU on the memory test: with default gates, and with gates that start by remembering."""

    seeds: int = 10

    cell: ClassVar = GRU
    rates: ClassVar = {"default": 0.05, "remember": 0.05}
    core_seconds: ClassVar[float] = 60.0
