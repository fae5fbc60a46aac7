"""Tic-tac-toe against a network that learned it from playing itself, at several points of its training.

The page carries the weights and runs the network, so it needs no table of positions. A weight is a whole number of
small steps, 16 bits long.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from struct import iter_unpack, pack
from typing import Any

from lecture.publishing.explored.controls import Explorable, button, choice, hidden, slider, switch

LARGEST = 2**15 - 1
"""Steps of the largest weight."""
SQUARES = ("top left", "top", "top right", "left", "centre", "right", "bottom left", "bottom", "bottom right")


def found() -> dict[str, Any]:
    """Return the layers' sizes, and at each point of training the weights and how well they play without a search."""
    import numpy as np  # here, not above: they import torch

    from lecture.experiments.when_to_use.learner import TicTacToeLearner
    from lecture.models.board_games import O, X, game
    from lecture.models.layers import Linear
    from lecture.records import read
    from lecture.training.self_play import answers, evaluator

    settings = TicTacToeLearner.preset()
    rules = game(settings.name_of_game)
    table = read(settings).sort_values("place")
    learners, sizes = [], []
    for games, runs in table[table["seed"] == settings.first_seed].groupby("games"):
        step, text = written(runs["weight"].tolist())
        network = settings.network(weights(step, text))
        asked = evaluator(rules, network, 1)
        favourites = asked(np.arange(len(rules.boards)))[0].argmax(1)
        chosen = favourites[None, :, None] == np.arange(rules.moves.shape[1])
        misplayed = rules.blunders(chosen).sum() / (~rules.over).sum()
        tried = [rules.lost(answers(rules, asked, 1, 0, side), side) for side in (X, O)]
        lost, lines = (sum(part).item() for part in zip(*tried, strict=True))
        words = f"{int(str(games)):,} games"
        strength = (
            f"After {words} it loses {100 * lost / lines:.2g} % of all lines of play, and misplays "
            f"{100 * misplayed:.2g} % of all positions."
        )
        learners.append({"words": words, "step": step, "weights": text, "strength": strength})
        layers = [layer for layer in network if isinstance(layer, Linear)]
        sizes = [rules.seen.shape[1], *(layer.weight.shape[2] for layer in layers)]
    return {"squares": SQUARES, "sizes": sizes, "learners": learners}


def written(weights: Sequence[float]) -> tuple[float, str]:
    """Return the size of a step, and the weights in steps, rounded, in base 64."""
    step = max(map(abs, weights)) / LARGEST
    return step, b64encode(pack(f"<{len(weights)}h", *(round(weight / step) for weight in weights))).decode()


def weights(step: float, text: str) -> list[float]:
    """Return the weights that :func:`written` wrote."""
    return [steps * step for (steps,) in iter_unpack("<h", b64decode(text))]


def controls(found: dict[str, Any]) -> str:
    """Return the board, the learner, who begins, whose move the squares tell about, and the buttons."""
    squares = "".join(
        f'<button type="button" data-act="{square}" aria-label="{name}"><b></b><small></small></button>'
        for square, name in enumerate(found["squares"])
    )
    last = len(found["learners"]) - 1
    views = {"its": "its last move", "yours": "your next move", "none": "nothing"}
    return (
        f'<div class="board" role="group" aria-label="Board">{squares}</div><div class="beside">'
        + slider("learner", "It has played", 0, last, 1, last // 2)
        + choice("side", "You play", {"X": "X, first", "O": "O"}, "X")
        + choice("view", "Its beliefs about", views, "its")
        + switch("drawn", "draw its move by its beliefs")
        + button("again", "New game")
        + button("back", "Take back")
        + hidden("moves")
        + hidden("seed", "1")
        + "</div>"
    )


EXPLORABLE = Explorable(
    experiments=("when_to_use.tic_tac_toe_learner",),
    found=found,
    controls=controls,
    otherwise="The chapter shows how many lines of play such learners lose.",
    height="flat",
)
"""A board, and what a network believes of each square of it."""
