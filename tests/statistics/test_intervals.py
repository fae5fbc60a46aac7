"""Intervals against scipy and closed forms, and whether they cover what they promise to cover."""

from functools import partial

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
    proportion,
    resampled_interval,
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
        assert found.low == pytest.approx(found.high, abs=1e-6)


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


@pytest.mark.parametrize(("successes", "trials"), [(0, 5), (3, 10), (10, 10), (50, 1000)])
def test_wilson_interval_is_its_closed_form(successes: int, trials: int) -> None:
    z, p = stats.norm.ppf(0.975), successes / trials
    centre = (p + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * np.sqrt(p * (1 - p) / trials + z * z / (4 * trials**2))
    found = proportion([True] * successes + [False] * (trials - successes))
    assert (found.value, found.n) == (p, trials)
    assert found.low == pytest.approx(centre - half, abs=1e-9)
    assert found.high == pytest.approx(centre + half, abs=1e-9)


def test_a_proportion_needs_a_case() -> None:
    with pytest.raises(ValueError, match="at least one case"):
        proportion([])


def test_the_corrected_resampled_interval_is_the_papers() -> None:
    x = np.array([0.1, 0.4, 0.2, 0.3, 0.5])
    found = resampled_interval(x, train=80, test=20)
    half = stats.t.ppf(0.975, 4) * np.sqrt((1 / 5 + 20 / 80) * x.var(ddof=1))  # Nadeau and Bengio 2003, section 4
    assert (found.value, found.n) == (pytest.approx(0.3), 5)
    assert (found.low, found.high) == (pytest.approx(0.3 - half), pytest.approx(0.3 + half))


@pytest.mark.parametrize("split", [(0, 10), (10, 0)])
def test_a_split_without_examples_is_refused(split: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="both sides"):
        resampled_interval([1.0, 2.0], *split)


def test_per_cent_and_clipping() -> None:
    found = Interval(0.9, 0.7, 1.1, 5).percent()
    assert found == Interval(90, 70, pytest.approx(110), 5)
    assert found.clipped(0, 100) == Interval(90, 70, 100, 5)


def test_intervals_of_groups_keep_their_names() -> None:
    found = intervals([("a", [1.0, 2.0]), (3, [4.0, 6.0])])
    assert found == {"a": mean_interval([1, 2]), 3: mean_interval([4, 6])}


def test_where_a_split_leaves_some_of_its_pool_out_the_interval_still_covers() -> None:
    rng, pool, train, test, truth = np.random.default_rng(0), 200, 25, 50, 1 / 25
    covered = 0
    for _ in range(400):
        drawn = rng.permuted(np.tile(rng.normal(size=pool), (10, 1)), axis=1)
        learnt, asked = drawn[:, :train].mean(1, keepdims=True), drawn[:, train : train + test]
        difference = ((asked - learnt) ** 2 - asked**2).mean(
            1
        )  # of a predictor that learnt a mean, and of 0, the true one
        found = resampled_interval(difference, pool - test, test)
        covered += found.low <= truth <= found.high
    assert covered / 400 > 0.95
