import numpy as np
import pandas as pd
import pytest

from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.c20_generated import curve, judge_rendered, judge_self_play, lines_lost
from lecture.models.tic_tac_toe import game

REAL = {10: 30.0, 30: 50.0, 100: 75.0, 300: 88.0, 1000: 92.0}


def pictures(rendered, seeds=5, spread=0.5):
    """Accuracies in per cent of rendered digits alone, and of real ones on a fixed curve."""
    rows = [("rendered", 1, 0, rendered / 2), ("rendered", 22, 0, rendered)]
    rows += [(name, 0, n, percent) for n, percent in REAL.items() for name in ("real", "real, distorted")]
    rows += [("real and rendered", 22, n, REAL[n] + 2) for n in (10, 100)]
    wobble = np.linspace(-spread, spread, seeds)
    return pd.DataFrame(
        [
            (*row[:3], seed, (row[3] + wobble[seed] * (row[0] == "rendered")) / 100)
            for row in rows
            for seed in range(seeds)
        ],
        columns=["trained_on", "faces", "real", "seed", "accuracy"],
    )


def players(perfect, seeds=60):
    """Beliefs after 10 games (none) and 20: of so many seeds those of perfect play, of the others none."""
    worth, nothing = game().minimax, np.zeros(len(game().boards))
    return pd.concat(
        [
            pd.DataFrame({"opponent": opponent, "seed": seed, "games": games, "board": game().boards}).assign(
                as_x=values, as_o=values
            )
            for opponent, good in (("itself", perfect), ("random", 0))
            for seed in range(seeds)
            for games, values in ((10, nothing), (20, worth if seed < good else nothing))
        ],
        ignore_index=True,
    )


@pytest.mark.parametrize(
    ("rendered", "spread", "verdict"),
    [
        (95, 0.5, Verdict.HOLDS),
        (80, 0.5, Verdict.IN_PART),
        (40, 0.5, Verdict.FAILS),
        (52, 20, Verdict.UNDECIDED),
    ],
)
def test_rendered_digits_stand_in_for_few_or_for_many(rendered, spread, verdict):
    assert judge_rendered(pictures(rendered, spread=spread)).verdict is verdict


@pytest.mark.parametrize(
    ("perfect", "player", "verdict"),
    [
        (60, "network", Verdict.HOLDS),
        (10, "network", Verdict.FAILS),
        (55, "network", Verdict.UNDECIDED),
        (60, "table", Verdict.UNDECIDED),
        (60, None, Verdict.UNDECIDED),
    ],
)
def test_only_networks_tell_of_networks(perfect, player, verdict):
    records = players(perfect)
    assert judge_self_play(records.assign(player=player) if player else records).verdict is verdict


def test_the_numbers_prose_quotes():
    found = judge_rendered(pictures(75))
    numbers = {m.key: m.interval.value for m in found.numbers}
    assert found.value.value == pytest.approx(100, rel=0.01)
    assert (numbers["added"], numbers["one_face"], numbers["real"]) == pytest.approx((2, 37.5, 92))
    numbers = {m.key: m.interval.value for m in judge_self_play(players(4, seeds=4)).numbers}
    assert (numbers["learners"], numbers["safe"], numbers["safe_random"]) == (4, 4, 0)
    assert numbers["tree"] == 255_168
    assert curve(pictures(75), "rendered", "faces").columns.tolist() == [1, 22]


def test_lines_lost_keeps_seeds_and_games_apart():
    table = lines_lost(players(1, seeds=2)).set_index(["opponent", "seed", "games"])
    assert table.loc[("itself", 0, 20), "lost"] == 0
    assert table.loc[("itself", 0, 20), "blunders"] == 0
    assert table.loc[("itself", 1, 20), "lost"] == 77_904 + 131_184
    assert table.loc[("itself", 0, 10), "lost"] == 77_904 + 131_184
    assert (table["lines"] > 0).all()
