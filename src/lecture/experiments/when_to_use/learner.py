"""C20: networks that learn two games from playing themselves, kept as they are at several points of their training."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.experiments.when_to_use.self_play import FourInARow, TicTacToe
from lecture.models.board_games import RULES
from lecture.models.mlp import mlp
from lecture.seeds import Stream


@dataclass(frozen=True, kw_only=True)
class TicTacToeLearner(TicTacToe):
    """A learner of ``when_to_use.tic_tac_toe`` with all its weights, for a page that lets the reader play against it.

    It learns with the same settings, and so is the first of the learners there. A page has to carry its weights, so
    ``full`` trains no larger one.
    """

    seeds: int = 1  # somebody to play against, and not a measurement
    looks: tuple[int, ...] = (0, 160, 640, 2560)

    presets: ClassVar = {"smoke": {**TicTacToe.presets["smoke"], "seeds": 1}}
    core_seconds: ClassVar[float] = 20.0

    @property
    def sizes(self) -> tuple[int, ...]:
        """Of the network: what it takes in, the units of each hidden layer, what comes out."""
        rules = RULES[self.name_of_game]
        return 2 * rules.squares, self.width, self.width, rules.actions + 1

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the weights after each number of games, and on each row how well the network plays without a search.

        Columns are seed, games, place, weight, and ``lost``, ``lines`` and ``misplayed`` as in
        ``when_to_use.tic_tac_toe``. Places are in the order of the network's parameters: of each layer the weights
        ``[inputs, outputs]``, then the biases.
        """
        return super().run(device)

    def _tried(self, model: nn.Module, games: int = 0) -> pd.DataFrame:
        """Keep the networks as they are, and try everything against them alone: the search would cost far more."""
        weights = torch.cat([part.detach().flatten(1) for part in model.parameters()], 1).cpu()
        rows = [(seed, games, place) for seed in self.seed_range() for place in range(weights.shape[1])]
        kept = pd.DataFrame(rows, columns=["seed", "games", "place"]).assign(weight=weights.flatten().tolist())
        tried = super(TicTacToeLearner, replace(self, simulations=0))._tried(model, games)
        alone = tried.loc[tried["player"] == "network", ["seed", "lost", "lines", "misplayed"]]
        return kept.merge(alone, on="seed")

    def network(self, weights: Sequence[float]) -> nn.Sequential:
        """Return one learner, ``[1, B, 2 * squares]`` to ``[1, B, actions + 1]``, given its weights in their order."""
        inputs, *hidden, outputs = self.sizes
        start = Stream((self.first_seed,), "weights")
        model = mlp(start, depth=len(hidden), width=self.width, activation=nn.ReLU, inputs=inputs, classes=outputs)
        nn.utils.vector_to_parameters(torch.tensor(weights), model.parameters())
        return model


@dataclass(frozen=True, kw_only=True)
class FourInARowLearner(TicTacToeLearner):
    """The same of a learner of ``when_to_use.four_in_a_row``."""

    name_of_game: str = FourInARow.name_of_game
    looks: tuple[int, ...] = FourInARow.looks

    core_seconds: ClassVar[float] = 20.0
