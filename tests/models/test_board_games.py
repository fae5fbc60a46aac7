"""Oracles: the known counts of the games, a plain recursion, and players whose weakness is known."""

import numpy as np
import pytest

from lecture.models.board_games import RULES, Game, O, Rules, X, game

TINY = Game(Rules(3, 3, 3, falls=True))


def best(played, values):
    """Return the moves to the positions that are worth most to the side to move, ``[T, n, actions]``, ties included."""
    worth = np.where(played.x_moves, 1, -1)[:, None] * values[:, played.moves]
    worth = np.where(played.moves >= 0, worth, -np.inf)
    return (worth == worth.max(2, keepdims=True)) & (played.moves >= 0)


def anything(played):
    return np.ones((1, *played.moves.shape), bool)


def by_recursion(played, board, chosen, player):
    """Return lines lost and lines in all, by trying everything one board at a time."""
    number = played.boards.index(board)
    won, marks = played.rules.winner(board), board.count("X") + board.count("O")
    if won or marks == played.rules.squares:
        return int(won == -player), 1
    turn, mark = (X, "X") if board.count("X") == board.count("O") else (O, "O")
    results = []
    for action in range(played.rules.actions):
        square = played.rules.square(board, action)
        if square is not None and (turn != player or chosen[number, action]):
            results.append(by_recursion(played, board[:square] + mark + board[square + 1 :], chosen, player))
    return sum(lost for lost, _ in results), sum(lines for _, lines in results)


def test_the_tree_of_tic_tac_toe_has_its_known_size():
    played = game("tic-tac-toe")
    assert played.games() == 255_168
    assert len(played.boards) == 5_478
    assert played.over.sum() == 958
    assert (played.outcome == X).sum() == 626
    assert (played.outcome == O).sum() == 316


def test_of_all_games_x_wins_131184_and_o_77904():
    played = game("tic-tac-toe")
    assert [int(part[0]) for part in played.lost(anything(played), X)] == [77_904, 255_168]
    assert [int(part[0]) for part in played.lost(anything(played), O)] == [131_184, 255_168]


def test_four_in_a_row_on_four_by_four_has_its_known_positions_and_is_a_draw():
    played = game("four in a row")
    assert len(played.boards) == 161_029  # as in John Tromp's table of Connect Four on small boards
    assert played.minimax[0] == 0


@pytest.mark.parametrize("name", RULES)
def test_perfect_play_cannot_be_beaten_and_never_blunders(name):
    played = game(name)
    chosen = best(played, played.minimax[None])
    assert set(played.minimax) == {-1, 0, 1}
    assert [played.lost(chosen, player)[0].item() for player in (X, O)] == [0, 0]
    assert not played.blunders(chosen).any()


@pytest.mark.parametrize("player", [X, O])
@pytest.mark.parametrize("played", [game("tic-tac-toe"), TINY], ids=["marks stay", "marks fall"])
def test_lines_are_counted_as_a_plain_recursion_counts_them(played, player):
    rng = np.random.default_rng(0)
    chosen = best(played, np.round(rng.normal(size=(2, len(played.boards))), 1))  # rounded, so that there are ties
    lost, lines = played.lost(chosen, player)
    for number in range(2):
        assert (lost[number], lines[number]) == by_recursion(played, "." * 9, chosen[number], player)


def test_a_mark_falls_to_the_lowest_free_square_and_a_full_column_is_no_move():
    rules = RULES["four in a row"]
    board = "." * 12 + "XO.."
    assert [rules.square(board, column) for column in range(4)] == [8, 9, 14, 15]
    assert rules.square("O...X...O...X...", 0) is None


def test_one_wrong_move_is_one_blunder_and_can_be_punished():
    played = game("tic-tac-toe")
    chosen = best(played, played.minimax[None])
    corner, beside = played.boards.index("X........"), played.boards.index("XO.......")
    chosen[0, corner] = played.moves[corner] == beside  # this answer to a corner loses
    assert np.flatnonzero(played.blunders(chosen)[0]).tolist() == [corner]
    assert played.lost(chosen, O)[0] > 0
    assert played.lost(chosen, X)[0] == 0


def test_the_side_to_move_sees_its_own_marks_first():
    played = game("tic-tac-toe")
    seen = played.seen[played.boards.index("XO.......")]  # X to move
    assert seen.tolist() == [1, *[0] * 8, 0, 1, *[0] * 7]
    assert played.seen[played.boards.index("X........")].tolist() == [*[0] * 9, 1, *[0] * 8]


def test_layers_hold_the_positions_by_their_marks():
    played = game("tic-tac-toe")
    assert [layer.stop - layer.start for layer in played.layers[:3]] == [1, 9, 72]
    assert played.layers[-1].stop == len(played.boards)
