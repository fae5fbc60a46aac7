import math

import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.when_to_use.c18_much_data import CLAIM, EXPERIMENTS, races

SIZES = (100, 1000, 10_000)
BEHIND, TIED, AHEAD = -5, 0, 5


def tables(signals, images, handmade=20.0):
    """Records in which the best network leads by the given points at each size, and what handmade features err."""

    def rows(method, errors):
        return [
            {"method": method, "n": n, "seed": seed, "error": (error + 0.2 * seed + 0.3 * (seed % 2) * jitter) / 100}
            for n, error in zip(SIZES, errors, strict=True)
            for seed in range(5)
            for jitter in [method == "network" or method == "CNN 32"]
        ]

    rival, worse = (50, 40, 30), (60, 55, 50)
    of = [[r - points - 0.12 for r, points in zip(rival, task, strict=True)] for task in (signals, images)]
    return [
        pd.DataFrame(table)
        for table in (
            rows("SVM", worse) + rows("logistic", worse) + rows("neighbours", worse),
            rows("forest", rival) + rows("boosting", worse),
            rows("CNN 16", worse) + rows("CNN 32", of[0]),
            rows("MLP", worse),
            rows("pixels, RBF SVM", rival) + rows("HOG, linear SVM", (handmade,) * 3),
            rows("network", of[1]) + rows("network, shifts", worse),
            rows("MLP", worse) + rows("forest", worse),
        )
    ]


CROSSES, NEVER, ALWAYS, TIES = (BEHIND, TIED, AHEAD), (BEHIND,) * 3, (AHEAD,) * 3, (BEHIND, TIED, TIED)


@pytest.mark.parametrize(
    ("signals", "images", "handmade", "verdict"),
    [
        (CROSSES, CROSSES, 40, Verdict.HOLDS),
        (CROSSES, CROSSES, 20, Verdict.CAVEAT),
        (CROSSES, NEVER, 40, Verdict.CAVEAT),
        (CROSSES, ALWAYS, 40, Verdict.CAVEAT),
        (TIES, CROSSES, 40, Verdict.CAVEAT),
        (NEVER, NEVER, 40, Verdict.FAILS),
        (ALWAYS, ALWAYS, 40, Verdict.FAILS),
        (ALWAYS, NEVER, 40, Verdict.FAILS),
        (TIES, TIES, 40, Verdict.FAILS),
        ((AHEAD, TIED, BEHIND), (AHEAD, TIED, BEHIND), 40, Verdict.FAILS),
    ],
)
def test_curves_must_cross_and_in_the_right_direction(signals, images, handmade, verdict):
    assert CLAIM.find(*tables(signals, images, handmade)).verdict is verdict


def test_the_numbers_prose_quotes():
    finding = CLAIM.find(*tables((-5, 5, 5), NEVER))
    found = {m.key: m for m in finding.measurements}
    assert finding.measurements[0].key == "crossing_signals"
    assert found["crossing_signals"].interval.value == pytest.approx(10**2.5, rel=0.01)
    assert found["crossing_signals_cnn"].interval == found["crossing_signals"].interval
    assert math.isinf(found["crossing_images"].interval.value)
    assert "5 of 5 seeds never" in found["crossing_images"].quantity
    assert found["never_images"].interval.value == 5
    assert found["never_signals"].interval.value == 0
    assert found["clear_signals"].interval.value == 1000
    assert math.isinf(found["clear_images"].interval.value)
    assert found["few_signals"].interval.value == pytest.approx(-5, abs=0.1)
    assert found["much_images"].interval.value == pytest.approx(-5, abs=0.1)
    assert found["much_classical_signals"].interval.value == pytest.approx(30.4)
    assert found["handmade_lead"].interval.value == pytest.approx(20 - 35, abs=0.1)
    assert found["methods"].interval.value == 7
    assert set(finding.scale) <= set(found)
    assert finding.opposite == 0


def test_the_seven_are_told_apart_from_what_is_made_by_hand():
    found = races(*tables(CROSSES, CROSSES))
    assert len(EXPERIMENTS) == 7
    assert set(found["signals"][0]) == {"SVM", "logistic", "neighbours", "forest", "boosting"}
    assert set(found["images"][0]) == {"SVM", "forest"}
    assert set(found["signals"][1]) == set(found["images"][1]) == {"MLP", "CNN"}
    assert found["signals"][1]["CNN"][100].mean() == pytest.approx(55.4, abs=0.1), "the larger of the two networks"
    assert set(found["handmade"][0]) == {"HOG, linear SVM"}
    assert "CNN, shifts" in found["handmade"][1]
