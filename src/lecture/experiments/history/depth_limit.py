"""How deep a network the tools of 1986 to 2005 could train, and what moves that limit."""

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
        return pd.concat([super().run(device), *beside], ignore_index=True)


@dataclass(frozen=True, kw_only=True)
class DepthPatience(DepthExperiment):
    """Trains networks beyond the limit of :class:`DepthLimit` on and on."""

    kinds: tuple[str, ...] = ("patience",)
    layers: tuple[int, ...] = (6, 8)
    steps: int = 8000

    core_seconds: ClassVar[float] = 28.0


@dataclass(frozen=True, kw_only=True)
class DepthSize(DepthExperiment):
    """Trains shallow and deep networks of the old school that are narrower or wider, or see fewer or more examples."""

    kinds: tuple[str, ...] = ("narrow", "wide", "scarce", "plenty")

    core_seconds: ClassVar[float] = 37.0


@dataclass(frozen=True, kw_only=True)
class DepthTools(DepthExperiment):
    """Trains shallow and deep sigmoid networks with momentum and with Adam, and tanh networks from Glorot's start."""

    kinds: tuple[str, ...] = ("momentum", "Adam", "tanh")

    core_seconds: ClassVar[float] = 25.0
