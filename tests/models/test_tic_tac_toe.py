"""Oracles: the known counts of the game, a plain recursion, and players whose weakness is known."""

from functools import cache

import numpy as np
import pytest

from lecture.models.tic_tac_toe import O, X, canonical, game, winner


def by_recursion(board, chooses, player):
    """Return lines lost and lines in all, by trying everything one board at a time."""
    won = winner(board)
    free = [square for square in range(9) if board[square] == "."]
    if won or not free:
        return int(won == -player), 1
    turn = X if board.count("X") == board.count("O") else O
    nexts = [board[:s] + ("X" if turn == X else "O") + board[s + 1 :] for s in free]
    tried = chooses(nexts) if turn == player else nexts
    results = [by_recursion(new, chooses, player) for new in tried]
    return sum(lost for lost, _ in results), sum(lines for _, lines in results)


def test_the_tree_has_its_known_size():
    assert game().games() == 255_168
    assert len(game().boards) == 5_478
    assert len({canonical(board) for board in game().boards}) == 765
    assert game().over.sum() == 958
    assert (game().outcome == X).sum() == 626
    assert (game().outcome == O).sum() == 316


def test_of_all_games_x_wins_131184_and_o_77904():
    anything = np.zeros((1, len(game().boards)))
    assert [int(part[0]) for part in game().lost(anything, X)] == [77_904, 255_168]
    assert [int(part[0]) for part in game().lost(anything, O)] == [131_184, 255_168]


def test_perfect_play_is_a_draw_and_cannot_be_beaten():
    worth = game().minimax
    assert worth[0] == 0
    assert set(worth) == {-1, 0, 1}
    for player in (X, O):
        assert game().lost(worth[None], player)[0] == 0
        assert not game().blunders(worth[None], player).any()


@pytest.mark.parametrize("player", [X, O])
def test_lines_are_counted_as_a_plain_recursion_counts_them(player):
    rng = np.random.default_rng(0)
    values = np.round(rng.normal(size=(3, len(game().boards))), 1)  # rounded, so that there are ties
    lost, lines = game().lost(values, player)
    for number, row in enumerate(values):
        known = dict(zip(game().boards, player * row, strict=True))

        @cache
        def chooses(nexts, known=known):
            return [new for new in nexts if known[new] == max(known[other] for other in nexts)]

        expected = by_recursion("." * 9, lambda nexts, pick=chooses: pick(tuple(nexts)), player)
        assert (lost[number], lines[number]) == expected


def test_one_wrong_belief_is_one_blunder_and_can_be_punished():
    boards = game().boards
    values = game().minimax[None].copy()
    values[0, boards.index("XO.......")] = -1  # O believes that this answer to a corner wins; it loses
    assert [boards[n] for n in np.flatnonzero(game().blunders(values, O)[0])] == ["X........"]
    assert game().lost(values, O)[0] > 0
    assert game().lost(values, X)[0] == 0


def test_turning_and_mirroring_make_no_other_position():
    assert len({canonical(board) for board in ("X........", "..X......", "......X..", "........X")}) == 1
    assert canonical("X........") != canonical("....X....")
