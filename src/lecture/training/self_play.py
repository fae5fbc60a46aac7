"""Learning a game from its rules alone, as AlphaZero does: a network, a search that it guides, games against itself.

The network says which moves look good and who will win. The search tries out what would follow and comes to a better
opinion of the moves. The network learns that opinion, and who won (Silver et al. 2017 and 2018). Nothing else: no
openings, no symmetries.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor, nn

from lecture.models.board_games import Bools, Floats, Game, Integers
from lecture.seeds import Seeds
from lecture.training.fit import train
from lecture.training.optimisers import Adam
from lecture.training.tree_search import Evaluate, search

KEPT = 8  # rounds whose positions are learned from


class Positions(NamedTuple):
    """What a round of games teaches, a row for each position of each game in turn.

    Attributes:
        at: Positions, ``[P, R, games]``.
        shares: How often the search tried each move there, ``[P, R, games, actions]``.
        results: Who won in the end, 1 if it was the side to move, ``[P, R, games]``.
        played: Whether there was a move; after the end of a game there is none. ``[P, R, games]``.
    """

    at: Integers
    shares: Floats
    results: Floats
    played: Bools


@dataclass(frozen=True, kw_only=True)
class SelfPlay:
    """R learners of one game, each with a network of its own, ``[R, B, 2 * squares]`` to ``[R, B, actions + 1]``.

    Attributes:
        game: The game.
        seeds: One a learner.
        games: Games that each plays at once, a round.
        simulations: Positions that the search looks at before each move.
        drawn: Moves at the beginning of a game that are drawn in proportion to the search's opinion; later ones are its
            favourites.
        updates: Steps of training after a round.
        batch: Positions a step.
        rate: Learning rate of Adam.
    """

    game: Game
    seeds: Seeds
    games: int
    simulations: int
    drawn: int
    updates: int
    batch: int
    rate: float

    def learn(self, model: nn.Module, rounds: int) -> Iterator[int]:
        """Play and train in place; yield the number of games so far after each round."""
        optimiser = Adam(model, self.rate)
        random = [np.random.default_rng([seed, crc32(b"self-play")]) for seed in self.seeds.values]
        memory: list[Positions] = []
        for number in range(1, rounds + 1):
            model.eval()
            memory = [*memory, self.play(evaluator(self.game, model, len(self.seeds)), random)][-KEPT:]
            train(model, optimiser, self._batches(memory, random), loss=loss)
            yield number * self.games

    def play(self, evaluate: Evaluate, random: list[Generator]) -> Positions:
        """Play a round of games."""
        shape, actions = (len(self.seeds), self.games), self.game.moves.shape[1]
        at = np.zeros(shape, np.int64)
        found = []
        while not self.game.over[at].all():
            running = np.logical_not(self.game.over[at])
            noise = self._drawn(running, random, lambda rng: rng.dirichlet(np.ones(actions), self.games))
            visits = search(self.game, at.ravel(), evaluate, self.simulations, noise.reshape(-1, actions))
            shares = (visits / np.maximum(visits.sum(1, keepdims=True), 1)).reshape(*shape, actions)
            found.append((at, shares, running))
            tickets = self._drawn(running, random, lambda rng: rng.random(self.games))
            move = drawn(shares, tickets) if len(found) <= self.drawn else shares.argmax(2)
            at = np.where(running, self.game.moves[at, move], at)
        positions, shares, played = (np.stack(part) for part in zip(*found, strict=True))
        results = self.game.outcome[at] * np.where(self.game.x_moves[positions], 1, -1)
        return Positions(positions, shares, results, played)

    def _drawn(self, running: Bools, random: list[Generator], draw: Callable[[Generator], Floats]) -> Floats:
        """Return what each learner draws; one whose games are over draws nothing, however long the others play."""
        drawn = [draw(rng) if games.any() else None for games, rng in zip(running, random, strict=True)]
        nothing = np.zeros_like(next(numbers for numbers in drawn if numbers is not None))
        return np.stack([nothing if numbers is None else numbers for numbers in drawn])

    def _batches(self, memory: list[Positions], random: list[Generator]) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield what is seen, and beside each other what :func:`loss` wants to know."""
        pools = []
        for learner in range(len(self.seeds)):
            own = [[part[:, learner][found.played[:, learner]] for part in found[:3]] for found in memory]
            pools.append([np.concatenate(parts) for parts in zip(*own, strict=True)])
        for _ in range(self.updates):
            rows = []
            for (at, shares, results), rng in zip(pools, random, strict=True):
                chosen = rng.integers(len(at), size=self.batch)
                legal = self.game.moves[at[chosen]] >= 0
                targets = np.concatenate((legal, shares[chosen], results[chosen, None]), 1)
                rows.append((self.game.seen[at[chosen]], targets.astype(np.float32)))
            seen, wanted = (torch.from_numpy(np.stack(part)).to(self.seeds.device) for part in zip(*rows, strict=True))
            yield seen, wanted


