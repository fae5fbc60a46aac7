"""Whether another optimiser, or another non-linearity and start, moves the limit of depth."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.history.plain_networks import DepthExperiment


@dataclass(frozen=True, kw_only=True)
class DepthTools(DepthExperiment):
    """Trains shallow and deep sigmoid networks with momentum and with Adam, and tanh networks from Glorot's start."""

    kinds: tuple[str, ...] = ("momentum", "Adam", "tanh")

    core_seconds: ClassVar[float] = 25.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each kind, number of layers and seed."""
        return self.every(device)
