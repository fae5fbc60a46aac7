"""The product of slopes, and training that stalls."""

from math import log

import pandas as pd
import pytest

from lecture.claims.gradient_vanishing.c10_vanishing import DEEP, PASSED_ON, judge_product, judge_stall
from lecture.claims.verdict import Verdict

SEEDS = range(4)


def norms(sigmoid):
    """Return gradients of which each of 16 sigmoid layers leaves the share given, give or take a thousandth."""
    return pd.DataFrame(
        [
            {"activation": function, "init": start, "depth": DEEP, "seed": seed, "layer": layer,
             "error": ((sigmoid if function == "sigmoid" else 1.0) + 1e-3 * seed) ** (DEEP + 1 - layer)}
            for function, start in PASSED_ON for seed in SEEDS for layer in range(1, DEEP + 2)
        ]
    )  # fmt: skip


def losses(deep, shallow=1.0, spread=1e-3):
    return pd.DataFrame(
        [
            {"init": start, "depth": depth, "rate": 0.1, "seed": seed, "step": 9, "train_loss": loss + spread * seed}
            for start in ("default", "Xavier")
            for depth, loss in ((DEEP, deep), (1, shallow))
            for seed in SEEDS
        ]
    )


@pytest.mark.parametrize(
    ("factor", "verdict"),
    [(0.25, Verdict.HOLDS), (0.9, Verdict.FAILS), (10 ** (-6 / 16) - 1.5e-3, Verdict.UNDECIDED)],
)
def test_a_millionth_is_the_bar(factor, verdict):
    assert judge_product(norms(factor)).verdict is verdict


def test_factor_is_the_root_of_what_is_left():
    found = judge_product(norms(0.25))
    factors = {number.key: number.interval.value for number in found.numbers}
    assert factors["factor_sigmoid_xavier"] == pytest.approx(0.2515, abs=1e-5)
    assert found.value.value == pytest.approx(-16 * log(factors["factor_sigmoid_xavier"], 10))


@pytest.mark.parametrize(
    ("deep", "shallow", "spread", "verdict"),
    [
        (log(10), 1.0, 1e-3, Verdict.HOLDS),
        (2.0, 1.0, 1e-3, Verdict.FAILS),
        (log(10), 1.0, 0.1, Verdict.UNDECIDED),
        (log(10), log(10), 1e-3, Verdict.UNDECIDED),
    ],
)
def test_deep_ones_must_stall_where_shallow_ones_learn(deep, shallow, spread, verdict):
    assert judge_stall(losses(deep, shallow, spread)).verdict is verdict


def test_it_counts_who_has_learned():
    found = judge_stall(losses(2.0))
    assert (found.trained.value, found.trained.n) == (1.0, 2 * len(SEEDS))
