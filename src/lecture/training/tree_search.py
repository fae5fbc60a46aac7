"""Monte Carlo tree search guided by a network, for many games at once (Silver et al. 2017, Methods).

A tree grows by one position a simulation. Each walks down from the root along the moves that look best: by the mean
result of the walks so far, and by the network's opinion where few have been. The network judges the new position, and
the judgement counts for all moves on the way.
"""

from collections.abc import Callable

import numpy as np

from lecture.models.board_games import Bools, Floats, Game, Integers

Evaluate = Callable[[Integers], tuple[Floats, Floats]]
"""Takes positions ``[B]`` to shares of the moves, ``[B, actions]``, and what the side to move may expect, ``[B]``."""

CURIOSITY = 1.5
"""Weight of what looks good to the network and was rarely tried."""


def search(game: Game, roots: Integers, evaluate: Evaluate, simulations: int, noise: Floats | None = None) -> Integers:
    """Return how often each move was tried from each of the positions ``roots [B]``: ``[B, actions]``.

    Args:
        game: The game.
        roots: Positions, none of them an end.
        evaluate: The network's opinion.
        simulations: Positions that are added to each tree.
        noise: Opinion that is mixed in at the roots, ``[B, actions]``, a quarter of the whole; none by default.
    """
    trees = _Trees(game, roots, simulations)
    shares, _ = evaluate(roots)
    trees.prior[:, 0] = shares if noise is None else 0.75 * shares + 0.25 * noise * (game.moves[roots] >= 0)
    for number in range(1, simulations + 1):
        path, leaf = trees.walk(number)
        shares, expected = evaluate(leaf)
        trees.prior[:, number] = shares
        ended = game.outcome[leaf] * np.where(game.x_moves[leaf], 1, -1)
        trees.count(path, np.where(game.over[leaf], ended, expected))
    return trees.visits[:, 0]


class _Trees:
    """Trees of B games; a node has the number of the simulation that added it, the root 0."""

    def __init__(self, game: Game, roots: Integers, simulations: int) -> None:
        shape = len(roots), simulations + 1, game.moves.shape[1]
        self.game, self.all = game, np.arange(len(roots))
        self.position = np.repeat(roots[:, None], simulations + 1, 1)
        self.child = np.full(shape, -1)
        self.visits = np.zeros(shape, np.int64)
        self.total, self.prior = np.zeros(shape), np.zeros(shape)

    def walk(self, number: int) -> tuple[list[tuple[Bools, Integers, Integers]], Integers]:
        """Walk down each tree and add one node; return who moved at each step, from where and how, and the leaves.

        A walk that comes to an end of the game adds nothing.
        """
        node = np.zeros_like(self.all)
        walking: Bools = np.logical_not(self.game.over[self.position[:, 0]])
        path = []
        while walking.any():
            move = self._best(node)
            path.append((walking, node, move))
            after = self.child[self.all, node, move]
            new: Bools = walking & (after < 0)
            self.child[self.all[new], node[new], move[new]] = number
            self.position[new, number] = self.game.moves[self.position[new, node[new]], move[new]]
            node = np.where(walking, np.where(new, number, after), node)
            walking = walking & ~(new | self.game.over[self.position[self.all, node]])
        return path, self.position[self.all, node]

    def count(self, path: list[tuple[Bools, Integers, Integers]], expected: Floats) -> None:
        """Add what is expected for the side to move at the leaves, ``[B]``, to all moves on the way to them."""
        for walking, node, move in reversed(path):
            expected = np.where(walking, -expected, expected)  # good for one side is bad for the other
            self.visits[self.all[walking], node[walking], move[walking]] += 1
            self.total[self.all[walking], node[walking], move[walking]] += expected[walking]

    def _best(self, node: Integers) -> Integers:
        visits, total, prior = (part[self.all, node] for part in (self.visits, self.total, self.prior))
        mean = total / np.maximum(visits, 1)
        curious = CURIOSITY * prior * np.sqrt(visits.sum(1, keepdims=True) + 1) / (1 + visits)
        allowed = self.game.moves[self.position[self.all, node]] >= 0
        best: Integers = np.where(allowed, mean + curious, -np.inf).argmax(1)
        return best
