from math import log

import pandas as pd
import pytest

from lecture.claims.history.c03_depth_limit import (
    FINE,
    LITTLE,
    NOTHING,
    OVERFITS,
    bar,
    deepest,
    judge_failure,
    judge_limit,
    with_states,
)
from lecture.claims.verdict import Verdict

TRAIN = {2: 0.8, 3: 0.7, 4: 0.6, 6: 0.1, 8: 0.1}


def network(kind, layers, train, test, *, steps=2000, examples=4000):
    accuracy = [train + 0.002 * seed for seed in range(5)]
    return pd.DataFrame(
        {
            "kind": kind, "layers": layers, "examples": examples, "batch": 50, "steps": steps, "seed": range(5),
            "train_loss": [log(10) * (1.1 - a) for a in accuracy], "train_accuracy": accuracy, "test_accuracy": test,
        }
    )  # fmt: skip


def tables(sweep=TRAIN, patience=(0.1, 0.1), tanh=(0.9, 0.5)):
    """Return made-up records by the names of their experiments."""
    limit = [network("plain", n, accuracy, accuracy) for n, accuracy in sweep.items()]
    limit += [network("few", 2, 1.0, 0.2, examples=100), network("now", 8, 0.9, 0.5)]
    longer = [network("patience", n, accuracy, 0.1, steps=8000) for n, accuracy in zip((6, 8), patience, strict=True)]
    tools = [network(kind, 2, 0.9, 0.5) for kind in ("momentum", "Adam", "tanh")]
    tools += [network("Adam", 8, 0.1, 0.1), network("tanh", 8, *tanh), network("momentum", 8, 0.1, 0.1)]
    named = {"depth_limit": limit, "depth_patience": longer, "depth_tools": tools}
    return {name: pd.concat(rows, ignore_index=True) for name, rows in named.items()}


def test_a_network_is_trained_from_halfway_between_chance_and_the_best_depth():
    rows = pd.DataFrame({"layers": [2, 2, 4, 4], "seed": [0, 1, 0, 1], "train_accuracy": [0.7, 0.9, 0.5, 0.4]})
    assert bar(rows) == pytest.approx(0.45)
    assert deepest(rows.assign(trained=rows["train_accuracy"] >= 0.45)).to_dict() == {0: 4, 1: 2}
    assert deepest(rows.assign(trained=False)).to_dict() == {0: 0, 1: 0}


@pytest.mark.parametrize(
    ("train", "test", "state"),
    [(0.9, 0.85, FINE), (0.9, 0.5, OVERFITS), (0.3, 0.1, LITTLE), (0.1, 0.1, NOTHING)],
)
def test_the_four_states(train, test, state):
    kinds = network("plain", 2, 0.8, 0.8), network("plain", 8, train, test), network("patience", 8, train, test)
    runs = with_states(*kinds, network("now", 8, 0.9, 0.5))
    deep = runs[(runs["layers"] == 8) & (runs["kind"] != "now")]
    assert set(deep["state"]) == {state}  # patience has the bar of the plain ones


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"tanh": (0.1, 0.1)}, Verdict.HOLDS),  # neither recipe gets past four layers
        ({}, Verdict.IN_PART),  # tanh does
        ({"sweep": {**TRAIN, 6: 0.7}, "patience": (0.7, 0.1)}, Verdict.FAILS),  # both do
        ({"patience": (0.3, 0.1), "tanh": (0.1, 0.1)}, Verdict.IN_PART),  # given longer, six layers still improve
        ({"patience": (0.3, 0.1)}, Verdict.UNDECIDED),
    ],
)
def test_the_limit_is_asked_of_two_recipes(changed, verdict):
    assert judge_limit(**tables(**changed)).verdict is verdict


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({}, Verdict.HOLDS),
        ({"tanh": (0.9, 0.89)}, Verdict.IN_PART),
        ({"sweep": {**TRAIN, 8: 0.6}, "patience": (0.1, 0.6)}, Verdict.IN_PART),
        ({"sweep": {**TRAIN, 8: 0.6}, "patience": (0.1, 0.6), "tanh": (0.9, 0.89)}, Verdict.FAILS),
        ({"patience": (0.1, 0.3), "tanh": (0.9, 0.89)}, Verdict.UNDECIDED),  # given longer, they still improve
    ],
)
def test_each_reason_is_looked_for_in_its_recipe(changed, verdict):
    assert judge_failure(**tables(**changed)).verdict is verdict


def test_the_numbers_that_prose_quotes():
    found = judge_limit(**tables())
    numbers = {number.key: number.interval.value for number in found.numbers}
    assert found.value.value == 4
    assert (numbers["passes"], numbers["passes_patience"]) == (25, 100)
    assert numbers["few_2_test"] == pytest.approx(20)
    assert numbers["patience_6_train"] == pytest.approx(10.4)
    assert set(found.drawn) <= set(numbers)
