"""C20: networks that nobody taught learn two games from playing themselves, and an opponent tries everything."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from torch import nn

from lecture.experiments.experiment import Experiment
from lecture.models.board_games import O, X, game
from lecture.models.initialisers import he
from lecture.models.mlp import mlp
from lecture.training.self_play import SelfPlay, answers, evaluator


@dataclass(frozen=True, kw_only=True)
class TicTacToe(Experiment):
    """Let networks learn tic-tac-toe, and try every line of play against them on the way.

    On pilot seeds (10,000 to 10,004) twice the width and twice the updates lost somewhat fewer lines, and cost twice as
    much. The numbers of games were chosen by what they cost.

    Attributes:
        name_of_game: A key of :data:`lecture.models.board_games.RULES`.
        looks: Numbers of games after which everything is tried; 0 is before the first.
        games: Games that a learner plays at once.
        simulations: Positions that the search looks at before a move.
        drawn: Moves at the beginning of a game that are drawn by lot; later ones are the search's favourites.
        width: Units in each of the two hidden layers.
        updates: Steps of training after each round of games.
        batch: Positions a step.
        rate: Learning rate of Adam.
    """

    name_of_game: str = "tic-tac-toe"
    looks: tuple[int, ...] = (0, 160, 640, 1280, 2560)
    games: int = 16
    simulations: int = 25
    drawn: int = 4
    width: int = 64
    updates: int = 30
    batch: int = 64
    rate: float = 3e-3

    presets: ClassVar = {
        "smoke": {"seeds": 2, "looks": (0, 4), "games": 4, "simulations": 4, "width": 16, "updates": 2, "batch": 8},
        "full": {"looks": (0, 160, 640, 2560, 10_240, 40_960), "simulations": 100, "width": 128},
    }
    core_seconds: ClassVar[float] = 40.0
    size: ClassVar[str] = (
        "{name_of_game}: {played} games, two hidden layers of {width} units, a search of {simulations} positions"
    )

    @property
    def played(self) -> int:
        """Games of a learner."""
        return self.looks[-1]

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return what an opponent who tries everything finds: a row for each number of games, player and seed.

        The player is the network alone, or with the search. ``lost`` and ``lines`` of play are sums over both sides;
        ``misplayed`` is the share of all positions where the network alone would give away what perfect play would get.
        """
        seeds, rules = self.seeds_on(device), game(self.name_of_game)
        inputs, outputs = rules.seen.shape[1], rules.moves.shape[1] + 1
        weights = seeds.stream("weights")
        model = mlp(weights, depth=2, width=self.width, activation=nn.ReLU, init=he, inputs=inputs, classes=outputs)
        learners = SelfPlay(
            game=rules, seeds=seeds, games=self.games, simulations=self.simulations, drawn=self.drawn,
            updates=self.updates, batch=self.batch, rate=self.rate,
        )  # fmt: skip
        tables = [self._tried(model)] if 0 in self.looks else []
        rounds = self.played // self.games
        tables += [self._tried(model, played) for played in learners.learn(model, rounds) if played in self.looks]
        return pd.concat(tables, ignore_index=True)

    def _tried(self, model: nn.Module, games: int = 0) -> pd.DataFrame:
        """Try everything against the networks as they are."""
        rules, seeds = game(self.name_of_game), list(self.seed_range())
        asked = evaluator(rules, model, self.seeds)
        everywhere = np.tile(np.arange(len(rules.boards)), self.seeds)
        favourites = asked(everywhere)[0].argmax(1).reshape(self.seeds, -1, 1) == np.arange(rules.moves.shape[1])
        misplayed = rules.blunders(favourites).sum(1) / (~rules.over).sum()
        tables = []
        for player, simulations in (("network", 0), ("network and search", self.simulations)):
            tried = [rules.lost(answers(rules, asked, self.seeds, simulations, side), side) for side in (X, O)]
            lost, lines = (sum(part) for part in zip(*tried, strict=True))
            tables.append(pd.DataFrame({"seed": seeds, "lost": lost, "lines": lines, "misplayed": misplayed}))
            tables[-1] = tables[-1].assign(player=player, games=games)
        return pd.concat(tables, ignore_index=True)


@dataclass(frozen=True, kw_only=True)
class FourInARow(TicTacToe):
    """The same for Connect Four on four by four squares, which has thirty times as many positions."""

    name_of_game: str = "four in a row"
    looks: tuple[int, ...] = (0, 160, 480, 960)
    seeds: int = 5

    presets: ClassVar = TicTacToe.presets
    core_seconds: ClassVar[float] = 30.0
