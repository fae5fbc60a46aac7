"""The predicate on attacks, in each direction, on made-up tables."""

import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.outlook.adversarial import judge, percents, sound
from lecture.experiments.outlook.adversarial import LINEAR, ROBUST, STANDARD

USUAL = {
    STANDARD: {"none": 0.96, "noise": 0.95, "FGSM": 0.65, "PGD": 0.5, "thorough": 0.49, "transfer": 0.85},
    ROBUST: {"none": 0.95, "noise": 0.95, "FGSM": 0.88, "PGD": 0.86, "thorough": 0.86, "transfer": 0.93},
    LINEAR: {"none": 0.9, "noise": 0.89, "FGSM": 0.17, "PGD": 0.14, "thorough": 0.13, "transfer": 0.3, "exact": 0.12},
}


def table(changes=None, large=0.0, spread=0.005):
    rows = []
    for model, attacks in USUAL.items():
        for attack, usual in attacks.items():
            accuracy = (changes or {}).get((model, attack), usual)
            cells = {0.0: accuracy} if attack == "none" else {0.1: accuracy}
            if attack in ("FGSM", "PGD"):
                cells |= {0.3: accuracy / 2, 0.5: large}
            rows += [
                {"model": model, "attack": attack, "epsilon": e, "seed": seed, "accuracy": value + spread * (seed - 2)}
                for e, value in cells.items()
                for seed in range(5)
            ]
    gradients = {STANDARD: 100, ROBUST: 200, LINEAR: 100}
    return pd.DataFrame(rows).assign(gradients=lambda t: t["model"].map(gradients))


def at_noise(noise):
    return {(STANDARD, "noise"): noise}


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, Verdict.HOLDS),
        ({(STANDARD, attack): 0.8 for attack in ("FGSM", "PGD", "thorough")}, Verdict.CAVEAT),
        (at_noise(0.85), Verdict.CAVEAT),
        (at_noise(0.55), Verdict.FAILS),
        ({(STANDARD, attack): 0.9 for attack in ("FGSM", "PGD", "thorough")}, Verdict.FAILS),
        ({(STANDARD, "thorough"): 0.3}, Verdict.CAVEAT),
    ],
)
def test_the_verdict_follows_what_the_attack_costs_beyond_noise(changes, verdict):
    assert judge(table(changes)).verdict is verdict


@pytest.mark.parametrize(
    "changes",
    [
        {(ROBUST, "FGSM"): 0.7},  # one step is stronger than ten: a masked gradient
        {(ROBUST, "thorough"): 0.6},  # more steps find more
        {(STANDARD, "transfer"): 0.4},  # a stranger does more harm
        {(LINEAR, "exact"): 0.05},  # the worst is not reached
        {(LINEAR, "exact"): 0.2},  # worse than the worst
    ],
)
def test_an_attack_that_fails_a_check_is_not_sound(changes):
    assert sound(percents(table()))
    assert not sound(percents(table(changes)))


def test_an_attack_that_nothing_limits_must_fool_everybody():
    assert not sound(percents(table(large=0.5)))


def test_the_price_is_counted():
    found = {m.key: m.interval for m in judge(table()).measurements}

    assert found["times"].value == 2
    assert found["price"].value == pytest.approx(1.0)
    assert found["beyond"].value == pytest.approx(45.0)
