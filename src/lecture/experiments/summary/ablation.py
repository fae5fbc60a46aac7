"""One task with the three causes of the talk, and what is left of the answer when they are taken away."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.summary.trials import Cell, Trials

FEW = 0.05
"""The share of data, or of computing, that is left when it is taken away."""
CELLS = {
    "full": Cell("now", 4, 0.01),
    "no_depth": Cell("1998", 4, 0.03),
    "no_data": Cell("now", 4, 0.003, data=FEW),
    "no_compute": Cell("now", 2, 0.03, computing=FEW, batch=5),
    "only_depth": Cell("now", 2, 0.03, data=FEW, computing=FEW, batch=5),
    "only_data": Cell("custom", 2, 3.0, computing=FEW, batch=5),
    "only_compute": Cell("custom", 2, 1.0, data=FEW),
    "nothing": Cell("custom", 2, 1.0, data=FEW, computing=FEW),
    "patient": Cell("1998", 4, 0.003, computing=20),
    "shallow": Cell("now", 2, 0.03),
    "data_1": Cell("now", 4, 0.003, data=0.01),
    "data_20": Cell("now", 4, 0.03, data=0.2),
    "compute_20": Cell("now", 2, 0.03, computing=0.2, batch=5),
}
"""All three causes, one missing, one alone, none. Without depth it may be the custom of the time or the best recipe of
1998, whichever is better; ``patient`` is that with twenty times the computing. Then today's tools in a shallow network,
and with shares of data and computing in between."""


@dataclass(frozen=True, kw_only=True)
class Ablation(Trials):
    """Takes trainable depth, data and computing away: each alone, in pairs, and all three.

    Without data a network gets a twentieth of the examples; without computing a twentieth of the multiply-adds, which
    is still enough to see every example. Without trainable depth it has the old tools, and whatever depth suits those
    best: the strongest rival that the time before could have trained.
    """

    size: ClassVar[str] = (
        "{channels} channels, {multiply_adds} multiply-adds, {train} signals of MNIST-1D, or a twentieth"
    )
    core_seconds: ClassVar[float] = 110.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each cell and seed: its name, ``cell``, and what :meth:`Trials.carry_out` gives."""
        train, test = self.data(device)
        tables = [self.carry_out(cell, train, test).assign(cell=name) for name, cell in CELLS.items()]
        return pd.concat(tables, ignore_index=True)
