"""The fit finds laws that are known, and says how sure it is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import curve_fit

from lecture.power_law import Floats, PowerLaw, fit, fit_seeds

SIZES = np.array([1e3, 3e3, 1e4, 3e4, 1e5])


@settings(max_examples=25)
@given(
    scale=st.floats(0.5, 20),
    exponent=st.floats(0.15, 1),
    share=st.floats(0, 0.9, allow_subnormal=False),
    unit=st.sampled_from([1.0, 100.0]),
)
def test_fit_finds_the_law_that_made_the_points(scale: float, exponent: float, share: float, unit: float) -> None:
    floor = share * scale * SIZES[-1] ** -exponent / (1 - share)
    law = fit(SIZES, unit * PowerLaw(scale, exponent, floor).at(SIZES))
    assert law.at(SIZES) / unit == pytest.approx(PowerLaw(scale, exponent, floor).at(SIZES), rel=1e-3)
    assert law.exponent == pytest.approx(exponent, rel=0.02)
    assert law.floor / unit == pytest.approx(floor, rel=0.05, abs=0.01 * scale * SIZES[-1] ** -exponent)


@settings(max_examples=20)
@given(st.lists(st.floats(0.01, 1), min_size=5, max_size=5))
def test_any_points_give_a_law_that_never_rises_and_keeps_its_bounds(errors: list[float]) -> None:
    law = fit(SIZES, errors)
    assert law.exponent >= 0
    assert 0 <= law.floor <= min(errors) * (1 + 1e-9)
    assert (np.diff(law.at(SIZES)) <= 1e-12).all()


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.floats(0, 0.03, allow_subnormal=False))
def test_the_fit_is_at_least_as_good_as_scipy_s_search_within_bounds(seed: int, floor: float) -> None:
    noise = np.random.default_rng(seed).standard_normal(SIZES.size)
    errors = PowerLaw(4.0, 0.5, floor).at(SIZES) * np.exp(0.05 * noise)

    def model(n: Floats, a: float, b: float, c: float) -> Floats:
        return np.log(np.exp(a) * n**-b + c)

    bounds = ([-np.inf, 0, 0], [np.inf, 5, errors.min()])
    (a, b, c), _ = curve_fit(
        model, SIZES, np.log(errors), p0=(1, 0.5, errors.min() / 2), bounds=bounds, x_scale=(1, 1, 0.01)
    )

    def misfit(law: PowerLaw) -> float:
        return float(np.sum((np.log(law.at(SIZES)) - np.log(errors)) ** 2))

    assert misfit(fit(SIZES, errors)) <= misfit(PowerLaw(np.exp(a), b, c)) * (1 + 1e-4) + 1e-9


def test_a_straight_line_on_log_log_axes_is_fitted_as_by_polyfit() -> None:
    errors = 3 * SIZES**-0.5
    slope, _ = np.polyfit(np.log(SIZES), np.log(errors), 1)
    law = fit(SIZES, errors)
    assert law.exponent == pytest.approx(-slope, rel=1e-3)
    assert law.floor == pytest.approx(0, abs=1e-4 * errors[-1] + 1e-5)


def test_intervals_cover_the_truth_and_shrink_with_more_seeds() -> None:
    truth = PowerLaw(4.0, 0.5, 0.01)
    random = np.random.default_rng(1)

    def trial(seeds: int) -> tuple[bool, float]:
        errors = truth.at(SIZES) * np.exp(0.05 * random.standard_normal((seeds, SIZES.size)))
        found = fit_seeds(SIZES, errors, resamples=200).exponent
        return found.low <= truth.exponent <= found.high, found.high - found.low

    few, many = [trial(5) for _ in range(20)], [trial(40) for _ in range(5)]
    assert sum(covered for covered, _ in few) >= 17  # 19 of 20 expected
    assert np.mean([width for _, width in many]) < 0.7 * np.mean([width for _, width in few])


def test_the_same_records_give_the_same_interval_and_it_contains_its_value() -> None:
    errors = PowerLaw(4.0, 0.5, 0.01).at(SIZES) * np.linspace(0.9, 1.1, 5)[:, None]
    first, second = fit_seeds(SIZES, errors), fit_seeds(SIZES, errors)
    assert first == second
    assert first.exponent.n == 5
    for interval in (first.exponent, first.floor, first.at(1e6)):
        assert interval.low <= interval.value <= interval.high
    low, high = first.band(SIZES)
    assert (low <= high).all()
    assert first.at(1e3).low <= low[0] * (1 + 1e-12)


@pytest.mark.parametrize(
    ("n", "errors"),
    [([1, 2, 3], [3, 2, 1]), ([1, 2, 3, 3], [3, 2, 1, 1]), ([1, 2, 3, 4], [3, 2, 1]), ([1, 2, 3, 4], [3, 2, 1, 0])],
)
def test_too_little_to_fit_is_refused(n: list[float], errors: list[float]) -> None:
    with pytest.raises(ValueError, match=r"at least four sizes|positive errors"):
        fit(n, errors)


def test_one_seed_has_no_interval() -> None:
    with pytest.raises(ValueError, match="two seeds"):
        fit_seeds(SIZES, [PowerLaw(4.0, 0.5, 0.01).at(SIZES)])


def test_what_an_error_needs_undoes_the_law_and_is_infinite_at_the_floor() -> None:
    law = PowerLaw(4.0, 0.5, 0.01)
    assert law.needed(float(law.at(1e4))) == pytest.approx(1e4)
    assert law.needed(0.01) == law.needed(0.001) == float("inf")


def test_a_quantity_that_is_infinite_for_some_resamples_has_an_infinite_end() -> None:
    errors = PowerLaw(4.0, 0.5, 0.01).at(SIZES) * np.linspace(0.9, 1.1, 5)[:, None]
    fitted = fit_seeds(SIZES, errors)
    middle = fitted.law.floor * 1.01  # some resamples have their floor above, some below
    found = fitted.of(lambda law: law.needed(middle))
    assert found.low < found.value < found.high == float("inf")


def test_three_times_as_much_removes_what_the_law_says() -> None:
    errors = PowerLaw(4.0, 0.5, 0.0).at(SIZES) * np.linspace(0.99, 1.01, 3)[:, None]
    removed = fit_seeds(SIZES, errors).removed(1e6)
    assert removed.value == pytest.approx(100 * (1 - 3**-0.5), abs=0.5)
    assert removed.low <= removed.value <= removed.high
