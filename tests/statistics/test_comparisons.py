"""Comparisons: three outcomes, how often they are wrong where the truth is known, and how single runs are counted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lecture.statistics import Comparison, Interval, compare, compare_several, count_misled, equivalent, every, some
from lecture.statistics.intervals import NEAR

WIDER = 1 + 2 * NEAR
"""How many times its half width an interval must lie off a bar to answer."""

numbers = st.lists(st.floats(-100, 100), min_size=3, max_size=12)
answers = st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5)


@given(numbers, st.floats(-50, 50))
def test_an_answer_is_where_the_whole_interval_lies(x: list[float], smallest: float) -> None:
    found = compare(x, smallest=smallest)
    near = NEAR * (found.interval.high - found.interval.low)
    assert (found.answer is True) == (found.interval.low > smallest + near)
    assert (found.answer is False) == (found.interval.high < smallest - near)
    assert found.singles == tuple(value > smallest for value in x)


@given(numbers)
def test_a_yes_is_scipys_test_against_the_bar(x: list[float]) -> None:
    x = list(np.array(x) + np.linspace(0, 1, len(x)))  # never constant
    interval = compare(x).interval
    bar = 1.0 + NEAR * (interval.high - interval.low)  # an end nearer to 1 than this does not answer
    p = stats.ttest_1samp(x, bar, alternative="greater").pvalue
    if not 0.0249 < p < 0.0251:
        assert (compare(x, smallest=1.0).answer is True) == (p < 0.025)


@pytest.mark.parametrize(("truth", "wrong"), [(0.5, 0.05), (0.4, 0.03)])
def test_at_the_bar_at_most_one_comparison_in_twenty_answers(truth: float, wrong: float) -> None:
    random = np.random.default_rng(1)
    found = [compare(random.normal(truth, 1, 10), smallest=0.5) for _ in range(1500)]
    false = [c.answer is not None if truth == 0.5 else c.answer is True for c in found]
    assert np.mean(false) <= wrong + 0.012


def test_ten_seeds_find_a_standard_deviation_three_times_in_four() -> None:
    random = np.random.default_rng(2)
    power = np.mean([compare(random.normal(1, 1, 10)).answer is True for _ in range(1500)])
    n, t = 10, stats.t.ppf(0.975, 9)
    assert power == pytest.approx(stats.nct.sf(WIDER * t, n - 1, n**0.5), abs=0.03)


@pytest.mark.parametrize(("end", "answer"), [(-0.2, None), (0.0, None), (0.04, None), (0.06, True)])
def test_an_end_beside_the_bar_settles_nothing(end: float, answer: bool | None) -> None:
    """So that a processor that rounds otherwise, and moves an end by a hundredth of the width, says the same."""
    assert Interval(end + 0.5, end, end + 1, 10).side(0.0) is answer
    assert Interval(-end - 0.5, -end - 1, -end, 10).side(0.0) is (None if answer is None else not answer)
    assert Interval.exact(end).side(end - 1e-9) is True


def test_pairs_are_compared_and_one_number_stands_for_all() -> None:
    assert compare([3.0, 4.0, 5.0], [1.0, 2.0, 3.0], smallest=1.0).answer is True
    assert compare([3.0, 4.0, 5.0], 4.0).answer is None
    with pytest.raises(ValueError, match="3 and 2"):
        compare([1, 2, 3], [1, 2])


def test_a_split_of_one_pool_widens_the_interval() -> None:
    x = [1.0, 1.2, 0.9, 1.1, 1.3]
    assert compare(x, smallest=0.8).answer is True
    assert compare(x, smallest=0.8, split=(50, 50)).answer is None


@pytest.mark.parametrize(
    ("x", "answer"), [([0.1, -0.1, 0.0], True), ([0.1, -0.1, 2.0], None), ([5.0, 5.1, 4.9], False)]
)
def test_equality_is_shown_by_equivalence(x: list[float], answer: bool | None) -> None:
    found = equivalent(x, margin=1.0)
    assert found.answer is answer
    assert found.singles == tuple(abs(value) < 1 for value in x)


def test_equivalence_needs_a_margin() -> None:
    with pytest.raises(ValueError, match="positive margin"):
        equivalent([1.0, 2.0], margin=0)


def test_a_family_without_effects_is_rarely_wrong_anywhere() -> None:
    random = np.random.default_rng(3)
    families = random.normal(size=(300, 6, 10))
    wrong = [
        any(c.answer is not None for c in compare_several({str(k): (v, 0.0) for k, v in enumerate(family)}).values())
        for family in families
    ]
    assert np.mean(wrong) <= 0.05 + 0.03


def test_holms_steps_are_those_of_the_p_values() -> None:
    random = np.random.default_rng(4)
    for _ in range(40):
        family = {str(k): (random.normal(k / 2, 1, 8), 0.0) for k in range(4)}
        t = {name: stats.ttest_1samp(values, 0).statistic for name, (values, _) in family.items()}
        p = {name: 2 * stats.t.sf(abs(size) / WIDER, 7) for name, size in t.items()}
        rejected, going = {}, True
        for step, name in enumerate(sorted(p, key=p.__getitem__)):
            going = going and p[name] < 0.05 / (len(p) - step)
            rejected[name] = going
        assert {name: c.answer is not None for name, c in compare_several(family).items()} == rejected


def test_one_comparison_needs_no_correction() -> None:
    x = [1.0, 2.0, 3.0]
    assert compare_several({"a": (x, 0.0)})["a"] == compare(x)


@given(answers)
def test_every_and_some_are_opposites(x: list[bool | None]) -> None:
    turned = [None if answer is None else not answer for answer in x]
    opposite = some(turned)
    assert every(x) is (None if opposite is None else not opposite)


def test_negated_and_open() -> None:
    found = compare([3.0, 4.0, 5.0, -1.0], smallest=-9.0)
    assert found.negated().answer is False
    assert found.negated().singles == (False,) * 4
    assert found.negated().negated() == found
    assert found.open_unless(False).answer is None
    assert found.open_unless(True) is found


def test_a_single_run_misleads_if_it_answers_otherwise_than_the_mean() -> None:
    yes = compare([3.0, 4.0, 5.0, -1.0])  # its interval reaches over 0: open, and the mean says yes
    also = compare([3.0, -4.0, 5.0, 6.0])
    assert yes.answer is None
    assert count_misled([yes]) == (1, 4)
    assert count_misled([yes, also]) == (2, 4)
    assert count_misled([yes, also], some) == (0, 4)
    assert count_misled([yes, Comparison.exact(2, False)]) == (0, 4)
    assert count_misled([Comparison.exact(2, True)]) == (0, 0)


def test_fewer_seeds_count_fewer_runs() -> None:
    assert count_misled([compare([-1.0, 2.0, 2.0]), compare([1.0, 1.0])]) == (1, 2)


def test_exact_quantities_have_an_answer() -> None:
    assert Comparison.exact(8, True) == Comparison(Interval.exact(8), True, True)
