"""A learner of tic-tac-toe that nobody taught, and its twin that practised against somebody who moves at random."""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.experiment import Experiment
from lecture.models.tic_tac_toe import game
from lecture.training.self_play import learn


@dataclass(frozen=True, kw_only=True)
class SelfPlay(Experiment):
    """Let both play the same number of games, and write down all that they believe on the way.

    The number of games and the share of random moves are the smallest of a few (0.02 to 0.2; up to 60,000) at which
    each of eight pilot learners (seeds 1000 to 1007) could no longer be beaten, with some games to spare. The rate (0.1
    to 1) made no difference.

    Attributes:
        looks: Numbers of games after which the beliefs are written down; the last is the end.
        rate: Share of the difference by which a value moves.
        explore: Probability with which the learner moves at random.
    """

    seeds: int = 5
    looks: tuple[int, ...] = (100, 1000, 3000, 10_000, 20_000, 30_000, 40_000)
    rate: float = 0.3
    explore: float = 0.02

    presets: ClassVar = {
        "smoke": {"seeds": 2, "looks": (20, 200)},
        "full": {"seeds": 100, "looks": (100, 1000, 3000, 10_000, 20_000, 30_000, 40_000, 100_000)},
    }
    core_seconds: ClassVar[float] = 9.0
    size: ClassVar[str] = "{games} games against itself, and as many against an opponent at random"

    @property
    def games(self) -> int:
        """Games of a learner."""
        return self.looks[-1]

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return what the learner believes each position is worth to X, when it plays X (``as_x``) and O (``as_o``).

        One row for each opponent (itself, random), seed, number of games and board.
        """
        tables = []
        for opponent, seed in product(("itself", "random"), self.seed_range()):
            itself = opponent == "itself"
            for games, as_x, as_o in learn(seed, self.looks, rate=self.rate, explore=self.explore, itself=itself):
                beliefs = {"board": game().boards, "as_x": as_x, "as_o": as_o}
                tables.append(pd.DataFrame({"opponent": opponent, "seed": seed, "games": games, **beliefs}))
        return pd.concat(tables, ignore_index=True)
