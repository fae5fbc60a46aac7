"""Each remedy alone, against one hidden layer."""

import pandas as pd
import pytest

from lecture.claims.gradient_vanishing.c13_remedies import ALONE, SHOWN, judge
from lecture.claims.verdict import Verdict


def judged(shallow, spread=0.0, **reached):
    """Judge deep networks of the accuracies given (0.1 for the rest) against one hidden layer."""
    remedies = pd.DataFrame(
        [
            {"remedy": name, "rate": 0.1, "seed": seed, "train_loss": 1.0, "first_gradient": 0.0 if seed else 1.0,
             "train_accuracy": reached.get(name.replace(" ", "_"), 0.1) - spread * seed}
            for name in {*SHOWN, *ALONE} for seed in range(3)
        ]
    )  # fmt: skip
    single = [
        {"activation": "sigmoid", "depth": depth, "rate": 0.1, "seed": seed, "train_loss": 1.0,
         "train_accuracy": shallow if depth == 1 else 0.1}
        for depth in (1, 8) for seed in range(3)
    ]  # fmt: skip
    return judge(remedies, pd.DataFrame(single))


ALL = {name.replace(" ", "_"): 0.97 for name in ALONE}


@pytest.mark.parametrize(
    ("reached", "verdict"),
    [(ALL, Verdict.HOLDS), ({"residual": 0.97}, Verdict.IN_PART), ({}, Verdict.FAILS)],
)
def test_trained_networks_decide(reached, verdict):
    assert judged(0.97, **reached).verdict is verdict


@pytest.mark.parametrize("reached", [ALL, {}])
def test_it_is_open_while_one_hidden_layer_still_learns(reached):
    assert judged(0.5, **reached).verdict is Verdict.UNDECIDED


def test_it_is_open_where_seeds_disagree():
    assert judged(0.97, spread=0.04, **ALL).verdict is Verdict.UNDECIDED


def test_numbers_are_those_of_the_table():
    found = judged(0.97, residual=0.98)
    values = {number.key: number.interval.value for number in found.numbers}
    assert found.value.value == pytest.approx(1)
    assert values["train_residual"] == pytest.approx(98)
    assert values["gradient_nothing"] == pytest.approx(1e-30), "what is rounded to 0 counts as the smallest float32"
