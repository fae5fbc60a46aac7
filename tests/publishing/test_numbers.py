import math

import pytest

from lecture.claims.measurement import Measurement
from lecture.publishing.directives import numbers
from lecture.statistics import Interval


@pytest.mark.parametrize(
    ("value", "spec", "written"),
    [
        (8e-8, ".1e", "8.0 × 10⁻⁸"),
        (1e-12, ".0e", "10⁻¹²"),
        (-3.4e15, ".1e", "−3.4 × 10¹⁵"),
        (0.2, ".0e", "0.2"),
        (1.0, ".0e", "1"),
        (-12.3, ".2e", "−12.3"),
        (0.0034, ".1e", "3.4 × 10⁻³"),
        (-0.5, ".2f", "−0.50"),
        (12345.6, ",.0f", "12,346"),
        (math.inf, ".2f", "∞"),
        (-math.inf, ".2f", "−∞"),
        (math.nan, ".2f", "–"),
        (0.0, ".1e", "0"),
        (-0.2, "+.0f", "0"),
        (0.04, "+.1f", "0.0"),
        (-0.2, "+.1f", "−0.2"),
        (10.0, "+.0f", "+10"),
    ],
)
def test_number(value, spec, written):
    assert numbers.number(value, spec).replace(numbers.SPACE, " ") == written


@pytest.mark.parametrize(
    ("unit", "written"), [("%", "12.5 %"), ("", "12.5"), ("°", "12.5°"), ("ms", "12.5 ms"), ("year", "12.5")]
)
def test_the_unit_stands_where_it_belongs(unit, written):
    found = numbers.value(Measurement("k", "q", Interval(12.5, 11, 14, 5), unit, ".1f"))
    assert found.replace(numbers.SPACE, " ") == written


def test_interval_and_explanation():
    sampled = Measurement("k", "accuracy", Interval(0.6, 0.58, 0.64, 10))
    exact = Measurement("k", "slope", Interval.exact(0.25))
    assert numbers.interval(sampled) == "0.58 to 0.64"
    assert numbers.explanation(sampled) == "accuracy: 95 % interval 0.58 to 0.64, n = 10"
    assert numbers.interval(exact) == "0.25"
    assert numbers.explanation(exact) == "slope: exact"


@pytest.mark.parametrize(
    ("value", "spec", "written"),
    [
        (4000, "", "4,000"),
        (1986, "d", "1986"),
        (0.05, "", "0.05"),
        (1e-5, "", "10⁻⁵"),
        ("Adam", "", "Adam"),
        (True, "", "True"),
        ((1, 2, 4, 1000), "", "1 to 1,000"),
        ((1, 2, 4), "", "1, 2 and 4"),
        ((4, 2, 1, 0), "", "4, 2, 1 and 0"),
        ([0.01, 0.1], ".2f", "0.01 and 0.10"),
        ((8,), "", "8"),
        ((), "", ""),
    ],
)
def test_a_setting_is_written_as_prose_does(value, spec, written):
    assert numbers.plain(value, spec) == written
