import pandas as pd
import pytest

from lecture.claims.outlook.adversarial import numbers
from lecture.experiments.outlook.adversarial import LINEAR, ROBUST, STANDARD

USUAL = {
    STANDARD: {"none": 0.96, "noise": 0.95, "PGD": 0.5, "transfer": 0.85},
    ROBUST: {"none": 0.95, "PGD": 0.86},
    LINEAR: {"none": 0.9, "exact": 0.12},
}


def test_an_attack_is_held_against_noise_of_its_size_and_the_cure_has_a_price():
    rows = [
        {"model": model, "attack": attack, "epsilon": epsilon, "seed": seed,
         "accuracy": accuracy / (2 if epsilon > 0.1 else 1) + 0.005 * seed}
        for model, attacks in USUAL.items()
        for attack, accuracy in attacks.items()
        for epsilon in ((0.0,) if attack == "none" else (0.1, 0.3))
        for seed in range(5)
    ]  # fmt: skip
    gradients = {STANDARD: 100, ROBUST: 200, LINEAR: 100}
    table = pd.DataFrame(rows).assign(gradients=lambda t: t["model"].map(gradients))
    found = {m.key.removeprefix("adversarial_"): m.interval.value for m in numbers(table)}
    assert found["times"] == 2
    assert found["price"] == pytest.approx(1)
    assert found["noise_lost"] == pytest.approx(1)
    assert found["beyond"] == pytest.approx(45)
    assert found["exact_linear"] == pytest.approx(13)
    assert found["strong_robust"] == pytest.approx(44)
