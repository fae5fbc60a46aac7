import pytest
from tests.claims.saturation.test_c25_scaling import LEVEL, STRAIGHT, networks, table

from lecture.claims.saturation.c26_money import judge_tripling
from lecture.claims.verdict import Verdict
from lecture.power_law import PowerLaw

SIZES = (1000, 3000, 10_000, 30_000, 100_000)
STEEP, BENT = PowerLaw(5.0, 0.5, 0.0), PowerLaw(800.0, 1.0, 0.022)


def judged(deep, cells=STRAIGHT, size=0.004):
    return judge_tripling(table(SIZES, fixed=LEVEL, family=deep, size=size), *networks(cells))


@pytest.mark.parametrize(
    ("deep", "cells", "size", "verdict"),
    [
        (STEEP, STRAIGHT, 0.004, Verdict.HOLDS),
        (LEVEL, STRAIGHT, 0.004, Verdict.FAILS),
        (STEEP, PowerLaw(0.3, 1.0, 0.4), 0.004, Verdict.FAILS),
        (STEEP, STRAIGHT, 0.7, Verdict.UNDECIDED),
    ],
)
def test_a_tripling_must_have_bought_something_on_both_axes(deep, cells, size, verdict):
    assert judged(deep, cells, size).verdict is verdict


def test_what_was_measured_and_what_is_forecast_stand_apart():
    finding = judged(BENT)
    found = {m.key: m.interval for m in finding.numbers}
    assert finding.value.value == pytest.approx(100 * (1 - 3**-0.5), abs=0.5)
    assert found["data"].value == pytest.approx(100 * (1 - BENT.at(1e5) / BENT.at(1e5 / 3)), abs=1.5)
    assert found["next_data"].value == pytest.approx(100 * (1 - BENT.at(3e5) / BENT.at(1e5)), abs=0.5)
    assert found["next_compute"].value == pytest.approx(100 * (1 - 3**-0.5), abs=0.5)
    assert found["by_slope_3"].value == pytest.approx(100 * (1 - 3**-0.3))
