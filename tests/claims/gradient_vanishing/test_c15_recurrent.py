"""What recurrent networks remember, and gradients that explode."""

import pandas as pd
import pytest

from lecture.claims.gradient_vanishing.c15_recurrent import STARTS, judge_explosion, judge_memory
from lecture.claims.verdict import Verdict


def recall(long, short=1.0, spread=0.01):
    """Return records in which the LSTM of each start, then the simple network, is right as often as given."""
    networks = (*(("LSTM", start) for start in STARTS), ("RNN", "default"))
    table = pd.DataFrame(
        [
            {"cell": cell, "start": start, "length": length, "rate": 0.1, "seed": seed, "loss": 1.0,
             "accuracy": short if length == 10 else share - spread * seed * (cell == "LSTM")}
            for (cell, start), share in zip(networks, long, strict=True) for length in (10, 100) for seed in range(3)
        ]
    )  # fmt: skip
    return {"recall_lstm": table[table["cell"] == "LSTM"], "recall_rnn": table[table["cell"] == "RNN"]}


@pytest.mark.parametrize(
    ("long", "short", "spread", "verdict"),
    [
        ((1.0, 1.0, 1.0, 0.3), 1.0, 0.01, Verdict.HOLDS),
        ((1.0, 0.3, 0.3, 0.3), 1.0, 0.01, Verdict.IN_PART),
        ((0.3, 0.3, 0.3, 0.3), 1.0, 0.01, Verdict.FAILS),
        ((1.0, 1.0, 1.0, 0.3), 0.8, 0.01, Verdict.UNDECIDED),
        ((1.0, 1.0, 1.0, 0.3), 1.0, 0.4, Verdict.UNDECIDED),
    ],
)
def test_each_start_is_a_question_open_until_all_master_the_shortest(long, short, spread, verdict):
    found = judge_memory(**recall(long, short, spread))
    assert found.verdict is verdict
    assert found.value.value == pytest.approx(100 * (long[0] - spread - long[3]))


def explosion(clipped, free, factor, spread=0.01):
    """Return a gradient that each step back changes by ``factor``, and runs at two rates, the clipped best at 0.2."""
    through_time = pd.DataFrame(
        [
            {"network": network, "step": step, "seed": seed, "gradient": (by + 0.01 * seed) ** (41 - step)}
            for network, by in (("LSTM", 0.5), ("LSTM of 1997", 1.0), ("RNN, orthogonal x 2", factor))
            for step in range(1, 41) for seed in range(3)
        ]
    )  # fmt: skip
    runs = pd.DataFrame(
        [
            {"clipped": kind, "rate": rate, "seed": seed, "loss": 1.0 - kind * rate + (rate if not kind else 0),
             "accuracy": right - spread * seed * kind}
            for kind, right in ((True, clipped), (False, free)) for rate in (0.1, 0.2) for seed in range(3)
        ]
    )  # fmt: skip
    return judge_explosion(through_time, runs)


@pytest.mark.parametrize(
    ("clipped", "free", "factor", "spread", "verdict"),
    [
        (1.0, 0.3, 1.5, 0.0, Verdict.HOLDS),
        (0.3, 0.3, 1.5, 0.0, Verdict.IN_PART),
        (1.0, 0.3, 1.5, 0.5, Verdict.IN_PART),
        (0.3, 0.3, 0.9, 0.0, Verdict.FAILS),
        (1.0, 0.3, 1.05, 0.5, Verdict.UNDECIDED),
    ],
)
def test_explosion_and_clipping_are_two_questions(clipped, free, factor, spread, verdict):
    assert explosion(clipped, free, factor, spread).verdict is verdict


def test_numbers_are_those_of_the_tables():
    found = explosion(1.0, 0.3, 1.5)
    values = {number.key: number.interval.value for number in found.numbers}
    assert values["solved_clipped"] == pytest.approx(100 / 3), "0.99 is not above the bar"
    assert values["solved_free"] == 0
    assert values["clipping_best"] == pytest.approx(69)
    assert values["factor_lstm"] == pytest.approx((0.5 * 0.51 * 0.52) ** (1 / 3))
