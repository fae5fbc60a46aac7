"""The learners that are kept are among those that the book measures."""

import pytest
import torch

from lecture.experiments.when_to_use.learner import FourInARowLearner, TicTacToeLearner
from lecture.experiments.when_to_use.self_play import FourInARow, TicTacToe
from lecture.models.board_games import O, X, game
from lecture.training.self_play import answers, evaluator

CPU = torch.device("cpu")
COLUMNS = ["lost", "lines", "misplayed"]


@pytest.fixture(scope="module", params=[TicTacToeLearner, FourInARowLearner], ids=["tic-tac-toe", "four in a row"])
def kept(request):
    settings = request.param.preset("smoke")
    return settings, settings.run(CPU)


def test_every_weight_has_its_row(kept):
    settings, table = kept
    (inputs, outputs), width = ((18, 10) if settings.name_of_game == "tic-tac-toe" else (32, 5)), settings.width
    weights = (inputs + 1) * width + (width + 1) * width + (width + 1) * outputs
    assert settings.sizes == (inputs, width, width, outputs)
    assert table.groupby("games")["place"].apply(list).to_dict() == {0: [*range(weights)], 4: [*range(weights)]}
    assert table["weight"].nunique() > weights  # it learns


def test_it_loses_what_the_first_of_the_measured_learners_loses(kept):
    settings, table = kept
    experiment = TicTacToe if settings.name_of_game == "tic-tac-toe" else FourInARow
    measured = experiment.preset("smoke").run(CPU).query("player == 'network' and seed == 0").set_index("games")
    for games, runs in table.groupby("games"):
        assert (runs[COLUMNS] == measured.loc[games, COLUMNS]).all(axis=None)


def test_it_plays_as_strong_as_its_row_says_with_the_weights_of_its_rows(kept):
    settings, table = kept
    rules = game(settings.name_of_game)
    for _, runs in table.groupby("games"):
        asked = evaluator(rules, settings.network(runs["weight"].tolist()), 1)
        tried = [rules.lost(answers(rules, asked, 1, 0, side), side) for side in (X, O)]
        assert [sum(part).item() for part in zip(*tried, strict=True)] == runs[["lost", "lines"]].iloc[0].tolist()


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
