"""Tic-tac-toe, solved exactly: all positions, what each is worth, and the worst that can happen to a player.

The game is small enough that nothing need be sampled: every line of play can be tried.
"""

from collections.abc import Iterator
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Bools = NDArray[np.bool_]

LINES = ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6))
X, O = 1, -1  # noqa: E741  (the players' names)


class Game:
    """All positions that play can reach, each a number from 0, the empty board, in the order of the moves made.

    Attributes:
        boards: ``[n]``, each a text of nine of ``"X"``, ``"O"`` and ``"."``, row by row.
        after: ``[n]``, the positions that one move leads to, in the order of the squares; none where the game is over.
        outcome: ``[n]``, 1 where X has won, -1 where O has, else 0.
        over: ``[n]``, whether the game has ended.
        x_moves: ``[n]``, whether X is to move.
    """

    def __init__(self) -> None:
        self.boards = ["." * 9]
        self.after: list[tuple[int, ...]] = []
        numbers = {self.boards[0]: 0}
        outcomes = []
        for board in self.boards:  # grows while we read it: first come the boards with fewer marks
            outcomes.append(winner(board))
            mark = "X" if board.count("X") == board.count("O") else "O"
            free = [] if outcomes[-1] else [square for square in range(9) if board[square] == "."]
            nexts = [board[:square] + mark + board[square + 1 :] for square in free]
            for new in nexts:
                if new not in numbers:
                    numbers[new] = len(self.boards)
                    self.boards.append(new)
            self.after.append(tuple(numbers[new] for new in nexts))
        self.outcome = np.array(outcomes, float)
        self.over = np.array([not nexts for nexts in self.after])
        self.x_moves = np.array([board.count("X") == board.count("O") for board in self.boards])

    @cached_property
    def minimax(self) -> Floats:
        """What each position is worth to X if both play perfectly, ``[n]``: 1, 0 or -1."""
        worth = self.outcome.copy()
        for number in self._backwards():
            best = max if self.x_moves[number] else min
            worth[number] = best(worth[new] for new in self.after[number])
        return worth

    def games(self) -> int:
        """Return in how many ways the game can go."""
        ways = self.over.astype(int)
        for number in self._backwards():
            ways[number] += sum(ways[new] for new in self.after[number])
        return int(ways[0])

    def lost(self, values: Floats, player: int) -> tuple[Integers, Integers]:
        """Let an opponent try every line of play against each of T players, and count those that the player loses.

        A player takes the move that promises most by what it believes the positions are worth to X, ``[T, n]``; where
        several promise the same, all of them are tried. It is :data:`X`, who wants much, or :data:`O`, who wants
        little.

        Returns:
            Lines lost and lines in all, both ``[T]``.
        """
        wants = player * values.T
        lines = np.repeat(self.over[:, None].astype(int), wants.shape[1], 1)
        losses = lines * (self.outcome == -player)[:, None]
        for number in self._backwards():
            nexts = list(self.after[number])
            tried = _highest(wants[nexts]) if self.x_moves[number] == (player == X) else 1
            lines[number] = (tried * lines[nexts]).sum(0)
            losses[number] = (tried * losses[nexts]).sum(0)
        return losses[0], lines[0]

    def blunders(self, values: Floats, player: int) -> Bools:
        """Tell where each of T players would give away what perfect play would get, ``[T, n]``.

        Values, the side played and ties are as in :meth:`lost`; positions where the other side moves are no blunders.
        """
        wants, worth = player * values.T, player * self.minimax
        found = np.zeros(wants.shape, bool)
        for number in self._backwards():
            nexts = list(self.after[number])
            if self.x_moves[number] == (player == X):
                found[number] = (_highest(wants[nexts]) & (worth[nexts] < worth[number])[:, None]).any(0)
        return found.T

    def _backwards(self) -> Iterator[int]:
        """Yield the positions from which play goes on, the last first: a move always leads to a later number."""
        yield from (number for number in range(len(self.boards) - 1, -1, -1) if self.after[number])


def _highest(values: Floats) -> Bools:
    found: Bools = values == values.max(0)
    return found


@cache
def game() -> Game:
    """Return the game, worked out once."""
    return Game()


def winner(board: str) -> int:
    """Return 1 if X has three in a line, -1 if O has, else 0."""
    for line in LINES:
        marks = {board[square] for square in line}
        if marks in ({"X"}, {"O"}):
            return X if marks == {"X"} else O
    return 0


def canonical(board: str) -> str:
    """Return the first, in the order of the alphabet, of the eight boards that turning and mirroring make of one."""
    square = np.array(list(board)).reshape(3, 3)
    turned = [np.rot90(side, quarter) for side in (square, square.T) for quarter in range(4)]
    return min("".join(marks.ravel()) for marks in turned)
