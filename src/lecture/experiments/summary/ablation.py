"""One task with the three causes of the talk, and what is left of the answer when they are taken away."""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.summary.trials import Plan, Trials


@dataclass(frozen=True, kw_only=True)
class Ablation(Trials):
    """Takes trainable depth, data and computing away: each alone, in pairs, and all three.

    Without data a network gets a hundredth of the examples; without computing, a hundredth of the multiply-adds, in
    smaller batches so that some steps remain. Without trainable depth it has the old tools, and whatever depth suits
    those best: the strongest rival that the time before could have trained.

    Attributes:
        layers: Numbers of layers that each cell may choose from.
        share: What is left of data, and of computing, when they are taken away.
        small_batch: Examples a step without computing.
    """

    layers: tuple[int, ...] = (2, 4)
    share: float = 0.01
    small_batch: int = 5

    size: ClassVar[str] = (
        "{layers} layers of {channels} channels, {multiply_adds} multiply-adds and {train} signals of MNIST-1D, "
        "or {share} of either"
    )
    presets: ClassVar = {
        "smoke": {
            "seeds": 2, "train": 200, "validation": 50, "test": 100, "multiply_adds": 6e5, "share": 0.1, "pilots": 1,
            "channels": 4,
        },
        "full": {"seeds": 30, "train": 100_000, "multiply_adds": 1e11, "layers": (2, 4, 8), "pilots": 5},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 42.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each network trained: its cell, its plan, ``seed``, whether it is a ``pilot``, the scores.

        A cell is named by what it has: ``depth``, ``data`` and ``compute``, each true or false. The scores of a pilot
        are those on the validation examples.
        """
        data = self.data(device)
        tables = []
        for depth, much, compute in product((True, False), repeat=3):
            plans = [
                Plan(
                    "now" if depth else "then",
                    layers,
                    self.train if much else round(self.share * self.train),
                    self.multiply_adds if compute else self.share * self.multiply_adds,
                    self.batch if compute else self.small_batch,
                )
                for layers in self.layers
            ]
            tables += [t.assign(depth=depth, data=much, compute=compute) for t in self.decided(plans, data)]
        return pd.concat(tables, ignore_index=True)
