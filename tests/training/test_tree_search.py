"""The search, on its own: what it must find without any opinion of a network."""

import numpy as np

from lecture.models.board_games import game
from lecture.training.tree_search import search

PLAYED = game("tic-tac-toe")


def ignorant(positions):
    """All moves look alike, and nobody is expected to win."""
    legal = PLAYED.moves[positions] >= 0
    return legal / np.maximum(legal.sum(1, keepdims=True), 1), np.zeros(len(positions))


def at(*boards):
    return np.array([PLAYED.boards.index(board) for board in boards])


def test_every_simulation_tries_a_move_and_only_allowed_ones():
    roots = at(".........", "XO.......", "XOXOXO...")
    visits = search(PLAYED, roots, ignorant, 40)
    assert visits.sum(1).tolist() == [40, 40, 40]
    assert not visits[PLAYED.moves[roots] < 0].any()


def test_it_finds_a_win_and_a_block_by_itself():
    win, block = search(PLAYED, at("XX.OO....", "XX..O...."), ignorant, 300)
    assert win.argmax() == 2  # X wins at once
    assert block.argmax() == 2  # O has to stop it


def test_more_simulations_come_nearer_to_perfect_play():
    open_positions = np.flatnonzero(~PLAYED.over)[:400]
    side = np.where(PLAYED.x_moves[open_positions], 1, -1)
    shares = []
    for simulations in (5, 200):
        move = search(PLAYED, open_positions, ignorant, simulations).argmax(1)
        after = PLAYED.moves[open_positions, move]
        shares.append(np.mean(side * PLAYED.minimax[after] == side * PLAYED.minimax[open_positions]))
    assert shares[0] < shares[1]
    assert shares[1] > 0.85


def test_a_root_where_the_game_is_over_is_left_alone():
    visits = search(PLAYED, at("XXXOO....", "........."), ignorant, 10)
    assert visits.sum(1).tolist() == [0, 10]


def test_noise_brings_in_moves_that_the_network_would_not_try():
    def sure(positions):
        shares, expected = ignorant(positions)
        return np.where(np.arange(9) == 4, 1.0, 0.0) * (shares > 0), expected

    noise = np.where(np.arange(9) == 0, 1.0, 0.0)[None]
    without, mixed = (search(PLAYED, at("........."), sure, 30, extra)[0] for extra in (None, noise))
    assert mixed[0] > without[0]


def test_games_side_by_side_do_not_see_each_other():
    roots = at(".........", "X........", "XX.OO....")
    together = search(PLAYED, roots, ignorant, 50)
    for root, visits in zip(roots, together, strict=True):
        assert np.array_equal(search(PLAYED, root[None], ignorant, 50)[0], visits)
