"""How deep a network the tools of 1986 to 2005 could train."""

from dataclasses import dataclass, replace
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.history.plain_networks import DepthExperiment


@dataclass(frozen=True, kw_only=True)
class DepthLimit(DepthExperiment):
    """Trains plain networks of two to eight layers with the tools of the time.

    Two things stand beside the sweep: a shallow network that sees only a few examples and does overfit, and the deepest
    network with the tools of today.

    Attributes:
        seeds_beside: Seeds of these two, at most as many as the sweep's.
    """

    seeds: int = 10
    layers: tuple[int, ...] = (2, 3, 4, 5, 6, 8)
    seeds_beside: int = 5

    core_seconds: ClassVar[float] = 26.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the networks of every number of layers, then ``few`` and ``now``."""
        some, data = replace(self, seeds=min(self.seeds, self.seeds_beside)), self.data(device)
        beside = [some.trained("few", min(self.layers), data), some.trained("now", max(self.layers), data)]
        return pd.concat([self.every(device), *beside], ignore_index=True)
