"""How deep a network the tools of 1986 to 2005 could train."""

from dataclasses import dataclass, replace
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.history.plain_networks import DepthExperiment


@dataclass(frozen=True, kw_only=True)
class DepthLimit(DepthExperiment):
    """Trains plain networks of two to eight layers with the tools of the time.

    Two things stand beside the sweep, with half its seeds: a shallow network that sees only a few examples and does
    overfit, and the deepest network with the tools of today.
    """

    seeds: int = 10
    layers: tuple[int, ...] = (2, 3, 4, 5, 6, 8)

    core_seconds: ClassVar[float] = 35.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the networks of every number of layers, then ``few`` and ``now``."""
        half, data = replace(self, seeds=(self.seeds + 1) // 2), self.data(device)
        beside = [half.trained("few", min(self.layers), data), half.trained("now", max(self.layers), data)]
        return pd.concat([self.every(device), *beside], ignore_index=True)
