import numpy as np
import pandas as pd
import pytest

from lecture.claims.when_to_use.learning_curves import (
    at,
    best,
    best_at,
    censored_interval,
    crossings,
    exchange_rates,
    lead,
    sizes,
    worth,
)
from lecture.statistics import geometric_interval


def curve(*rows, columns=(100, 1000, 10_000)):
    return pd.DataFrame(rows, columns=list(columns), index=pd.RangeIndex(len(rows), name="seed"), dtype=float)


def test_a_crossing_is_interpolated_on_log_n():
    assert crossings(curve([-1, 1, 2])) == pytest.approx([10**2.5])
    assert crossings(curve([-1, 3, 2])) == pytest.approx([10**2.25])


def test_of_several_crossings_the_last_counts():
    assert crossings(curve([1, -1, 1])) == pytest.approx([10**3.5])


def test_who_never_crosses_is_infinite_and_who_always_leads_gets_the_smallest_size():
    assert crossings(curve([-3, -2, -1], [1, 1, 0], [1, 2, 3])).tolist() == pytest.approx([np.inf, np.inf, 100])


def test_laws_that_are_straight_cross_where_algebra_says():
    n = np.array([100, 1000, 10_000])
    a, b = 80 - 10 * np.log10(n), 95 - 15 * np.log10(n)
    assert crossings(curve(a - b)) == pytest.approx([1000])
    assert crossings(curve(a - b - 1)) == pytest.approx([10**3.2])


def test_the_lead_is_between_the_best_of_each_party_and_ends_with_the_leader():
    slow, fast = curve([50, 40, 30], [52, 42, 32]), curve([60, 20], [62, 22], columns=(100, 1000))
    net = {"net": curve([70, 10, 5], [73, 10, 5])}
    found = lead({"slow": slow, "fast": fast}, net)
    assert sizes(found) == [100, 1000], "the best at 1,000 was not run at 10,000"
    assert found.to_numpy().tolist() == [[-20, 10], [-21, 12]]
    assert sizes(lead({"slow": slow}, net)) == [100, 1000, 10_000]
    assert best_at({"slow": slow, "fast": fast}, 1000).tolist() == [20, 22]
    assert best_at({"slow": slow, "fast": fast}, 10_000).tolist() == [30, 32]


def test_dirty_examples_are_looked_up_on_the_clean_curve():
    clean = curve([60, 40, 20], [60, 40, 20])
    assert exchange_rates(pd.Series([40.0, 30.0]), clean, 10_000) == pytest.approx([10, 10**0.5])
    assert exchange_rates(pd.Series([61.0, 19.0]), clean, 10_000).tolist() == [np.inf, 0]
    bumpy = curve([60, 40, 45], [60, 40, 20])
    assert exchange_rates(pd.Series([50.0, 50.0]), bumpy, 10_000) == pytest.approx([10**1.5] * 2)
    assert at(clean, 10**2.5) == pytest.approx([50, 50])


def test_bounds_give_median_and_range():
    assert censored_interval([1, 2, 4]) == geometric_interval([1, 2, 4])
    found = censored_interval([3, np.inf, 5, 4, np.inf])
    assert (found.value, found.low, found.high, found.n) == (5, 3, np.inf, 5)
    assert censored_interval([100, 200, 300], bound=100).value == 200
    assert censored_interval([100, 200, 300], bound=50) == geometric_interval([100, 200, 300])
    assert censored_interval([0, 2, 3]).low == 0


def test_the_choice_never_sees_the_seed_that_it_is_judged_by():
    """A method that wins by luck on the even seeds alone is chosen for the odd ones, where the luck is gone."""
    errors = pd.DataFrame({"lucky": [0.0, 9, 0, 9, 0, 9], "steady": [5.0] * 6})
    assert best(errors).tolist() == [5, 9, 5, 9, 5, 9]


def test_worth_is_read_off_the_curve_on_a_logarithmic_axis():
    rising, dip = curve(*[[20, 60, 80]] * 4), curve(*[[20, 10, 80]] * 2)
    assert worth(rising, pd.Series([60, 40, 10, 99])) == pytest.approx([1000, 10**2.5, 100, 10_000])
    assert worth(dip, pd.Series([20, 50])) == pytest.approx([100, 1000])  # a dip is chance
