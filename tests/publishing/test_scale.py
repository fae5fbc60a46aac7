import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lecture.claims.measurement import Measurement, Published
from lecture.publishing.drawing.scale import axis_for, drawn
from lecture.statistics import Interval

numbers = st.floats(-1e9, 1e9, allow_subnormal=False).filter(lambda v: v == 0 or abs(v) > 1e-9)


@given(st.lists(numbers, min_size=1, max_size=6))
def test_every_value_lies_on_the_axis_in_its_order(values):
    axis = axis_for(values, "")
    places = [axis.place(v) for v in sorted(values)]
    assert axis.low <= min(values) * (1 - 1e-9) or axis.low <= min(values) + 1e-9
    assert max(values) <= axis.high * (1 + 1e-9) + 1e-9
    assert places == sorted(places)
    assert 2 <= len(axis.ticks) <= 6


def test_a_wide_spread_is_logarithmic_and_a_narrow_one_starts_at_zero():
    wide, narrow = axis_for([1e-8, 1], ""), axis_for([3, 5], "")
    assert wide.log
    assert wide.place(1e-4) == pytest.approx(50)
    assert not narrow.log
    assert narrow.low == 0


@pytest.mark.parametrize(
    ("years", "ticks"),
    [
        ([1958, 1970], (1950, 1960, 1970)),
        ([1960], (1960, 1970)),
        ([1943, 2017], (1940, 1960, 1980, 2000, 2020)),
    ],
)
def test_years_are_drawn_by_decades_not_from_zero(years, ticks):
    axis = axis_for(years, "year")
    assert (axis.low, axis.high, axis.log, axis.ticks) == (ticks[0], ticks[-1], False, ticks)
    html = drawn([Measurement("k", "perceptron", Interval.exact(years[0]), "year", ".0f")])
    assert f"<b>{years[0]}</b>" in html


def test_the_drawing_is_to_scale():
    html = drawn([Measurement("k", "accuracy", Interval(50, 25, 75, 10), "%", ".0f", Published(90, "x"), "deep")], 40)
    assert '<line x1="25.0%" x2="75.0%" y1="10" y2="10" stroke-width="3"/>' in html
    assert re.search(r'<svg class="bar"[^>]*stroke="var\(--deep\)"', html)
    assert '<circle cx="50.0%"' in html
    assert re.search(r'<svg x="90.0%"[^>]*><path class="published"', html)
    assert "◇ published 90" in html
    assert '<line class="smallest" x1="40.0%"' in html
    assert "┆ bar 40" in html


def test_different_units_get_axes_of_their_own():
    rows = [Measurement("a", "a", Interval.exact(0.5), "s"), Measurement("b", "b", Interval.exact(5), "%")]
    assert drawn(rows).count('class="scale"') == 2


def test_an_exact_value_has_no_interval_and_text_is_escaped():
    html = drawn([Measurement("k", "x < y", Interval.exact(3))])
    assert "x &lt; y" in html
    assert 'stroke-width="3"' not in html
