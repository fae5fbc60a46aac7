import math

import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.when_to_use.c21_label_noise import CLAIM, information
from lecture.experiments.when_to_use.label_noise import CROOKED, UNIFORM

CLEAN = {100: 80, 1000: 50, 10_000: 20, 100_000: 10}


def tables(**last):
    """Records in which the largest noisy set errs as told; ``more`` is what the last tripling brings at 60 %."""
    more = last.pop("more", 10)
    clean = pd.DataFrame(
        {"method": method, "n": n, "seed": seed, "error": (error + worse + 0.1 * seed) / 100}
        for method, worse in (("CNN 16", 0), ("CNN 32", 5))
        for n, error in CLEAN.items()
        for seed in range(5)
    )
    kinds = {"light": (UNIFORM, 0.3), "heavy": (UNIFORM, 0.6), "heaviest": (UNIFORM, 0.8), "crooked": (CROOKED, 0.3)}
    noisy = pd.DataFrame(
        {"noise": noise, "share": share, "n": n, "seed": seed, "error": (error + 0.1 * seed + wobble) / 100}
        for kind, (noise, share) in kinds.items()
        for n, error in ((10_000, last[kind] + more), (30_000, last[kind]))
        for seed in range(5)
        for wobble in [0.1 * (seed % 2)]
    )
    return clean, noisy


@pytest.mark.parametrize(
    ("errors", "verdict"),
    [
        ({"light": 20, "heavy": 30, "heaviest": 40, "crooked": 25}, Verdict.HOLDS),
        ({"light": 20, "heavy": 30, "heaviest": 60, "crooked": 25}, Verdict.CAVEAT),
        ({"light": 20, "heavy": 30, "heaviest": 40, "crooked": 55}, Verdict.CAVEAT),
        ({"light": 20, "heavy": 60, "heaviest": 40, "crooked": 25}, Verdict.FAILS),
        ({"light": 20, "heavy": 30, "heaviest": 40, "crooked": 25, "more": 0}, Verdict.FAILS),
        ({"light": 20, "heavy": 30, "heaviest": 40, "crooked": 25, "more": -5}, Verdict.FAILS),
    ],
)
def test_dirty_labels_must_beat_a_thirtieth_of_clean_ones_and_more_must_help(errors, verdict):
    assert CLAIM.find(*tables(**errors)).verdict is verdict


def test_the_numbers_prose_quotes():
    finding = CLAIM.find(*tables(light=20, heavy=35, heaviest=85, crooked=25))
    found = {m.key: m for m in finding.measurements}
    assert finding.measurements[0].key == "rate_60"
    assert found["rate_60"].interval.value == pytest.approx(3 * 10**0.5, rel=0.01)
    assert math.isinf(found["rate_80"].interval.value)
    assert found["rate_60_at_10000"].interval.value == pytest.approx(10 ** (5 / 6), rel=0.02)
    assert found["accuracy_60"].interval.value == pytest.approx(64.76)
    assert found["gain_60"].interval.value == pytest.approx(15, abs=0.1)
    assert found["gain_80"].interval.value == pytest.approx(-35, abs=0.1)
    assert found["few"].interval.value == 1000
    assert found["few_accuracy"].interval.value == pytest.approx(49.8)
    assert found["more"].interval.value == pytest.approx(10)
    assert set(finding.scale) <= set(found)
    assert finding.opposite == 0


def test_information_of_a_label():
    assert information(0) == 1
    assert information(0.9) == pytest.approx(0, abs=1e-12)
    assert information(0.5, crooked=True) == pytest.approx(1 - math.log(2) / math.log(10))
    assert information(0.3, crooked=True) == pytest.approx(information(0.7, crooked=True))
    joint = [[(0.4 if a == b else 0.6 / 9) / 10 for b in range(10)] for a in range(10)]
    bits = sum(p * math.log(p / 0.01) for row in joint for p in row)
    assert information(0.6) == pytest.approx(bits / math.log(10))
