import pytest
import torch
from torch import nn

from lecture import devices
from lecture.data.mnist1d import split
from lecture.experiments.gradient_vanishing.initialisation import Initialisation
from lecture.models.initialisers import he
from lecture.models.layers import Linear
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.batches import minibatches


@pytest.fixture(scope="module")
def table():
    return Initialisation.preset("smoke", seeds=1, steps=2, depth=4).run(devices.pick("cpu"))


def test_every_function_meets_every_start_and_normalisation(table):
    starts = {("default", "none"), ("Xavier", "none"), ("He", "none"), ("Xavier", "batch")}
    for function in ("sigmoid", "tanh", "ReLU"):
        found = table[table["activation"] == function]
        assert set(zip(found["init"], found["norm"], strict=True)) == starts


def test_share_is_the_ratio_of_the_first_gradients(table):
    seeds = Seeds((0,), torch.device("cpu"))
    x, y, _, _ = split(200, 1000, seed=0)
    model = mlp(seeds.stream("weights"), depth=4, width=32, activation=nn.ReLU, init=he)
    xs, ys = next(minibatches(x, y, 50, 1, seeds.stream("order")))
    nn.functional.cross_entropy(model(xs)[0], ys[0]).backward()
    norms = [layer.weight.grad.norm().item() for layer in model if isinstance(layer, Linear)]
    share = table.query("activation == 'ReLU' and init == 'He'")["share"].item()
    assert share == pytest.approx(norms[0] / norms[-2], rel=1e-4)
