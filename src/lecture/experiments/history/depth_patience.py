"""What becomes of deep networks of the old school that are given four times as long."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.history.plain_networks import DepthExperiment


@dataclass(frozen=True, kw_only=True)
class DepthPatience(DepthExperiment):
    """Trains networks beyond the limit of :class:`~lecture.experiments.history.depth_limit.DepthLimit` on and on."""

    kinds: tuple[str, ...] = ("patience",)
    layers: tuple[int, ...] = (6, 8)
    steps: int = 8000

    core_seconds: ClassVar[float] = 28.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each number of layers and seed."""
        return self.every(device)
