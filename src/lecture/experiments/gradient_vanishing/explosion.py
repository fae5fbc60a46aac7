"""Gradients that explode: a simple recurrent network with recurrent weights twice as large, with and without clipping.

Trained by SGD with momentum, whose steps are as long as the gradient. (Adam divides a gradient's size out: clipping
matters less to it.)
"""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor

from lecture.data.recall import CUES, SYMBOLS, fresh_batches, sequences
from lecture.experiments.experiment import Experiment
from lecture.experiments.grid import Grid
from lecture.models.recurrent import RNN
from lecture.training.fit import train
from lecture.training.gradients import gradient_norm
from lecture.training.optimisers import SGD
from lecture.training.scores import evaluate


@dataclass(frozen=True, kw_only=True)
class Explosion(Experiment):
    """Train on the memory test, at every learning rate, without clipping and with it.

    Attributes:
        length: Symbols in a sequence.
        factor: What torch's default recurrent weights are multiplied by.
        hidden: Units in the state.
        rates: Learning rates; the claim takes each of the two at its best.
        momentum: Of SGD.
        clip: Largest gradient norm where there is one (Pascanu et al. 2013, algorithm 1).
        batch: Sequences a step, new ones each time.
        steps: Steps of each training run.
        tested: Sequences that the accuracy is measured on, new ones again.
    """

    seeds: int = 20
    length: int = 20
    factor: float = 2.0
    hidden: int = 16
    rates: tuple[float, ...] = (0.003, 0.01, 0.03, 0.1)
    momentum: float = 0.9
    clip: float = 1.0
    batch: int = 16
    steps: int = 300
    tested: int = 400

    size: ClassVar[str] = "{hidden} units, {steps} steps of {batch} sequences of {length} symbols"
    presets: ClassVar = {
        "smoke": {"seeds": 2, "length": 8, "steps": 5, "tested": 50},
        "full": {"hidden": 64, "batch": 64, "steps": 3000},
    }
    core_seconds: ClassVar[float] = 8.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return loss and accuracy after training, and the largest and the median gradient norm in training."""
        grid = self.grid(device, rate=self.rates)
        return pd.concat([self._trained(grid, clip) for clip in (None, self.clip)], ignore_index=True)

    def _trained(self, grid: Grid, clip: float | None) -> pd.DataFrame:
        seeds = grid.seeds
        model = RNN(seeds.stream("weights"), symbols=SYMBOLS, hidden=self.hidden, classes=CUES)
        with torch.no_grad():
            model.weight.mul_(self.factor)
        batches = fresh_batches(seeds.stream("training"), self.batch, self.length, self.steps)
        optimiser = SGD(model, grid.column("rate"), self.momentum)
        norms: list[Tensor] = []
        train(model, optimiser, batches, clip=clip, on_step=lambda *_: norms.append(gradient_norm(model)))
        found = evaluate(model, *sequences(seeds.stream("test"), self.tested, self.length))._asdict()
        found |= {
            "largest_gradient": torch.stack(norms).amax(0),
            "median_gradient": torch.stack(norms).median(0).values,
        }
        columns = {name: values.tolist() for name, values in found.items()}
        return grid.settings.assign(clipped=clip is not None, **columns)
