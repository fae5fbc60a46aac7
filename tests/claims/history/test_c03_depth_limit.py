from math import log

import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.history.c03_depth_limit import CLAIM, deepest, halfway, parts

TRAIN = {2: 0.8, 3: 0.7, 4: 0.6, 6: 0.2, 8: 0.1}


def network(tools, layers, train, test, *, examples=4000, steps=2000, pilot=False, spread=0.01):
    return pd.DataFrame(
        {
            "tools": tools, "layers": layers, "examples": examples, "batch": 100, "steps": steps, "learning_rate": 3.0,
            "seed": range(5), "train_loss": log(10) * (1.11 - train),
            "train_accuracy": [train + spread * i for i in range(5)], "test_loss": 2.0, "test_accuracy": test,
            "pilot": pilot,
        }
    )  # fmt: skip


def table(train=TRAIN, deep_patient=(0.1, 0.1), now=0.9):
    return pd.concat(
        [
            *(network("then", n, accuracy, accuracy) for n, accuracy in train.items()),
            network("then", 8, 0.1, 0.1, pilot=True),
            network("then", 2, 1.0, 0.2, examples=100, spread=0),
            network("now", 8, now, 0.5),
            network("then", 6, 0.9, 0.4, steps=12000),
            network("then", 8, *deep_patient, steps=12000),
        ],
        ignore_index=True,
    )


def test_the_rows_are_told_apart():
    found = {name: len(rows) for name, rows in parts(table()).items()}
    assert found == {"sweep": 25, "few": 5, "now": 5, "patience": 10}


def test_deepest_is_counted_seed_by_seed():
    rows = pd.DataFrame({"layers": [2, 4, 2, 4], "seed": [0, 0, 1, 1], "train_accuracy": [0.8, 0.5, 0.8, 0.4]})
    assert halfway(rows) == pytest.approx(0.45)
    assert deepest(rows, halfway(rows)).to_dict() == {0: 4, 1: 2}
    assert deepest(rows, 0.9).to_dict() == {0: 0, 1: 0}


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({}, Verdict.CAVEAT),  # a limit, and no learning beyond it
        ({"deep_patient": (0.9, 0.4)}, Verdict.HOLDS),  # a limit, and overfitting beyond it
        ({"train": {**TRAIN, 6: 0.7}}, Verdict.FAILS),  # six layers train as well
        ({"now": 0.1}, Verdict.FAILS),  # the tools of today fail too: the task is to blame
    ],
)
def test_each_half_of_the_claim_decides(changed, verdict):
    assert CLAIM.find(table(**changed)).verdict == verdict


def test_single_seeds_that_contradict_are_counted():
    assert CLAIM.find(table()).opposite == 0
    few = table()
    few.loc[(few.examples == 100) & (few.seed == 0), "test_accuracy"] = 1.0
    assert CLAIM.find(few).opposite == pytest.approx(0.2)


def test_the_numbers_prose_quotes():
    found = {m.key: m.interval.value for m in CLAIM.find(table()).measurements}
    assert found["deepest"] == 4
    assert found["few_gap"] == pytest.approx(80)
    assert found["patient_6_train"] == pytest.approx(92)
    assert (found["attempts"], found["stuck"]) == (15, 100)
    assert (found["epochs"], found["epochs_patient"]) == (50, 300)
