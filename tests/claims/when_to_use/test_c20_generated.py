import numpy as np
import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.when_to_use.c20_generated import CLAIM, lines_lost
from lecture.claims.when_to_use.exchange import curve, exchange, faces, worth
from lecture.models.tic_tac_toe import game

REAL = {10: 30.0, 30: 50.0, 100: 75.0, 300: 88.0, 1000: 92.0}


def pictures(rendered, seeds=5):
    """Accuracies in per cent of rendered digits alone, and of real ones on a fixed curve, with a small spread."""
    rows = [("rendered", 22, 0, rendered), ("rendered", 1, 0, rendered / 2)]
    rows += [(name, 0, n, percent) for n, percent in REAL.items() for name in ("real", "real, distorted")]
    rows += [("real and rendered", 22, n, REAL[n] + 2) for n in (10, 100)]
    spread = np.linspace(-0.5, 0.5, seeds)
    return pd.DataFrame(
        [(*row[:3], seed, (row[3] + spread[seed]) / 100) for row in rows for seed in range(seeds)],
        columns=["trained_on", "faces", "real", "seed", "accuracy"],
    )


def players(perfect, seeds=4):
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
    ("rendered", "perfect", "verdict"),
    [
        (95, 4, Verdict.HOLDS),
        (80, 4, Verdict.CAVEAT),
        (48, 4, Verdict.FAILS),
        (95, 3, Verdict.FAILS),
        (80, 0, Verdict.FAILS),
    ],
)
def test_both_halves_must_hold(rendered, perfect, verdict):
    assert CLAIM.find(pictures(rendered), players(perfect)).verdict == verdict


def test_the_numbers_prose_quotes():
    finding = CLAIM.find(pictures(75), players(4))
    found = {m.key: m.interval for m in finding.measurements}
    assert finding.measurements[0].key == "worth"
    assert found["worth"].value == pytest.approx(100)
    assert found["gap"].value == pytest.approx(-17)
    assert found["gain_100"].value == pytest.approx(2)
    assert found["faces_22"].value == pytest.approx(75)
    assert (found["learners"].value, found["safe_self"].value, found["safe_random"].value) == (4, 4, 0)
    assert found["tree"].value == 255_168
    assert found["lost_self"].value == 0
    assert found["lost_random"].value == 77_904 + 131_184
    assert found["real_most"].value == pytest.approx(92)
    assert set(finding.scale) <= set(found)
    assert finding.opposite == 0


def test_seeds_that_tell_the_opposite_are_counted():
    runs = pictures(60)
    lucky = (runs["trained_on"] == "rendered") & (runs["seed"] == 0)
    runs.loc[lucky, "accuracy"] = 0.2
    runs.loc[(runs["trained_on"] == "rendered") & (runs["seed"] > 0), "accuracy"] = 0.9
    assert CLAIM.find(runs, players(4)).opposite in (0.2, 0.8)


def test_worth_is_read_off_the_curve_on_a_logarithmic_axis():
    sizes, percent = [10, 100, 1000], [20, 60, 80]
    assert worth(sizes, percent, 60) == pytest.approx(100)
    assert worth(sizes, percent, 40) == pytest.approx(10**1.5)
    assert worth(sizes, percent, 10) == pytest.approx(10)
    assert worth(sizes, percent, 99) == pytest.approx(1000)
    assert worth(sizes, [20, 10, 80], 20) == pytest.approx(10)  # a dip is chance: the smaller set was enough
    assert worth(sizes, [20, 10, 80], 50) == pytest.approx(10 * 10)


def test_the_exchange_is_made_seed_by_seed():
    runs = pictures(75)
    real, alone = curve(runs, "real"), faces(runs)[22]
    each = [worth(real.columns, real.loc[seed], alone.loc[seed]) for seed in real.index]
    assert exchange(real, alone).value == pytest.approx(np.exp(np.mean(np.log(each))))
    assert list(real.columns) == list(REAL)


def test_lines_lost_keeps_seeds_and_games_apart():
    table = lines_lost(players(1, seeds=2)).set_index(["opponent", "seed", "games"])
    assert table.loc[("itself", 0, 20), "lost"] == 0
    assert table.loc[("itself", 0, 20), "blunders"] == 0
    assert table.loc[("itself", 1, 20), "lost"] == 77_904 + 131_184
    assert table.loc[("itself", 0, 10), "lost"] == 77_904 + 131_184
    assert (table["lines"] > 0).all()
