from functools import partial

import pytest
import torch
from torch import nn
from torch.nn import functional

from lecture.models.residual import Skip, Tower
from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.fit import train
from lecture.training.optimisers import Adam

SEEDS = Seeds((0, 1, 2), torch.device("cpu"))
SHORTCUT, BRANCH = torch.tensor([0.0, 1.0, 1.0]), torch.tensor([1.0, 1.0, 0.0])  # plain, shortcut, zero start


def tower(seeds=SEEDS, depth=8, shortcut=SHORTCUT, branch=BRANCH, normalised=False):
    stream = seeds.stream("weights")
    return Tower(stream, depth=depth, width=5, shortcut=shortcut, branch=branch, normalised=normalised)


def layer(x, weight, bias):
    return functional.linear(x, weight.T, bias[0])


@pytest.mark.parametrize("normalised", [False, True])
def test_each_replica_is_the_network_written_out(normalised):
    model, x = tower(normalised=normalised), SEEDS.stream("x").normal(7, 40)
    norm = partial(functional.batch_norm, running_mean=None, running_var=None, training=True)
    norm = norm if normalised else nn.Identity()
    for r, shortcut in enumerate(SHORTCUT):
        h = functional.relu(layer(x[r], model.first.weight[r], model.first.bias[r]))
        for d in range(0, 6, 2):
            branch = functional.relu(norm(layer(h, model.weight[r, d], model.bias[r, d])))
            branch = norm(layer(branch, model.weight[r, d + 1], model.bias[r, d + 1]))
            h = functional.relu(shortcut * h + branch)
        torch.testing.assert_close(model(x)[r], layer(h, model.last.weight[r], model.last.bias[r]))


def test_branches_that_start_at_zero_make_a_thousand_layers_the_identity():
    model = tower(Seeds((0,), SEEDS.device), depth=1000, shortcut=torch.ones(1), branch=torch.zeros(1))
    x = SEEDS.stream("x").normal(4, 40)[:1]
    torch.testing.assert_close(model(x), model.last(torch.relu(model.first(x))), rtol=0, atol=0)


def test_depth_counts_the_layers_with_weights():
    assert tower(depth=20).weight.shape[1] + 2 == 20
    with pytest.raises(ValueError, match="not 7"):
        tower(depth=7)


def test_one_replica_alone_trains_to_the_same_bits():
    def trained(pick):
        seeds = Seeds(tuple(SEEDS.values[i] for i in pick), SEEDS.device)
        model = tower(seeds, shortcut=SHORTCUT[pick], branch=BRANCH[pick])
        x, y = torch.linspace(-1, 1, 40 * 30).view(30, 40), torch.arange(30) % 10
        train(model, Adam(model, 0.01), minibatches(x, y, 10, 5, seeds.stream("order")))
        return model.weight.detach()

    assert torch.equal(trained([0, 1, 2])[1], trained([1])[0])


def test_a_shortcut_lets_a_gradient_through_where_the_branch_lets_none():
    x = torch.ones(1, 2, 3, requires_grad=True)
    branch = nn.Threshold(5.0, 0.0)  # flat here
    Skip(branch)(x).sum().backward()
    assert torch.equal(x.grad, torch.ones(1, 2, 3))
