import numpy as np
import pytest

from lecture.models.tic_tac_toe import O, X, game
from lecture.training.self_play import learn


def last(seed, games, **settings):
    (*_, (_, as_x, as_o)) = learn(seed, (games,), **{"rate": 0.3, "explore": 0.1} | settings)
    return as_x, as_o


def test_a_learner_that_plays_itself_has_one_table_for_both_sides():
    as_x, as_o = last(0, 200)
    assert np.array_equal(as_x, as_o)
    assert set(np.unique(as_x[game().over])) <= {-1.0, 0.0, 1.0}
    assert np.abs(as_x).max() == 1


def test_only_the_end_of_a_game_tells_anything_and_it_is_told_rightly():
    as_x, _ = last(0, 500)
    over = game().over
    met = over & (as_x != 0)
    assert met.any()
    assert np.array_equal(as_x[met], game().outcome[met])
    assert (as_x[over & (game().outcome == 0)] == 0).all()


def test_after_one_game_at_rate_one_only_the_last_two_positions_are_worth_something():
    for seed in range(5):
        as_x, _ = last(seed, 1, rate=1.0, explore=1e-9)
        assert np.count_nonzero(as_x) in (0, 2)  # the end and the position before; none if it was a draw


def test_against_a_random_opponent_each_side_has_its_own_table():
    as_x, as_o = last(0, 3000, itself=False)
    assert not np.array_equal(as_x, as_o)
    assert as_x[0] > 0 > as_o[0]  # whoever learns wins more often than somebody who moves at random


def test_looks_do_not_disturb_and_a_seed_is_its_own():
    many = {games: as_x for games, as_x, _ in learn(3, (10, 50, 120), rate=0.3, explore=0.1)}
    (alone,) = [as_x for _, as_x, _ in learn(3, (50,), rate=0.3, explore=0.1)]
    assert np.array_equal(many[50], alone)
    assert not np.array_equal(many[120], last(4, 120)[0])


@pytest.mark.parametrize("player", [X, O])
def test_practice_helps(player):
    few, many = (np.stack([last(seed, games)[0] for seed in range(2)]) for games in (30, 3000))
    shares = [lost / lines for lost, lines in (game().lost(few, player), game().lost(many, player))]
    assert (shares[1] < shares[0] / 2).all()
