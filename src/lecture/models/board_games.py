"""Two games small enough to be solved exactly: all positions, what each is worth, and the worst that can happen.

Nothing need be sampled: every line of play can be tried.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Bools = NDArray[np.bool_]

X, O = 1, -1  # noqa: E741  (the players' names)


@dataclass(frozen=True)
class Rules:
    """Two players in turn put a mark on a board; the first with so many in a row wins.

    Attributes:
        rows: Of the board.
        columns: Of the board.
        line: Marks in a row, a column or a diagonal that win.
        falls: Whether a move names a column, and the mark falls to its lowest free square.
    """

    rows: int
    columns: int
    line: int
    falls: bool = False

    @property
    def squares(self) -> int:
        """Squares of the board."""
        return self.rows * self.columns

    @property
    def actions(self) -> int:
        """Moves that there can be: squares, or columns."""
        return self.columns if self.falls else self.squares

    def square(self, board: str, action: int) -> int | None:
        """Return the square that a move fills; None if it is not allowed."""
        squares = range(action, self.squares, self.columns)[::-1] if self.falls else [action]
        return next((square for square in squares if board[square] == "."), None)

    @cached_property
    def lines(self) -> list[tuple[int, ...]]:
        """The squares of each line that wins."""
        found = []
        for row, column in np.ndindex(self.rows, self.columns):
            for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
                last = row + (self.line - 1) * down, column + (self.line - 1) * right
                if last[0] < self.rows and 0 <= last[1] < self.columns:
                    steps = range(self.line)
                    found.append(tuple((row + i * down) * self.columns + column + i * right for i in steps))
        return found

    def winner(self, board: str) -> int:
        """Return 1 if X has a line, -1 if O has, else 0."""
        for line in self.lines:
            mark = board[line[0]]
            if mark != "." and all(board[square] == mark for square in line):
                return X if mark == "X" else O
        return 0


RULES = {"tic-tac-toe": Rules(3, 3, 3), "four in a row": Rules(4, 4, 4, falls=True)}
"""The second is Connect Four on four by four squares."""


class Game:
    """All positions that play can reach, each a number from 0, the empty board, in the order of the marks on it.

    Attributes:
        rules: The rules.
        boards: ``[n]``, each a text of ``"X"``, ``"O"`` and ``"."``, row by row.
        moves: ``[n, actions]``, the position that each move leads to; -1 where it is not allowed or the game is over.
        outcome: ``[n]``, 1 where X has won, -1 where O has, else 0.
        over: ``[n]``, whether the game has ended.
        x_moves: ``[n]``, whether X is to move.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.boards = ["." * rules.squares]
        numbers = {self.boards[0]: 0}
        outcomes, moves = [], []
        for board in self.boards:  # grows while we read it: first come the boards with fewer marks
            outcomes.append(rules.winner(board))
            mark = "X" if board.count("X") == board.count("O") else "O"
            row = [-1] * rules.actions
            for action in range(0 if outcomes[-1] else rules.actions):
                square = rules.square(board, action)
                if square is not None:
                    new = board[:square] + mark + board[square + 1 :]
                    row[action] = numbers.setdefault(new, len(self.boards))
                    if row[action] == len(self.boards):
                        self.boards.append(new)
            moves.append(row)
        self.moves: Integers = np.array(moves)
        self.outcome: Floats = np.array(outcomes, float)
        self.over: Bools = self.moves.max(1) < 0
        self.x_moves: Bools = np.array([board.count("X") == board.count("O") for board in self.boards])

    @cached_property
    def seen(self) -> NDArray[np.float32]:
        """What the player to move sees of each position, ``[n, 2 * squares]``: own marks, then the other's, as ones."""
        marks = np.array([list(board) for board in self.boards])
        own = np.where(self.x_moves[:, None], "X", "O")
        other = np.where(self.x_moves[:, None], "O", "X")
        return np.concatenate((marks == own, marks == other), 1).astype(np.float32)

    @cached_property
    def minimax(self) -> Floats:
        """What each position is worth to X if both play perfectly, ``[n]``: 1, 0 or -1."""
        worth = self.outcome.copy()
        for layer in self.layers[::-1]:
            after = self.moves[layer]
            best = np.where(after < 0, -np.inf, worth[after]).max(1), np.where(after < 0, np.inf, worth[after]).min(1)
            worth[layer] = np.where(self.over[layer], worth[layer], np.where(self.x_moves[layer], *best))
        return worth

    def games(self) -> int:
        """Return in how many ways the game can go."""
        ways = self.over.astype(np.int64)
        for layer in self.layers[::-1]:
            ways[layer] += (ways[self.moves[layer]] * (self.moves[layer] >= 0)).sum(1)
        return int(ways[0])

    def lost(self, chosen: Bools, player: int) -> tuple[Integers, Integers]:
        """Let an opponent try every line of play against each of T players, and count those that the player loses.

        Args:
            chosen: The moves that each player makes in each position, ``[T, n, actions]``; of several all are tried.
            player: The side it plays, :data:`X` or :data:`O`.

        Returns:
            Lines lost and lines in all, both ``[T]``.
        """
        lines = np.repeat(self.over[None].astype(np.int64), len(chosen), 0)
        losses = lines * (self.outcome == -player)
        for layer in self.layers[::-1]:
            after = self.moves[layer]
            own = (self.x_moves[layer] == (player == X))[:, None]
            tried = np.where(own, chosen[:, layer], True) & (after >= 0)
            lines[:, layer] += (tried * lines[:, after]).sum(2)
            losses[:, layer] += (tried * losses[:, after]).sum(2)
        return losses[:, 0], lines[:, 0]

    def blunders(self, chosen: Bools) -> Bools:
        """Tell where each of T players, whichever side is to move, gives away what perfect play would get, ``[T, n]``.

        ``chosen`` is as in :meth:`lost`.
        """
        side = np.where(self.x_moves, 1, -1)
        loses = side[:, None] * self.minimax[self.moves] < (side * self.minimax)[:, None]
        found: Bools = np.any(chosen & loses & (self.moves >= 0), axis=2)
        return found

    @cached_property
    def layers(self) -> list[slice]:
        """The positions with equally many marks, those with the fewest first: a move leads to one mark more."""
        marks = [len(board) - board.count(".") for board in self.boards]
        starts = np.searchsorted(marks, range(self.rules.squares + 2))
        return [slice(first, last) for first, last in pairwise(starts.tolist())]


@cache
def game(name: str) -> Game:
    """Return a game of :data:`RULES`, worked out once."""
    return Game(RULES[name])
