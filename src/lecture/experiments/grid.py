"""Many settings and many seeds as one program: a table with a row for each replica."""

from dataclasses import dataclass

import pandas as pd
import torch
from torch import Tensor

from lecture.seeds import Seeds


@dataclass(frozen=True)
class Grid:
    """The replicas of a run.

    Attributes:
        settings: A row for each replica, a column for each setting; the last one is ``seed``.
        device: Where the replicas are.
    """

    settings: pd.DataFrame
    device: torch.device

    @property
    def seeds(self) -> Seeds:
        """The seed of each replica."""
        return Seeds(tuple(self.settings["seed"].tolist()), self.device)

    def column(self, name: str) -> Tensor:
        """Return the numbers of a column, one a replica, ``[R]``, float32."""
        return torch.tensor(self.settings[name].to_numpy(), dtype=torch.float32, device=self.device)
