"""The same network with the old tools and with those of today, shallow and deep, and nothing else taken away."""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.summary.trials import Plan, Trials


@dataclass(frozen=True, kw_only=True)
class Depth(Trials):
    """Asks what the tools give apart from depth, and what depth gives apart from the tools.

    Attributes:
        layers: Numbers of layers; the last is AlexNet's.
    """

    seeds: int = 5
    layers: tuple[int, ...] = (2, 8)
    pilots: int = 1

    size: ClassVar[str] = (
        "{layers} layers of {channels} channels, {multiply_adds} multiply-adds, {train} signals of MNIST-1D"
    )
    presets: ClassVar = {
        "smoke": {
            "seeds": 2, "layers": (2, 3), "train": 200, "validation": 50, "test": 100, "multiply_adds": 3e5,
            "channels": 4,
        },
        "full": {"seeds": 30, "layers": (2, 4, 8, 16), "train": 100_000, "multiply_adds": 1e11, "pilots": 5},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 22.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each network trained: its plan, ``seed``, whether it is a ``pilot``, the scores."""
        data = self.data(device)
        plans = [
            Plan(tools, layers, self.train, self.multiply_adds, self.batch)
            for tools, layers in product(("then", "now"), self.layers)
        ]
        return pd.concat([table for plan in plans for table in self.decided([plan], data)], ignore_index=True)