def answers(game: Game, evaluate: Evaluate, replicas: int, simulations: int, player: int) -> Bools:
    """Return the move that each of R learners makes after a search, wherever it can come to, ``[R, n, actions]``.

    Args:
        game: The game.
        evaluate: The networks' opinion, see :func:`evaluator`.
        replicas: R.
        simulations: Positions that the search looks at; with 0, the network's opinion decides alone.
        player: The side that the learners play; the other tries everything.
    """
    chosen = np.zeros((replicas, *game.moves.shape), bool)
    reached = np.zeros((replicas, len(game.moves)), bool)
    reached[:, 0] = True
    for layer in game.layers[:-1]:
        # of each learner the positions that are asked for come first, as many as the most asked for by any
        asked: Bools = reached[:, layer] & ~game.over[layer] & (game.x_moves[layer] == (player == 1))
        most = asked.sum(1).max()
        if most:
            at = np.argsort(np.logical_not(asked), axis=1, kind="stable")[:, :most]
            rows, at = np.arange(replicas)[:, None], at + layer.start
            there = at.ravel()
            opinion = search(game, there, evaluate, simulations) if simulations else evaluate(there)[0]
            chosen[rows, at, opinion.argmax(1).reshape(at.shape)] = asked[rows, at - layer.start]
        moves = np.where(asked[..., None], chosen[:, layer], reached[:, layer, None]) & (game.moves[layer] >= 0)
        learner, position, action = np.nonzero(moves)
        reached[learner, game.moves[layer][position, action]] = True
    return chosen


def drawn(shares: Floats, tickets: Floats) -> Integers:
    """Return a move for each row of ``shares [..., actions]``, drawn by tickets in [0, 1), ``[...]``."""
    below = shares.cumsum(-1) <= (tickets * shares.sum(-1))[..., None]
    found: Integers = np.minimum(below.sum(-1), shares.shape[-1] - 1)
    return found


def evaluator(game: Game, model: nn.Module, replicas: int) -> Evaluate:
    """Return what asks R networks about positions ``[B]``, of which each network's own stand together."""
    device = next(model.parameters()).device

    @torch.no_grad()
    def evaluate(positions: Integers) -> tuple[Floats, Floats]:
        seen = torch.from_numpy(game.seen[positions]).view(replicas, -1, game.seen.shape[1])
        outputs = model(seen.to(device)).flatten(0, 1).cpu()
        legal = torch.from_numpy(game.moves[positions] >= 0)
        shares = outputs[:, :-1].masked_fill(~legal, -torch.inf).softmax(1).nan_to_num(0.0)
        return shares.double().numpy(), outputs[:, -1].tanh().double().numpy()

    return evaluate


def loss(outputs: Tensor, targets: Tensor) -> Tensor:
    """Return what each network's opinion of the moves and of the result is off, ``[R]`` (Silver et al. 2017, eq. 1).

    Args:
        outputs: Of the networks, ``[R, B, actions + 1]``.
        targets: Legal moves, shares of the moves, result: ``[R, B, 2 * actions + 1]``.
    """
    actions = outputs.shape[2] - 1
    legal, shares, result = torch.split(targets, [actions, actions, 1], 2)
    logs = outputs[..., :-1].masked_fill(legal == 0, -1e9).log_softmax(2)
    off: Tensor = ((outputs[..., -1:].tanh() - result) ** 2 - (shares * logs).sum(2, keepdim=True)).mean((1, 2))
    return off
