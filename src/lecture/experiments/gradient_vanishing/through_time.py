"""Backpropagation through time in untrained recurrent networks of every kind.

How much the state after each step still matters to the error at the end; and what recurrent weights twice as large do
to that.
"""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor

from lecture.data.recall import CUES, SYMBOLS, sequences
from lecture.experiments.experiment import Experiment
from lecture.models.recurrent import GRU, LSTM, RNN, Recurrent
from lecture.training.gradients import length
from lecture.training.loss import cross_entropy

NETWORKS = {
    "RNN": (RNN, "default", 1.0),
    "RNN, orthogonal": (RNN, "remember", 1.0),
    "RNN, orthogonal x 2": (RNN, "remember", 2.0),
    "LSTM": (LSTM, "default", 1.0),
    "LSTM, remembering": (LSTM, "remember", 1.0),
    "LSTM of 1997": (LSTM, "1997", 1.0),
    "GRU": (GRU, "default", 1.0),
    "GRU, remembering": (GRU, "remember", 1.0),
}
"""Cell, start, and factor on the recurrent weights."""


@dataclass(frozen=True, kw_only=True)
class ThroughTime(Experiment):
    """Measure the gradient by the state, step by step.

    Attributes:
        length: Symbols in a sequence.
        hidden: Units in the state.
        batch: Sequences that the gradient is averaged over.
    """

    length: int = 100
    hidden: int = 16
    batch: int = 100

    size: ClassVar[str] = "{hidden} units, untrained, {batch} sequences of {length} symbols"
    presets: ClassVar = {"smoke": {"seeds": 2, "length": 10}, "full": {"hidden": 64}}
    core_seconds: ClassVar[float] = 1.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the norm of the gradient by the state after each step, for each network and seed."""
        seeds = self.seeds_on(device)
        tables = []
        for network, (cell, start, factor) in NETWORKS.items():
            model = cell(seeds.stream("weights"), symbols=SYMBOLS, hidden=self.hidden, classes=CUES)
            model.start([start] * len(seeds), seeds.stream("gates"), self.length)
            with torch.no_grad():
                model.weight.mul_(factor)
            symbols, answers = sequences(seeds.stream("test"), self.batch, self.length)
            norms = pd.DataFrame(gradient_through_time(model, symbols, answers).T.cpu().numpy(), columns=seeds.values)
            norms["step"] = range(1, self.length + 1)
            tables.append(norms.melt("step", var_name="seed", value_name="gradient").assign(network=network))
        return pd.concat(tables, ignore_index=True).astype({"seed": "int64"})


def gradient_through_time(model: Recurrent, symbols: Tensor, answers: Tensor) -> Tensor:
    """Return the norm of the loss's gradient by all that is carried on after each step, ``[R, T]``."""
    states = model.states(symbols)
    losses = cross_entropy(model.last(states[-1][0]), answers)
    carried = [part for state in states for part in state]
    gradients = torch.autograd.grad(losses.sum(), carried)
    steps = zip(*[iter(gradients)] * model.parts, strict=True)
    return torch.stack([length(torch.cat(parts, 2)) for parts in steps], 1)
