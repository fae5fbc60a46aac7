"""What recurrent networks remember, and gradients that explode."""

import pandas as pd
import pytest

from lecture.claims.gradient_vanishing.c15_recurrent import STARTS, judge_explosion, judge_memory
from lecture.claims.verdict import Verdict


def recall(lstm, rnn=0.5, runs=20):
    """Return records in which the LSTM of each start, then the simple network, solves so large a share of the runs.

    All solve the shortest sequences; those that solve no longer ones were not tried at the longest.
    """
    networks = (*(("LSTM", start, share) for start, share in zip(STARTS, lstm, strict=True)), ("RNN", "default", rnn),
                ("GRU", "default", 1.0), ("LSTM", "forget 1", 0.0))  # fmt: skip
    table = pd.DataFrame(
        [
            {"cell": cell, "start": start, "length": length, "steps": 1500, "seed": seed,
             "updates": 100 if length == 30 or seed < share * runs else -1}
            for cell, start, share in dict.fromkeys(networks) for length in (30, 100, 200) if length < 200 or share
            for seed in range(runs)
        ]
    ).drop_duplicates(["cell", "start", "length", "seed"])  # fmt: skip
    return {f"recall_{cell.lower()}": rows for cell, rows in table.groupby("cell")}


@pytest.mark.parametrize(
    ("lstm", "rnn", "verdict"),
    [
        ((1.0, 1.0, 1.0, 1.0, 1.0), 0.3, Verdict.HOLDS),
        ((1.0, 1.0, 0.0, 0.0, 0.0), 0.3, Verdict.IN_PART),
        ((0.3, 0.3, 0.0, 0.0, 0.0), 0.3, Verdict.FAILS),
        ((0.6, 0.6, 0.6, 0.6, 0.6), 0.3, Verdict.UNDECIDED),
    ],
)
def test_each_start_of_the_lstm_is_a_question(lstm, rnn, verdict):
    found = judge_memory(**recall(lstm, rnn))
    assert found.verdict is verdict
    assert found.value.value == pytest.approx(100 * (lstm[0] - rnn))


def test_a_length_that_was_not_tried_is_not_solved():
    values = {number.key: number.interval.value for number in judge_memory(**recall((1.0, 0.5, 0, 0, 0))).numbers}
    assert (values["lstm_1997_shut"], values["lstm_remember"], values["lstm_default"]) == (100, 50, 0)
    assert (values["short_lstm_default"], values["updates_1997_shut"]) == (100, 100)


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
