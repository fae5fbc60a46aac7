import pandas as pd
import pytest
from tests.claims.saturation.test_c25_scaling import networks, table

from lecture.claims.claim import Verdict
from lecture.claims.saturation import c24_not_best, c26_money, c27_paradox
from lecture.power_law import PowerLaw

SIZES = (1000, 3000, 10_000, 30_000, 100_000)
STEEP, STRAIGHT, LEVEL = PowerLaw(5.0, 0.5, 0.0), PowerLaw(0.3, 0.5, 0.0), PowerLaw(30.0, 1.0, 0.4)
BENT = PowerLaw(800.0, 1.0, 0.022)  # three times the data still remove more than a twentieth, but not for long


def money(deep, cells):
    return c26_money.CLAIM.find(table(SIZES, CNN_16=LEVEL, CNN_32=deep), *networks(cells))


@pytest.mark.parametrize(
    ("deep", "cells", "verdict"),
    [
        (STEEP, STRAIGHT, Verdict.HOLDS),
        (BENT, STRAIGHT, Verdict.CAVEAT),
        (LEVEL, STRAIGHT, Verdict.CAVEAT),
        (STEEP, PowerLaw(3.0, 1.0, 0.3), Verdict.CAVEAT),
        (LEVEL, PowerLaw(3.0, 1.0, 0.3), Verdict.FAILS),
    ],
)
def test_money_buys_on_both_axes_on_one_or_on_none(deep, cells, verdict):
    assert money(deep, cells).verdict == verdict


def test_what_three_times_as_much_buys():
    finding = money(BENT, STRAIGHT)
    found = {m.key: m.interval for m in finding.measurements}
    assert finding.measurements[0].key == "next_data"
    assert finding.opposite is None  # the verdict comes from laws over all seeds
    assert found["past_data"].value == pytest.approx(100 * (1 - BENT.at(1e5) / BENT.at(1e5 / 3)), abs=0.5)
    assert found["next_data"].value == pytest.approx(100 * (1 - BENT.at(3e5) / BENT.at(1e5)), abs=0.5)
    assert found["third_data"].value == pytest.approx(100 * (1 - BENT.at(27e5) / BENT.at(9e5)), abs=0.5)
    assert found["next_compute"].value == pytest.approx(100 * (1 - 3**-0.5), abs=0.5)
    assert found["by_slope_3"].value == pytest.approx(100 * (1 - 3**-0.3))
    assert set(finding.scale) <= set(found)


def paradox(deep=STEEP, accuracy=0.9, seconds=3.0):
    rows = [(seed, seconds + 0.1 * seed, accuracy + 0.001 * seed) for seed in range(5)]
    decent = pd.DataFrame(rows, columns=["seed", "seconds", "accuracy"])
    return c27_paradox.CLAIM.find(decent, table(SIZES, CNN_16=LEVEL, CNN_32=deep), *networks(STRAIGHT))


def test_both_halves_of_the_paradox():
    assert paradox().verdict == Verdict.HOLDS
    assert paradox(accuracy=0.7).verdict == Verdict.CAVEAT
    assert paradox(seconds=90).verdict == Verdict.CAVEAT
    assert paradox(deep=PowerLaw(10.0, 0.25, 0.0)).verdict == Verdict.CAVEAT
    assert paradox(deep=PowerLaw(10.0, 0.25, 0.0), accuracy=0.7).verdict == Verdict.FAILS


@pytest.mark.parametrize(("lines", "verdict"), [(49, Verdict.HOLDS), (50, Verdict.CAVEAT)])
def test_a_decent_model_is_a_short_one(monkeypatch, lines, verdict):
    monkeypatch.setattr(c27_paradox, "count_lines", lambda: lines)
    finding = paradox()
    assert finding.verdict == verdict
    assert finding.measurements[0].interval.value == lines


def test_near_zero_only_a_very_steep_law_sells_the_next_point_cheaply():
    assert c27_paradox.rise(PowerLaw(2.0 * 1e5**3.4, 3.4, 0.0), 1e5) > c27_paradox.DEARER


def test_published_costs_come_from_the_table():
    found = {m.key: m for m in paradox().measurements}
    assert found["growth"].interval.value == found["growth"].published.value == 2.4
    assert found["grown"].interval.value == 700_000


def test_prices_follow_from_the_law():
    found = {m.key: m.interval for m in paradox().measurements}
    error = 100 * 5.0 * 1e5**-0.5  # 1.58 %
    last, following = ((error + 1) / error) ** -2, (error / (error - 1)) ** 2
    assert found["last_data"].value == pytest.approx(1 / last, rel=0.02)
    assert found["next_data"].value == pytest.approx(following, rel=0.05)
    assert c27_paradox.rise(PowerLaw(500.0, 0.5, 0.0), 1e5) == pytest.approx((following - 1) / (1 - last))


def test_a_point_below_the_floor_has_no_price():
    found = {m.key: m.interval for m in paradox(deep=BENT).measurements}
    assert found["next_data"].low == float("inf")
    assert "next_data" in paradox(deep=BENT).scale
    assert paradox(deep=BENT).verdict == Verdict.HOLDS


def test_c24_is_cited():
    assert c24_not_best.CLAIM.find().verdict == Verdict.CITED
