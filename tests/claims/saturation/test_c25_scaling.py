import pandas as pd
import pytest

from lecture.claims.saturation.c25_scaling import judge_deep, judge_earlier
from lecture.claims.verdict import Verdict
from lecture.power_law import PowerLaw

SIZES = (300, 1000, 1700, 3000, 5500, 10_000, 30_000)
CLASSICAL, TREES = ("logistic", "neighbours", "SVM", "kernel"), ("forest", "boosting")
LEVEL, STEEP = PowerLaw(30.0, 1.0, 0.4), PowerLaw(20.0, 0.6, 0.0)
IDLE, STRAIGHT = PowerLaw(0.3, 1.0, 0.4), PowerLaw(0.3, 0.5, 0.0)
CELLS = tuple((channels, steps) for channels in (8, 16, 32, 64) for steps in (200, 400, 800, 1600))


def noise(seed, place, size=0.004):
    return 1 + size * ((seed + place) % 3 - 1)


def table(amounts=SIZES, name="n", size=0.004, **laws):
    rows = [
        (seed, method, n, float(law.at(n)) * noise(seed, i, size))
        for method, law in laws.items()
        for i, n in enumerate(amounts)
        for seed in range(5)
    ]
    return pd.DataFrame(rows, columns=["seed", "method", name, "error"])


def networks(law):
    """Make up networks whose error follows from their computing alone: the longest trainings, and the others."""
    rows = [
        (seed, channels, 30 * channels**2, steps, work, float(law.at(work / 200**2)) * noise(seed, i))
        for i, (channels, steps) in enumerate(CELLS)
        for work in [channels**2 * steps]
        for seed in range(5)
    ]
    frame = pd.DataFrame(rows, columns=["seed", "channels", "parameters", "steps", "multiply_adds", "error"])
    longest = frame["steps"] == 1600
    return frame[longest], frame[~longest]


def rivals(going):
    """Return the classical methods of a world in which so many of them keep improving with data."""
    laws = {m: STEEP if place < going else LEVEL for place, m in enumerate(CLASSICAL + TREES)}
    return table(**{m: laws[m] for m in CLASSICAL}), table(**{m: laws[m] for m in TREES})


def earlier(going, knobs=IDLE, size=0.004):
    sizes = table((1, 3, 9, 27, 81), "amount", size, logistic=knobs, forest=knobs, boosting=knobs, kernel=knobs)
    return judge_earlier(*rivals(going), sizes, table(logistic=LEVEL, neighbours=LEVEL, SVM=LEVEL, CNN=STEEP))


def deep(family=STEEP, cells=STRAIGHT, size=0.004):
    return judge_deep(table(fixed=LEVEL, family=family, size=size), *networks(cells), *rivals(1))


def values(finding):
    return {m.key: m.interval for m in finding.numbers}


@pytest.mark.parametrize(
    ("going", "knobs", "size", "verdict"),
    [
        (0, IDLE, 0.004, Verdict.HOLDS),
        (2, IDLE, 0.004, Verdict.IN_PART),
        (6, PowerLaw(0.6, 0.5, 0.0), 0.004, Verdict.FAILS),
        (0, PowerLaw(0.6, 0.1, 0.0), 0.2, Verdict.IN_PART),  # some stop, of others nobody can tell
    ],
)
def test_earlier_methods_stop_all_or_some_or_none(going, knobs, size, verdict):
    finding = earlier(going, knobs, size)
    assert finding.verdict is verdict
    assert finding.value.value == going


@pytest.mark.parametrize(
    ("family", "cells", "size", "verdict"),
    [
        (STEEP, STRAIGHT, 0.004, Verdict.HOLDS),
        (LEVEL, STRAIGHT, 0.004, Verdict.FAILS),
        (STEEP, PowerLaw(0.3, 0.5, 0.5), 0.004, Verdict.FAILS),
        (STEEP, STRAIGHT, 0.7, Verdict.UNDECIDED),
    ],
)
def test_deep_learning_must_go_on_with_data_and_with_work(family, cells, size, verdict):
    assert deep(family, cells, size).verdict is verdict


def test_the_numbers_prose_quotes():
    quarter = PowerLaw(20.0 * 4**-0.6, 0.6, 0.0)  # the same error with a quarter of the data
    finding = judge_deep(table(fixed=LEVEL, family=quarter), *networks(STRAIGHT), *rivals(4))
    found = values(finding)
    assert finding.value.value == pytest.approx(100 * (1 - 3**-0.6), abs=0.5)
    assert found["by_work"].value == pytest.approx(100 * (1 - 3**-0.5), abs=0.5)
    assert found["by_width"].value == pytest.approx(100 * (1 - 4**-0.5), abs=0.5)
    assert found["bend_wider"].value == pytest.approx(100 * (1 - 4**-0.5), abs=0.5)
    assert found["bend_longer"].value == pytest.approx(100 * (1 - 2**-0.5), abs=0.5)
    assert found["saving_kernel"].value == pytest.approx(4, rel=0.02)
    assert found["lead_best"].value == pytest.approx(100 * float(STEEP.at(30_000) - quarter.at(30_000)), abs=0.02)
    assert found["held_out_family"].value == pytest.approx(100 * float(quarter.at(30_000)), rel=0.01)
    assert found["forecast_family"].low <= found["held_out_family"].value <= found["forecast_family"].high
    assert found["fixed"].value == pytest.approx(0, abs=1)
    assert found["forecasts"].value == 8
    assert values(earlier(1))["heavy_removed_cnn"].value == pytest.approx(100 * (1 - 3**-0.6), abs=0.5)
