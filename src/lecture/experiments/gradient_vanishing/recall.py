"""How far back a recurrent network can remember: name the first of T symbols, T from 10 to 200.

What the experiments on the simple network, the LSTM and the GRU share; they differ in the cell and in how it may start.
"""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture.data.recall import CUES, SYMBOLS, fresh_batches, sequences
from lecture.experiments.experiment import Experiment
from lecture.models.recurrent import Recurrent
from lecture.seeds import Seeds
from lecture.training.loop import evaluate, train
from lecture.training.optimisers import Adam


@dataclass(frozen=True, kw_only=True)
class Recall(Experiment):
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

    presets: ClassVar = {
        "smoke": {"seeds": 2, "lengths": (5, 10), "steps": 5, "tested": 50},
        "full": {"seeds": 10, "lengths": (10, 20, 50, 100, 200, 500), "hidden": 64, "batch": 64, "steps": 3000},
    }

    @abstractmethod
    def cell(self) -> type[Recurrent]:
        """Return the kind of cell that this experiment is about."""

    @abstractmethod
    def starts(self) -> tuple[str, ...]:
        """Return the ways it may start, names of :data:`lecture.models.recurrent.STARTS`."""

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return loss and share of right answers after training, for each length, start, rate and seed."""
        settings = pd.DataFrame(
            [
                {"start": start, "rate": rate, "seed": seed}
                for start in self.starts()
                for rate in self.rates
                for seed in self.seed_range()
            ]
        )
        rates = torch.tensor(settings["rate"].to_numpy(), dtype=torch.float32, device=device)
        seeds = Seeds(tuple(settings["seed"]), device)
        tables = []
        for length in self.lengths:
            model = self.cell()(seeds.stream("weights"), symbols=SYMBOLS, hidden=self.hidden, classes=CUES)
            model.start(settings["start"].tolist(), seeds.stream("gates"), length)
            batches = fresh_batches(seeds.stream("training"), self.batch, length, self.steps)
            train(model, Adam(model, rates), batches, clip=self.clip)
            loss, accuracy = evaluate(model, *sequences(seeds.stream("test"), self.tested, length))
            columns = {"loss": loss.cpu().numpy(), "accuracy": accuracy.cpu().numpy()}
            tables.append(settings.assign(cell=self.cell().__name__, length=length, **columns))
        return pd.concat(tables, ignore_index=True)
