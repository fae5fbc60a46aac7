from math import isnan, log

import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.history.c03_depth_limit import (
    CLAIM,
    FINE,
    OVERFITS,
    UNTAUGHT,
    VARIED,
    bar,
    deepest,
    share,
    with_states,
)

TRAIN = {2: 0.8, 3: 0.7, 4: 0.6, 6: 0.1, 8: 0.1}


def network(kind, layers, train, test, *, steps=2000, examples=4000):
    return pd.DataFrame(
        {
            "kind": kind, "layers": layers, "examples": examples, "batch": 100, "steps": steps, "rate": 3.0,
            "seed": range(5), "train_loss": log(10) * (1.11 - train),
            "train_accuracy": [train + 0.002 * i for i in range(5)], "test_loss": 2.0, "test_accuracy": test,
        }
    )  # fmt: skip


def tables(sweep=TRAIN, deep=(0.1, 0.1), momentum=(0.1, 0.1), now=0.9):
    """Return made-up records: a sweep, and one kind after another with a shallow network that overfits."""
    limit = [network("plain", n, accuracy, accuracy) for n, accuracy in sweep.items()]
    limit += [network("few", 2, 1.0, 0.2, examples=100), network("now", 8, now, 0.5)]
    patience = [network("patience", n, *deep, steps=12000) for n in (6, 8)]
    size = [network(kind, n, *deep) for kind in ("narrow", "wide", "scarce", "plenty") for n in (6, 8)]
    size += [network(kind, 2, 0.9, 0.5) for kind in ("narrow", "wide", "scarce", "plenty")]
    tools = [network(kind, 2, 0.9, 0.5) for kind in ("momentum", "Adam", "tanh")]
    tools += [network("Adam", 8, *deep), network("tanh", 8, 0.9, 0.5), network("momentum", 8, *momentum)]
    return [pd.concat(rows, ignore_index=True) for rows in (limit, patience, size, tools)]


def found(*args, **changed):
    return {m.key: m.interval.value for m in CLAIM.find(*tables(*args, **changed)).measurements}


def test_a_network_is_trained_from_halfway_between_chance_and_the_best_depth():
    rows = pd.DataFrame({"layers": [2, 2, 4, 4], "seed": [0, 1, 0, 1], "train_accuracy": [0.7, 0.9, 0.5, 0.4]})
    assert bar(rows) == pytest.approx(0.45)
    assert deepest(rows.assign(trained=rows.train_accuracy >= 0.45)).to_dict() == {0: 4, 1: 2}
    assert deepest(rows.assign(trained=False)).to_dict() == {0: 0, 1: 0}


@pytest.mark.parametrize(
    ("train", "test", "state"),
    [(0.9, 0.85, FINE), (0.9, 0.5, OVERFITS), (0.3, 0.1, UNTAUGHT), (0.1, 0.1, UNTAUGHT)],
)
def test_the_three_states(train, test, state):
    runs = with_states(network("plain", 2, 0.8, 0.8), network("plain", 8, train, test), network("now", 8, 0.9, 0.5))
    assert set(runs[(runs.kind == "plain") & (runs.layers == 8)].state) == {state}


def test_kinds_without_a_shallow_network_have_the_bar_of_the_plain_ones():
    runs = with_states(network("plain", 2, 0.8, 0.8), network("patience", 8, 0.3, 0.3), network("now", 8, 0.3, 0.3))
    assert set(runs[runs.layers == 8].state) == {UNTAUGHT}


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({}, Verdict.CAVEAT),  # a limit, and no learning beyond it
        ({"deep": (0.9, 0.4), "momentum": (0.1, 0.1)}, Verdict.HOLDS),  # a limit, and overfitting beyond it
        ({"sweep": {**TRAIN, 6: 0.7}}, Verdict.FAILS),  # six layers train as well
        ({"momentum": (0.9, 0.4)}, Verdict.FAILS),  # a tool of 1986 trains the deepest network
        ({"now": 0.1}, Verdict.FAILS),  # the tools of today fail too: the task is to blame
    ],
)
def test_each_half_of_the_claim_decides(changed, verdict):
    assert CLAIM.find(*tables(**changed)).verdict == verdict


def test_an_even_split_of_causes_is_no_confirmation():
    limit, patience, size, tools = tables(deep=(0.9, 0.4))
    size = size.assign(test_accuracy=size.test_accuracy.where(size.layers == 2, 0.1))
    size["train_accuracy"] = size.train_accuracy.where(size.layers == 2, 0.1)
    assert CLAIM.find(limit, patience, size, tools).verdict == Verdict.CAVEAT


def test_a_share_is_taken_seed_by_seed():
    runs = pd.DataFrame({"seed": [0, 0, 0, 0, 1, 2]})
    which = pd.Series([True, False, False, False, True, True])
    found = share(which, runs)
    assert (found.value, found.n) == (pytest.approx(75), 3)  # not four of six runs
    assert (found.low, found.high) == (0, 100)  # 75 ± 108
    assert isnan(share(which[:4], runs[:4]).value)
    assert not share(which[:4], runs[:4]).above(50)


def test_no_interval_counts_more_than_the_seeds():
    assert max(m.interval.n for m in CLAIM.find(*tables(deep=(0.9, 0.4))).measurements) == 5


def test_half_of_the_seeds_is_not_clearly_more_than_half():
    records = tables(deep=(0.9, 0.4))
    for table in records:
        rows = (table.seed < 2) & (table.layers > 4) & (table.kind != "now")
        table.loc[rows, ["train_accuracy", "test_accuracy"]] = 0.1
    assert CLAIM.find(*records).verdict == Verdict.CAVEAT


def test_failures_are_counted_over_the_varied_kinds_only():
    numbers = found()
    kinds = len(VARIED) - 2  # all but momentum and Adam have two depths beyond the limit
    assert (numbers["deep"], numbers["failed"]) == (5 * (2 * kinds + 2),) * 2
    assert (numbers["untaught"], numbers["overfitting"], numbers["stuck"]) == (100, 0, 100)
    assert numbers["overfitting_2"] == pytest.approx(100 * 6 / 7)  # of the shallow ones all but the plain


def test_seeds_that_contradict_are_counted():
    records = tables()
    assert CLAIM.find(*records).opposite == 0
    for table in records:
        rows = (table.seed == 0) & (table.layers > 4) & (table.kind != "now")
        table.loc[rows, ["train_accuracy", "test_accuracy"]] = 0.9, 0.1
    assert CLAIM.find(*records).opposite == pytest.approx(0.2)


def test_the_numbers_prose_quotes():
    numbers = found()
    assert numbers["deepest"] == 4
    assert numbers["few_2_test"] == pytest.approx(20)
    assert numbers["patience_6_train"] == pytest.approx(10.4)
    assert numbers["epochs"] == 50
    assert numbers["loss_guessing"] == pytest.approx(2.302585)
