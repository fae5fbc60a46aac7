from dataclasses import replace

import pandas as pd
import pytest
import torch

from lecture.experiments.history.depth_limit import PILOT, DepthLimit

TINY = DepthLimit(
    seeds=2, layers=(2, 4), width=8, train=60, test=50, batch=20, steps=6, pilots=2, few=20,
    patient_layers=(4,), patient_steps=9, patient_seeds=1,
)  # fmt: skip


@pytest.fixture(scope="module")
def table():
    return TINY.run(torch.device("cpu"))


def test_every_network_has_its_seeds_and_its_pilots(table):
    runs = table[~table.pilot].groupby(["tools", "layers", "examples", "steps"]).seed.apply(list)
    assert runs.to_dict() == {
        ("then", 2, 60, 6): [0, 1],
        ("then", 4, 60, 6): [0, 1],
        ("then", 2, 20, 6): [0, 1],
        ("now", 4, 60, 6): [0, 1],
        ("then", 4, 60, 9): [0],
    }
    pilots = table[table.pilot]
    assert set(pilots.seed) == {PILOT, PILOT + 1}
    assert set(pilots.learning_rate) == set(TINY.rates)


def test_the_learning_rate_is_the_pilots_best_in_training(table):
    then = table[table.tools == "then"]
    for layers, rows in then.groupby("layers"):
        mean = rows[rows.pilot].groupby("learning_rate").train_loss.mean()
        assert set(rows[~rows.pilot].learning_rate) == {mean.idxmin()}, layers


def test_a_seed_alone_gives_what_it_gives_among_others(table):
    alone = replace(TINY, seeds=1, first_seed=1).run(torch.device("cpu"))
    steps = table.steps == TINY.steps
    pd.testing.assert_frame_equal(
        alone[~alone.pilot & (alone.steps == TINY.steps)].reset_index(drop=True),
        table[~table.pilot & steps & (table.seed == 1)].reset_index(drop=True),
    )


def test_too_many_steps_on_few_examples_overfit():
    one = replace(TINY, layers=(2,), few=20, steps=400, patient_layers=())
    table = one.run(torch.device("cpu"))
    few = table[~table.pilot & (table.examples == 20)]
    assert (few.train_accuracy == 1).all()
    assert (few.test_accuracy < 0.5).all()
