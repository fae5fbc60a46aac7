"""The slope at 8 and 10 in each number format."""

import pandas as pd
import pytest

from lecture.claims.gradient_vanishing.c09_sigmoid import judge
from lecture.claims.verdict import Verdict


def table(at_8, at_10, float16):
    rows = [
        (name, x, slope)
        for name, last in (("float64", at_10), ("float16", float16))
        for x, slope in ((-90.0, 0.0), (0.0, 0.25), (8.0, at_8), (10.0, last), (90.0, 0.0))
    ]
    return pd.DataFrame(rows, columns=["format", "x", "slope"])


@pytest.mark.parametrize(
    ("slopes", "verdict"),
    [((3e-4, 5e-5, 0.0), Verdict.HOLDS), ((0.1, 5e-5, 0.0), Verdict.FAILS), ((3e-4, 5e-5, 0.1), Verdict.FAILS)],
)
def test_small_holds_and_large_in_any_format_fails(slopes, verdict):
    assert judge(table(*slopes)).verdict is verdict


def test_numbers_are_those_of_the_table():
    found = judge(table(2e-3, 1e-3, 0.0))
    values = {number.key: number.interval.value for number in found.numbers}
    assert found.value.value == 2e-3
    assert found.misled is None, "nothing is random"
    assert values == {
        "at_0": 0.25, "at_10": 1e-3, "steeper": pytest.approx(125), "zero_float16": 10, "zero_float64": 90
    }  # fmt: skip
