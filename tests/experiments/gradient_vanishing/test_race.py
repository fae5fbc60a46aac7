"""The race of ReLU and tanh: looked at on the way, and the same at the end as a race that nobody watched."""

import pytest
import torch

from lecture import devices
from lecture.data.mnist1d import generate
from lecture.experiments.gradient_vanishing.race import RUNNERS, Race
from lecture.models.activations import ACTIVATIONS
from lecture.models.initialisers import INITIALISERS
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.fit import train
from lecture.training.optimisers import SGD
from lecture.training.scores import evaluate

TINY = Race(seeds=2, rates=(0.1,), epochs=3, examples=200, watched=100)


@pytest.fixture(scope="module")
def table():
    return TINY.run(devices.pick("cpu"))


def test_the_error_is_measured_at_equal_parts_of_each_epoch(table):
    epochs = table.groupby(["activation", "rate", "seed"])["epoch"].apply(list)
    assert len(epochs) == 2 * 2
    assert all(looked_at == [0.5, 1.0, 1.5, 2.0, 2.5, 3.0] for looked_at in epochs)


@pytest.mark.parametrize(("activation", "init"), RUNNERS)
def test_watching_does_not_change_the_race(table, activation, init):
    x, y = generate(200, seed=0)
    seeds = Seeds((0, 1), torch.device("cpu"))
    function, start = ACTIVATIONS[activation], INITIALISERS[init]
    model = mlp(seeds.stream("weights"), depth=3, width=64, activation=function, init=start)
    steps = 3 * 200 // 50
    train(model, SGD(model, torch.tensor([0.1, 0.1]), 0.9), minibatches(x, y, 50, steps, seeds.stream("order")))
    last = table[(table["activation"] == activation) & (table["epoch"] == 3)]
    assert last["train_error"].tolist() == evaluate(model, x[:100], y[:100]).error.tolist()
