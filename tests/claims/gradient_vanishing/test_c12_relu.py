"""The function alone, and the race of ReLU against tanh."""

import numpy as np
import pandas as pd
import pytest

from lecture.claims.gradient_vanishing.c12_relu import epochs_to_target, judge_race, judge_shape
from lecture.claims.verdict import Verdict

STARTS = (("sigmoid", "Xavier"), ("tanh", "Xavier"), ("ReLU", "Xavier"), ("ReLU", "He"))


def activations(relu, shallow, spread=0.01):
    """Return training accuracies of ReLU at one layer and at eight; the others learn nothing."""
    return pd.DataFrame(
        [
            {"activation": function, "init": start, "depth": depth, "rate": 0.1, "seed": seed, "train_loss": 1.0,
             "train_accuracy": (0.1 if function != "ReLU" else relu if depth == 8 else shallow) - spread * (seed % 2)
             * (function == "ReLU") * (depth == 8)}
            for function, start in STARTS for depth in (1, 8) for seed in range(4)
        ]
    )  # fmt: skip


def race(tanh, spread=0.01):
    """Return records in which ReLU needs 4 epochs and tanh as many as given, along straight lines."""
    return pd.DataFrame(
        [
            {"activation": f, "rate": 0.1, "seed": s, "epoch": float(e), "train_error": 1 - 0.75 * e / (n + spread * s)}
            for f, n in (("ReLU", 4.0), ("tanh", tanh)) for s in range(3) for e in range(1, 40)
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("relu", "shallow", "spread", "verdict"),
    [
        (0.99, 0.99, 0.01, Verdict.HOLDS),
        (0.50, 0.99, 0.01, Verdict.IN_PART),
        (0.10, 0.99, 0.01, Verdict.FAILS),
        (0.50, 0.60, 0.01, Verdict.IN_PART),
        (0.20, 0.60, 0.15, Verdict.UNDECIDED),
    ],
)
def test_gain_and_harmless_depth_are_two_questions_the_second_open_before_the_end(relu, shallow, spread, verdict):
    found = judge_shape(activations(relu, shallow, spread))
    assert found.verdict is verdict
    assert found.value.value == pytest.approx(100 * (relu - spread / 2 - 0.1))


@pytest.mark.parametrize(
    ("tanh", "spread", "verdict"),
    [(24.0, 0.01, Verdict.HOLDS), (4.0, 0.01, Verdict.FAILS), (4.4, 0.01, Verdict.UNDECIDED)],
)
def test_tanh_must_need_a_tenth_more(tanh, spread, verdict):
    assert judge_race(race(tanh, spread)).verdict is verdict


def test_the_race_is_timed_between_two_looks():
    found = judge_race(race(24.0))
    assert found.value.value == pytest.approx(np.mean([6.0, 24.01 / 4.01, 24.02 / 4.02]), rel=1e-4)
    assert found.numbers[0].interval.value == 100


def test_who_never_arrives_counts_with_the_whole_race():
    assert epochs_to_target(race(1000.0)).groupby("activation")["epochs"].max()["tanh"] == 39
