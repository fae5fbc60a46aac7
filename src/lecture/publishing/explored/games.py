"""Two games against networks that learned them from playing themselves, at several points of their training.

The page carries the weights, runs the networks and solves the games, so it needs no table of positions. A weight is a
whole number of small steps, 16 bits long.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from struct import iter_unpack, pack
from typing import TYPE_CHECKING, Any

from lecture.publishing.explored.controls import Explorable, Preset, button, choice, hidden, slider, switch

if TYPE_CHECKING:
    from lecture.experiments.when_to_use.learner import TicTacToeLearner

LARGEST = 2**15 - 1
"""Steps of the largest weight."""
GAMES = {"tictactoe": "tic-tac-toe", "four": "Connect Four, 4 by 4"}
NINE = ("top left", "top", "top right", "left", "centre", "right", "bottom left", "bottom", "bottom right")


def found() -> dict[str, Any]:
    """Return of each game its rules, and the learner at each point of its training."""
    from lecture.experiments.when_to_use import learner  # here, not above: it imports torch

    return {"tictactoe": _game(learner.TicTacToeLearner.preset()), "four": _game(learner.FourInARowLearner.preset())}


def _game(settings: "TicTacToeLearner") -> dict[str, Any]:
    """Return the words for squares, columns, lines that win, and the learner's weights and strength."""
    from lecture.models.board_games import RULES
    from lecture.records import read

    rules = RULES[settings.name_of_game]
    heights = [(rules.rows - square // rules.columns, square % rules.columns + 1) for square in range(rules.squares)]
    table = read(settings).sort_values("place")
    return {
        "squares": [f"column {column}, row {row}" for row, column in heights] if rules.falls else NINE,
        "columns": rules.columns,
        "falls": rules.falls,
        "lines": rules.lines,
        "sizes": settings.sizes,
        "learners": [
            _learner(f"{int(str(games)):,} games", runs)
            for games, runs in table[table["seed"] == settings.first_seed].groupby("games")
        ],
    }


def _learner(words: str, runs: Any) -> dict[str, Any]:
    step, text = written(runs["weight"].tolist())
    lost, lines, misplayed = runs[["lost", "lines", "misplayed"]].iloc[0]
    strength = (
        f"After {words} it loses {100 * lost / lines:.2g} % of all lines of play, and misplays {100 * misplayed:.2g} % "
        "of all positions."
    )
    return {"words": words, "step": step, "weights": text, "strength": strength}


def written(weights: Sequence[float]) -> tuple[float, str]:
    """Return the size of a step, and the weights in steps, rounded, in base 64."""
    step = max(map(abs, weights)) / LARGEST
    return step, b64encode(pack(f"<{len(weights)}h", *(round(weight / step) for weight in weights))).decode()


def weights(step: float, text: str) -> list[float]:
    """Return the weights that :func:`written` wrote."""
    return [steps * step for (steps,) in iter_unpack("<h", b64decode(text))]


def controls(found: dict[str, Any]) -> str:
    """Return a board a game, which game, the learner, who begins, what the squares tell about, and the buttons."""
    last = min(len(game["learners"]) for game in found.values()) - 1
    views = {"its": "its last move", "yours": "your next move", "none": "nothing"}
    return (
        "".join(board(key, game["squares"], shown=key == "tictactoe") for key, game in found.items())
        + '<div class="beside">'
        + choice("game", "Game", GAMES, "tictactoe")
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


def board(key: str, squares: Sequence[str], shown: bool) -> str:
    """Return a button a square: a mark, and what the learner believes of it."""
    buttons = "".join(
        f'<button type="button" data-act="{square}" aria-label="{name}"><b></b><small></small></button>'
        for square, name in enumerate(squares)
    )
    hiding = "" if shown else " hidden"
    return f'<div class="board {key}" role="group" aria-label="Board: {GAMES[key]}"{hiding}>{buttons}</div>'


EXPLORABLE = Explorable(
    experiments=("when_to_use.tic_tac_toe_learner", "when_to_use.four_in_a_row_learner"),
    found=found,
    controls=controls,
    otherwise="The chapter shows how many lines of play such learners lose.",
    height="flat",
    presets=(
        Preset(
            "C20 untaught",
            "C20: before its first game. It moves all the same.",
            {"game": "tictactoe", "learner": "0", "moves": ""},
        ),
        Preset(
            "C20 begun",
            "C20: after its first games. What has it understood?",
            {"game": "tictactoe", "learner": "1", "moves": ""},
        ),
        Preset(
            "C20 the larger game",
            "C20: far more positions to know, and fewer games to learn from.",
            {"game": "four", "learner": "1", "moves": ""},
        ),
    ),
)
"""A board, and what a network believes of each move on it."""
