"""The learner that is kept is one of those that the book measures."""

import pytest
import torch

from lecture.experiments.when_to_use.learner import TicTacToeLearner
from lecture.experiments.when_to_use.self_play import TicTacToe
from lecture.models.board_games import O, X, game
from lecture.training.self_play import answers, evaluator

CPU = torch.device("cpu")
SETTINGS = TicTacToeLearner.preset("smoke")


@pytest.fixture(scope="module")
def kept():
    return SETTINGS.run(CPU)


def test_every_weight_has_its_row(kept):
    width = SETTINGS.width
    weights = (18 + 1) * width + (width + 1) * width + (width + 1) * 10
    assert kept.groupby("games")["place"].apply(list).to_dict() == {0: [*range(weights)], 4: [*range(weights)]}
    assert kept["weight"].nunique() > weights  # it learns


def test_it_loses_what_the_first_of_the_measured_learners_loses(kept):
    rules, measured = game("tic-tac-toe"), TicTacToe.preset("smoke").run(CPU)
    for games in SETTINGS.looks:
        runs = kept[kept["games"] == games]
        asked = evaluator(rules, SETTINGS.network(runs["weight"].tolist()), 1)
        tried = [rules.lost(answers(rules, asked, 1, 0, side), side) for side in (X, O)]
        own = measured.query("games == @games and player == 'network' and seed == 0")
        assert [sum(part).item() for part in zip(*tried, strict=True)] == own[["lost", "lines"]].iloc[0].tolist()


def test_perfect_play_does_not_depend_on_how_one_looks_at_the_board():
    """765 positions are left of the 5,478 when turned and mirrored boards count once; each keeps its worth."""
    rules, worth = game("tic-tac-toe"), {}
    for board, value in zip(rules.boards, rules.minimax, strict=True):
        square = torch.tensor([".XO".index(mark) for mark in board]).view(3, 3)
        turned = [torch.rot90(one, k) for one in (square, square.T) for k in range(4)]
        worth.setdefault(min(tuple(one.flatten().tolist()) for one in turned), set()).add(value)
    assert len(rules.boards) == 5478
    assert len(worth) == 765
    assert all(len(values) == 1 for values in worth.values())
    assert rules.minimax[0] == 0
