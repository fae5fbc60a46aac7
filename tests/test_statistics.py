"""Intervals against scipy and closed forms, and whether they cover what they promise to cover."""

from functools import partial
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lecture.statistics import (
    Interval,
    difference_interval,
    geometric_interval,
    intervals,
    mean_interval,
    share_opposite,
    wilson_interval,
)

values = st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=30)


@given(values)
def test_mean_interval_is_students(x: list[float]) -> None:
    found = mean_interval(x)
    assert found.n == len(x)
    assert found.value == pytest.approx(np.mean(x))
    error = np.std(x, ddof=1) / len(x) ** 0.5
    if error > 1e-9:
        near = partial(pytest.approx, rel=1e-9, abs=1e-9 * max(map(abs, x)))  # an end may fall on zero
        low, high = stats.t.interval(0.95, len(x) - 1, np.mean(x), error)
        assert (found.low, found.high) == (near(low), near(high))
    else:
        assert found.low == pytest.approx(found.high)


def test_mean_interval_covers_the_truth_in_95_of_100_cases() -> None:
    random = np.random.default_rng(0)
    hits = [i.low <= 3 <= i.high for i in (mean_interval(random.normal(3, 2, 5)) for _ in range(2000))]
    assert np.mean(hits) == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize("x", [[], [1.0]])
def test_one_run_has_no_interval(x: list[float]) -> None:
    with pytest.raises(ValueError, match="at least two seeds"):
        mean_interval(x)


def test_geometric_interval_is_the_mean_interval_of_the_logarithms() -> None:
    x = np.array([1e-8, 3e-7, 2e-9, 4e-8])
    found, logs = geometric_interval(x), mean_interval(np.log(x))
    assert found.value == pytest.approx(stats.gmean(x))
    assert (found.low, found.high) == (pytest.approx(np.exp(logs.low)), pytest.approx(np.exp(logs.high)))
    assert found.n == 4


@pytest.mark.parametrize("x", [[1.0, 0.0], [1.0, -1.0], [1.0, float("nan")]])
def test_a_geometric_mean_needs_positive_values(x: list[float]) -> None:
    with pytest.raises(ValueError, match="positive"):
        geometric_interval(x)


@given(values)
def test_difference_interval_is_paired(x: list[float]) -> None:
    noise = np.random.default_rng(0).normal(size=len(x))
    found = difference_interval(np.array(x) + noise, x)
    expected = stats.ttest_rel(np.array(x) + noise, x).confidence_interval(0.95)
    assert (found.low, found.high) == (pytest.approx(expected.low), pytest.approx(expected.high))


def test_unpaired_values_are_refused() -> None:
    with pytest.raises(ValueError, match="3 and 2"):
        difference_interval([1, 2, 3], [1, 2])


def test_share_opposite_by_brute_force() -> None:
    for a, b in product(product([-1.0, 0.0, 2.0], repeat=3), repeat=2):
        told = sum(a) - sum(b)
        opposite = [not (x > y if told > 0 else x < y if told < 0 else False) for x, y in zip(a, b, strict=True)]
        assert share_opposite(a, b) == pytest.approx(sum(opposite) / 3)


def test_share_opposite_is_symmetric_and_zero_where_all_agree() -> None:
    assert share_opposite([2, 3, 4], [1, 1, 1]) == 0
    assert share_opposite([2, 3, 0], [1, 1, 1]) == share_opposite([1, 1, 1], [2, 3, 0]) == pytest.approx(1 / 3)


@pytest.mark.parametrize(("successes", "trials"), [(0, 5), (3, 10), (10, 10), (50, 1000)])
def test_wilson_interval_is_its_closed_form(successes: int, trials: int) -> None:
    z, p = stats.norm.ppf(0.975), successes / trials
    centre = (p + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * np.sqrt(p * (1 - p) / trials + z * z / (4 * trials**2))
    found = wilson_interval(successes, trials)
    assert (found.value, found.n) == (p, trials)
    assert found.low == pytest.approx(centre - half, abs=1e-9)
    assert found.high == pytest.approx(centre + half, abs=1e-9)


def test_a_proportion_needs_a_trial() -> None:
    with pytest.raises(ValueError, match="at least one trial"):
        wilson_interval(0, 0)


def test_above_and_below_mean_the_whole_interval() -> None:
    low, high, wide = Interval(1, 0.5, 1.5, 5), Interval(3, 2.5, 3.5, 5), Interval(2, 1, 3, 5)
    assert high.above(low)
    assert low.below(high)
    assert not wide.above(low)
    assert not wide.below(high)
    assert high.above(2.0)
    assert not wide.above(2.0)
    assert Interval.exact(2).above(1.9)
    assert not low.above(low)


def test_intervals_of_groups_keep_their_names() -> None:
    found = intervals([("a", [1.0, 2.0]), (3, [4.0, 6.0])])
    assert found == {"a": mean_interval([1, 2]), 3: mean_interval([4, 6])}
