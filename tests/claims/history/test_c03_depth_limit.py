from math import log

import pandas as pd
import pytest

from lecture.claims.history.c03_depth_limit import (
    BEST,
    CUSTOM,
    FINE,
    LITTLE,
    NOTHING,
    OVERFITS,
    at_end,
    deepest,
    judge_failure,
    judge_limit,
    with_states,
)
from lecture.claims.verdict import Verdict

LAYERS = (2, 4, 6, 8)
FAILING, LEARNING = (0.9, 0.8, 0.1, 0.1), (0.9, 0.8, 0.8, 0.8)
LOOKS = {25: 0.55, 150: 1.0, 300: 1.0}
"""Passes, and the share of what is learnt in the end that is learnt by then."""


def networks(recipe, train, test=0.4, looks=LOOKS):
    """Return records of networks that get ``train`` of their examples right in the end, by number of layers."""
    return pd.DataFrame(
        [
            {"recipe": recipe, "layers": layers, "passes": passes, "seed": seed, "train_loss": log(10) * (1.1 - right),
             "train_accuracy": right, "test_accuracy": min(test, right)}
            for layers, end in zip(LAYERS, train, strict=True) for passes, share in looks.items() for seed in range(10)
            for right in (0.1 + (end - 0.1) * share + 0.001 * seed,)
        ]
    )  # fmt: skip


def records(custom=FAILING, best=LEARNING, test=0.4, **more):
    others = [networks(recipe, LEARNING) for recipe in ("momentum", "Adam")]
    return pd.concat([networks(CUSTOM, custom, **more), networks(BEST, best, test), *others], ignore_index=True)


def test_a_network_is_trained_from_halfway_between_chance_and_the_best_depth_of_its_recipe():
    runs = with_states(records(custom=(0.9, 0.55, 0.45, 0.1)))
    custom = at_end(runs[runs["recipe"] == CUSTOM])
    assert set(deepest(custom)) == {4}
    assert set(deepest(custom.assign(trained=False))) == {0}


@pytest.mark.parametrize(
    ("train", "test", "state"),
    [(0.9, 0.85, FINE), (0.9, 0.5, OVERFITS), (0.3, 0.1, LITTLE), (0.1, 0.1, NOTHING)],
)
def test_the_four_states(train, test, state):
    runs = with_states(networks(CUSTOM, (0.9, 0.9, 0.9, train), test))
    assert set(at_end(runs)[lambda rows: rows["layers"] == 8]["state"]) == {state}


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"best": FAILING}, Verdict.HOLDS),  # neither recipe gets past four layers
        ({}, Verdict.IN_PART),  # the best does
        ({"custom": (0.9, 0.8, 0.8, 0.1)}, Verdict.FAILS),  # both do
        ({"custom": (0.9, 0.8, 0.35, 0.1), "looks": {25: 0.2, 150: 0.5, 300: 1.0}}, Verdict.UNDECIDED),  # not settled
        ({"custom": (0.9, 0.8, 0.8, 0.1), "looks": {25: 0.2, 150: 0.9, 300: 1.0}}, Verdict.FAILS),  # learnt is learnt
    ],
)
def test_the_limit_is_asked_of_two_recipes(changed, verdict):
    assert judge_limit(records(**changed)).verdict is verdict


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({}, Verdict.HOLDS),
        ({"test": 0.75}, Verdict.IN_PART),
        ({"custom": LEARNING}, Verdict.IN_PART),
        ({"custom": LEARNING, "test": 0.75}, Verdict.FAILS),
        ({"custom": (0.9, 0.9, 0.9, 0.3), "looks": {25: 0.0, 150: 0.5, 300: 1.0}, "test": 0.75}, Verdict.UNDECIDED),
    ],
)
def test_each_reason_is_looked_for_in_its_recipe(changed, verdict):
    assert judge_failure(records(**changed)).verdict is verdict


def test_the_numbers_that_prose_quotes():
    limit, failure = judge_limit(records()), judge_failure(records())
    numbers = {number.key: number.interval.value for number in (*limit.numbers, *failure.numbers)}
    assert limit.value.value == 4
    assert (numbers["passes_soon"], numbers["passes"]) == (25, 300)
    assert (numbers["layers_soon"], numbers["layers_1998"]) == (2, 8)
    assert (failure.value.value, numbers["overfits"]) == (100, 100)
    assert numbers["shallow_train"] == pytest.approx(90.45)
    assert numbers["best_test"] == pytest.approx(40)
