import numpy as np
import pandas as pd
import pytest

from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.c20_generated import curve, judge_rendered, judge_self_play

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


def learners(share, seeds=5, wobble=0.1):
    """Learners who lose a tenth of the lines before the first game, and after ten these per cent with the search."""
    rows = [
        (games, player, seed, round(100 * (level + wobble * seed / seeds)), 10_000, 0.3)
        for games, levels in ((0, (20, 10)), (10, (3 * share, share)))
        for player, level in zip(("network", "network and search"), levels, strict=True)
        for seed in range(seeds)
    ]
    return pd.DataFrame(rows, columns=["games", "player", "seed", "lost", "lines", "misplayed"])


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
    ("small", "large", "verdict"),
    [
        (0.3, 0.5, Verdict.HOLDS),
        (3, 5, Verdict.FAILS),
        (0.3, 5, Verdict.IN_PART),
        (0.95, 5, Verdict.UNDECIDED),
    ],
)
def test_self_taught_networks_must_lose_hardly_a_line_of_either_game(small, large, verdict):
    found = judge_self_play(learners(small), learners(large))
    assert found.verdict is verdict
    assert found.value.value == pytest.approx(small, abs=0.1)


def test_the_numbers_prose_quotes():
    found = judge_rendered(pictures(75))
    numbers = {m.key: m.interval.value for m in found.numbers}
    assert found.value.value == pytest.approx(100, rel=0.01)
    assert (numbers["added"], numbers["one_face"], numbers["real"]) == pytest.approx((2, 37.5, 92))
    found = judge_self_play(learners(0.0, wobble=0), learners(2))
    numbers = {m.key: m.interval.value for m in found.numbers}
    assert (numbers["learners"], numbers["tic_tac_toe_safe"], numbers["four_safe"]) == (5, 5, 0)
    assert (numbers["tic_tac_toe_before"], numbers["four_alone"]) == pytest.approx((10, 6), abs=0.1)
    assert numbers["misplayed"] == pytest.approx(30)
    assert (numbers["tree"], numbers["tree_four"]) == (255_168, 47_982_540)
    assert set(found.drawn) <= set(numbers)
    assert curve(pictures(75), "rendered", "faces").columns.tolist() == [1, 22]
