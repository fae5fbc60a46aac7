"""Whether the width of the network or the number of examples moves the limit of depth."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.history.plain_networks import DepthExperiment


@dataclass(frozen=True, kw_only=True)
class DepthSize(DepthExperiment):
    """Trains shallow and deep networks of the old school that are narrower or wider, or see fewer or more examples."""

    kinds: tuple[str, ...] = ("narrow", "wide", "scarce", "plenty")

    core_seconds: ClassVar[float] = 37.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each kind, number of layers and seed."""
        return self.every(device)
