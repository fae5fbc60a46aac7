"""Learning a game from its rules alone: temporal differences over the positions after each move (Sutton 1988).

The learner starts with a table of zeros, one number for each position, and is told who won when a game is over. Nothing
else: no openings, no symmetries, not even that three in a line will win.
"""

from collections.abc import Iterator
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from lecture.models.tic_tac_toe import game

CHUNK = 1000  # games whose random numbers are drawn at once


def learn(
    seed: int, looks: tuple[int, ...], *, rate: float, explore: float, itself: bool = True
) -> Iterator[tuple[int, NDArray[np.float64], NDArray[np.float64]]]:
    """Play and learn, and yield what is believed after some numbers of games.

    Args:
        seed: Decides every random move.
        looks: Numbers of games, ascending.
        rate: Share of the difference by which a value moves.
        explore: Probability of a random move instead of one with the highest value (ties are drawn by lot).
        itself: Whether the opponent is the learner itself. If not, the opponent moves at random and the learner plays
            X and O in turn, with a table for each side.

    Yields:
        Games so far, and what each position is worth to X in the eyes of the learner when it plays X, and when O.
    """
    after, outcome, x_moves = game().after, game().outcome.tolist(), game().x_moves.tolist()
    as_x = [0.0] * len(after)
    as_o = as_x if itself else [0.0] * len(after)
    rng = np.random.default_rng([seed, crc32(b"self-play" if itself else b"random opponent")])
    draws: list[list[float]] = []
    played = 0
    for look in looks:
        while played < look:
            draws = draws or rng.random((CHUNK, 9)).tolist()
            believed, as_whom = (as_x, True) if itself or played % 2 == 0 else (as_o, False)
            here = 0
            for draw in draws.pop():
                nexts, turn = after[here], x_moves[here]
                learner = itself or turn is as_whom
                if learner and draw >= explore:
                    values = [believed[new] for new in nexts]
                    best = max(values) if turn else min(values)
                    tied = [new for new, value in zip(nexts, values, strict=True) if value == best]
                    new = tied[int((draw - explore) / (1 - explore) * len(tied))]
                else:
                    new = nexts[int((draw / explore if learner else draw) * len(nexts))]
                ended = not after[new]
                if ended:
                    believed[new] = outcome[new]
                if draw >= explore or not learner:  # an experiment says nothing about the position it was made from
                    believed[here] += rate * (believed[new] - believed[here])
                if ended:
                    break
                here = new
            played += 1
        yield played, np.array(as_x), np.array(as_o)
