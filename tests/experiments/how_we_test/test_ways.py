"""The ways to train do the same: the plain loop is the oracle of the others."""

import pytest
import torch
from tests.benchmarks.elsewhere import as_lightning, as_mnist1d, has_lightning
from torch import nn

from lecture import devices
from lecture.data import mnist1d
from lecture.experiments.how_we_test.ways import (
    WAYS,
    Recipe,
    accuracies,
    clock_of,
    convolutional,
    engine,
    fully_connected,
    orders,
    plain_loop,
    started,
    vmapped,
)
from lecture.models.layers import Linear
from lecture.seeds import Seeds

CPU = torch.device("cpu")
SEEDS = (3, 8)
NETWORKS = {"MLP": fully_connected(2, 12), "CNN": convolutional(4)}
CLOCK = clock_of(CPU)


@pytest.fixture(autouse=True)
def _one_thread():
    devices.prepare()


@pytest.fixture
def examples():
    return mnist1d.generate(60, seed=1)


@pytest.mark.parametrize("name", NETWORKS)
def test_vmap_trains_the_networks_of_the_plain_loop(name, examples):
    recipe, (x, y) = Recipe(batch=20, steps=7, rate=1e-2), examples
    one, other = (way(NETWORKS[name], recipe, SEEDS, x, y, CLOCK)[1](x) for way in (plain_loop, vmapped))
    before = torch.stack([started(NETWORKS[name], seed, CPU)(x) for seed in SEEDS])
    assert (one - before).abs().mean() > 0.02, "it has learned, by far more than the two may differ"
    torch.testing.assert_close(other, one, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_engine_is_the_plain_network_many_times(name):
    """With the weights of one replica, the plain layers give what the replica gives."""
    replicas = NETWORKS[name].replicas(Seeds(SEEDS, CPU).stream("weights"))
    x = mnist1d.generate(5, seed=2)[0]
    expected = replicas(x.expand(len(SEEDS), *x.shape))
    for number in range(len(SEEDS)):
        plain = NETWORKS[name].plain()
        theirs = [layer for layer in plain.modules() if isinstance(layer, nn.Linear | nn.Conv1d)]
        ours = [layer for layer in replicas.modules() if hasattr(layer, "weight")]
        for there, here in zip(theirs, ours, strict=True):
            weight, shape = here.weight[number], there.weight.shape
            if len(shape) == 3:  # windows have the places first, and channels within them
                there.weight.data = weight.view(shape[2], shape[1], shape[0]).permute(2, 1, 0)
            elif name == "CNN":  # the line of the last layer's inputs likewise
                there.weight.data = weight.view(5, -1, 10).permute(2, 1, 0).flatten(1)
            else:
                there.weight.data = weight.mT
            there.bias.data = here.bias[number, 0]
        torch.testing.assert_close(plain(x), expected[number])
    assert any(isinstance(layer, Linear) for layer in replicas)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_learns(way, examples):
    x, y = examples
    taken, predict = WAYS[way](NETWORKS["MLP"], Recipe(20, 150, 1e-2), SEEDS, x, y, CLOCK)
    assert taken > 0
    assert min(accuracies(predict, x, y)) > 0.8, "two layers learn sixty signals by heart"


def test_one_seed_of_the_engine_is_the_same_alone(examples):
    recipe, (x, y) = Recipe(20, 5), examples
    together, alone = (engine(NETWORKS["CNN"], recipe, seeds, x, y, CLOCK)[1](x) for seeds in (SEEDS, SEEDS[1:]))
    assert torch.equal(together[1], alone[0])


def test_each_pass_goes_over_all_examples_in_a_new_order():
    found = torch.stack(list(orders(SEEDS, 10, Recipe(5, 4), CPU)))  # [steps, R, B]
    passes = found.view(2, 2, 2, 5).transpose(1, 2).flatten(2)  # [passes, R, n]
    assert (passes.sort().values == torch.arange(10)).all()
    assert not torch.equal(passes[0, 0], passes[1, 0])
    assert not torch.equal(passes[0, 0], passes[0, 1])


def test_the_global_generator_is_left_alone():
    before = torch.get_rng_state()
    started(NETWORKS["MLP"], 1, CPU)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize(
    "way",
    [
        as_mnist1d,
        pytest.param(as_lightning, marks=pytest.mark.skipif(not has_lightning(), reason="an extra of its own")),
    ],
)
def test_the_ways_of_others_learn_as_well(way, examples):
    x, y = examples
    taken, predict = way(NETWORKS["MLP"], Recipe(20, 150, 1e-2), SEEDS, x, y, CLOCK)
    assert taken > 0
    assert min(accuracies(predict, x, y)) > 0.8
