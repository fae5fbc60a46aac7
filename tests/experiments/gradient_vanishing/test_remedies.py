import pytest
import torch
from torch import nn

from lecture import devices
from lecture.experiments.gradient_vanishing.remedies import Remedies, start_like_tanh, with_shortcuts
from lecture.models.initialisers import xavier
from lecture.models.mlp import mlp
from lecture.seeds import Seeds

SEEDS = Seeds((0, 1), torch.device("cpu"))


def network(activation):
    return mlp(SEEDS.stream("weights"), depth=4, width=6, activation=activation, init=xavier).double()


def test_centred_sigmoids_compute_what_tanh_does():
    x = SEEDS.stream("x").normal(9, 40).double()
    torch.testing.assert_close(start_like_tanh(network(nn.Sigmoid))(x), network(nn.Tanh)(x))


def test_shortcuts_add_a_layers_input_to_its_output():
    x = SEEDS.stream("x").normal(9, 40).double()
    plain = list(network(nn.Sigmoid))
    h = plain[1](plain[0](x))
    for linear, function in zip(plain[2:-1:2], plain[3:-1:2], strict=True):
        h = h + function(linear(h))
    torch.testing.assert_close(with_shortcuts(network(nn.Sigmoid))(x), plain[-1](h))


@pytest.fixture(scope="module")
def table():
    return Remedies.preset("smoke", steps=1).run(devices.pick("cpu"))


def test_every_remedy_has_one_rate_and_as_many_seeds(table):
    assert (table.groupby("remedy").size() == 2).all()
    assert (table.groupby("remedy")["rate"].nunique() == 1).all()
    assert table["remedy"].nunique() == 10


def test_adam_does_not_change_the_gradient(table):
    first = table.groupby(["remedy", "seed"])["first_gradient"].first()
    assert first["Adam"].equals(first["nothing"])
    assert (first["residual"] > first["nothing"]).all()
