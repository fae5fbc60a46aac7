"""Published errors of the ImageNet challenge as a record, for claim, figure and page to read like measured ones."""

from dataclasses import asdict, dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture.data.literature.ilsvrc import CHALLENGE, HUMAN, PAPER
from lecture.experiments.experiment import Experiment


@dataclass(frozen=True, kw_only=True)
class Ilsvrc(Experiment):
    """Hands the published table on. Nothing is random here, so one "seed" is all."""

    seeds: int = 1

    presets: ClassVar = {"smoke": {}, "full": {}}
    core_seconds: ClassVar[float] = 0.1

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each published error; ``part`` is ``challenge``, ``paper`` or ``human``."""
        parts = {"challenge": CHALLENGE, "paper": PAPER, "human": (HUMAN,)}
        return pd.DataFrame([{"part": part} | asdict(result) for part, rows in parts.items() for result in rows])
