"""C20: a network that learns tic-tac-toe from playing itself, kept as it is at several points of its training."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.experiments.when_to_use.self_play import TicTacToe
from lecture.models.board_games import game
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

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the weights after each number of games: columns seed, games, place, weight.

        Places are in the order of the network's parameters: of each layer the weights ``[inputs, outputs]``, then the
        biases.
        """
        return super().run(device)

    def _tried(self, model: nn.Module, games: int = 0) -> pd.DataFrame:
        """Keep the networks as they are; nothing is tried against them."""
        weights = torch.cat([part.detach().flatten(1) for part in model.parameters()], 1).cpu()
        rows = [(seed, games, place) for seed in self.seed_range() for place in range(weights.shape[1])]
        return pd.DataFrame(rows, columns=["seed", "games", "place"]).assign(weight=weights.flatten().tolist())

    def network(self, weights: Sequence[float]) -> nn.Sequential:
        """Return one learner, ``[1, B, 2 * squares]`` to ``[1, B, actions + 1]``, given its weights in their order."""
        rules = game(self.name_of_game)
        inputs, outputs = rules.seen.shape[1], rules.moves.shape[1] + 1
        start = Stream((self.first_seed,), "weights")
        model = mlp(start, depth=2, width=self.width, activation=nn.ReLU, inputs=inputs, classes=outputs)
        nn.utils.vector_to_parameters(torch.tensor(weights), model.parameters())
        return model
