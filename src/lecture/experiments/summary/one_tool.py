"""Which tool made depth trainable: one at a time is put into the custom of the time, or taken from today's."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.summary.trials import Cell, Trials

RATES = {
    "custom": (1.0, 1.0),
    "custom, momentum": (0.1, 0.1),
    "custom, Adam": (0.01, 0.003),
    "custom, He start": (1.0, 1.0),
    "custom, ReLU": (0.3, 0.3),
    "1998": (0.03, 0.01),
    "now, sigmoid": (0.01, 0.003),
    "now, uniform start": (0.01, 0.01),
    "now, plain descent": (0.3, 0.1),
    "now, momentum": (0.1, 0.03),
    "now": (0.01, 0.01),
}
"""The learning rate that pilot seeds have chosen for each set of tools, one for each number of layers; where they
learnt nothing at any rate, one in the middle."""


@dataclass(frozen=True, kw_only=True)
class OneTool(Trials):
    """Trains the network of the ablation with each set of tools, in four layers and in eight.

    Attributes:
        layers: Layers with weights: as many as today's tools chose in the ablation, and as many as AlexNet has.
    """

    seeds: int = 5
    layers: tuple[int, int] = (4, 8)

    size: ClassVar[str] = (
        "{layers} layers of {channels} channels, {multiply_adds} multiply-adds, {train} signals of MNIST-1D"
    )
    core_seconds: ClassVar[float] = 60.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each set of tools, number of layers and seed, as :meth:`Trials.carry_out` does."""
        train, test = self.data(device)
        cells = [
            Cell(tools, layers, rate)
            for tools, rates in RATES.items()
            for layers, rate in zip(self.layers, rates, strict=True)
        ]
        return pd.concat([self.carry_out(cell, train, test) for cell in cells], ignore_index=True)
