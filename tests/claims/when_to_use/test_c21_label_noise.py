import math

import pandas as pd
import pytest

from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.c21_label_noise import information, judge_noise
from lecture.experiments.when_to_use.label_noise import CROOKED, UNIFORM

CLEAN = {100: 80, 1000: 50, 10_000: 20, 100_000: 10}


def tables(light, heavy, heaviest, spread=0.5):
    """Records in which the largest noisy set, 30,000, errs as told; a thousand clean ones err 50 %."""
    clean = pd.DataFrame(
        {"noise": UNIFORM, "share": 0.0, "n": n, "seed": seed, "error": error / 100}
        for n, error in CLEAN.items()
        for seed in range(6)
    )
    batches = pd.DataFrame(
        {"share": share, "batch": batch, "seed": seed, "error": error / 100}
        for share, batch, error in ((0.0, 25, 12), (0.0, 400, 10), (0.8, 25, 60), (0.8, 400, 40))
        for seed in range(6)
    )
    kinds = {(UNIFORM, 0.3): light, (UNIFORM, 0.6): heavy, (UNIFORM, 0.8): heaviest, (CROOKED, 0.6): 75}
    noisy = pd.DataFrame(
        {"noise": noise, "share": share, "n": n, "seed": seed, "error": (error + more + spread * (-1) ** seed) / 100}
        for (noise, share), error in kinds.items()
        for n, more in ((10_000, 10), (30_000, 0))
        for seed in range(6)
    )
    return {"label_noise": pd.concat([clean, noisy]), "noisy_batches": batches}


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (tables(20, 30, 40), Verdict.HOLDS),
        (tables(20, 49, 70, spread=5), Verdict.IN_PART),
        (tables(20, 60, 70), Verdict.IN_PART),
        (tables(60, 70, 80), Verdict.FAILS),
        (tables(50, 50, 50), Verdict.UNDECIDED),
    ],
)
def test_dirty_examples_must_beat_a_thirtieth_as_many_clean_ones(records, verdict):
    assert judge_noise(**records).verdict is verdict


def test_the_numbers_prose_quotes():
    found = judge_noise(**tables(20, 35, 85, spread=0))
    numbers = {m.key: m.interval.value for m in found.numbers}
    assert found.value.value == pytest.approx(15)
    assert numbers["rate_60"] == pytest.approx(3 * 10**0.5, rel=0.01)
    assert math.isinf(numbers["rate_80"])
    assert numbers["crooked"] == pytest.approx(25)
    assert (numbers["batch_clean"], numbers["batch_noisy"]) == pytest.approx((2, 20))
    assert numbers["bits_30"] == pytest.approx(1 / information(0.3))


def test_information_of_a_label():
    assert information(0) == 1
    assert information(0.9) == pytest.approx(0, abs=1e-12)
    joint = [[(0.4 if a == b else 0.6 / 9) / 10 for b in range(10)] for a in range(10)]
    bits = sum(p * math.log(p / 0.01) for row in joint for p in row)
    assert information(0.6) == pytest.approx(bits / math.log(10))
