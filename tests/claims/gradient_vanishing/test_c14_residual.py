"""Depth in plain and residual networks, and a thousand layers."""

import numpy as np
import pandas as pd
import pytest

from lecture.claims.gradient_vanishing.c14_residual import LARGEST, PLAIN, RESIDUAL, ZERO, judge_depth, judge_thousand
from lecture.claims.verdict import Verdict

DEPTHS = (8, 20, 56)


def records(depths=DEPTHS, spread=0.002, passes=100, **errors):
    """Return records of networks with the errors given, in per cent, one for each depth."""
    names = {"plain": "plain", "shortcut": "shortcut", "zero": ZERO, "norm": PLAIN, "residual": RESIDUAL}
    return pd.DataFrame(
        [
            {"network": names[name], "depth": depth, "rate": 0.1, "seed": seed, "train_loss": 1.0,
             "passes": passes, "train_error": error / 100 + spread * seed * (depth > 20), "first_gradient": 1.0}
            for name, line in errors.items() for depth, error in zip(depths, line, strict=True) for seed in range(3)
        ]
    )  # fmt: skip


def few(norm=(1, 10, 30), residual=(1, 1, 1), zero=(1, 1, 1), spread=0.002):
    same = (1, 1, 1)
    return records(plain=same, shortcut=same, zero=zero, norm=norm, residual=residual, spread=spread)


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({}, Verdict.HOLDS),
        ({"norm": (1, 1, 1)}, Verdict.FAILS),
        ({"residual": (1, 1, 30)}, Verdict.FAILS),
        ({"residual": (1, 10, 1)}, Verdict.UNDECIDED),
        ({"norm": (10, 10, 75)}, Verdict.UNDECIDED),
        ({"spread": 0.2}, Verdict.UNDECIDED),
    ],
)
def test_depth_must_harm_the_plain_ones_only_and_all_be_trained(changed, verdict):
    assert judge_depth(few(**changed)).verdict is verdict


@pytest.mark.parametrize(
    ("zero", "thousand", "passes", "verdict"),
    [
        ((1, 1, 1), 1, 60, Verdict.HOLDS),
        ((1, 1, 1), 60, 60, Verdict.FAILS),
        ((1, 1, 1), 60, 20, Verdict.UNDECIDED),
        ((50, 50, 50), 60, 60, Verdict.UNDECIDED),
    ],
)
def test_a_thousand_layers_must_end_as_low_as_few(zero, thousand, passes, verdict):
    deep = records((1000,), zero=(thousand,), passes=passes)
    found = judge_thousand(deep, few(zero=zero), records((1000,), plain=(90,)))
    assert found.verdict is verdict
    assert found.value.value == pytest.approx(thousand + 0.2 - zero[0])


def test_a_gradient_beyond_float32_has_a_number():
    plain = records((1000,), plain=(90,)).assign(first_gradient=np.nan)
    gradient = judge_thousand(records((1000,), zero=(1,)), few(), plain).numbers[-1]
    assert (gradient.key, gradient.interval.value) == ("gradient_thousand", pytest.approx(LARGEST))
