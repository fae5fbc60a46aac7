"""The convolutional network for photographs: its layers counted by hand, its starts, and what dropout leaves."""

import pytest
import torch
from torch import nn

from lecture.models.convnet import Dropout, convnet


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def parameters(network):
    return sum(weight.numel() for weight in network.parameters())


def test_four_layers_and_their_weights():
    network = convnet(generator())
    assert network(torch.zeros(2, 3, 32, 32)).shape == (2, 10)
    layers = [layer for layer in network if isinstance(layer, nn.Conv2d | nn.Linear)]
    assert len(layers) == 4
    by_hand = 32 * (3 * 25 + 1) + 32 * (32 * 25 + 1) + 64 * (32 * 25 + 1) + 10 * (64 * 4 * 4 + 1)
    assert parameters(network) == by_hand


def test_full_layers_normalisation_and_classes():
    network = convnet(generator(), maps=(4, 6), units=(7, 5), normalised=True, classes=3)
    by_hand = 4 * 76 + 2 * 4 + 6 * 101 + 2 * 6 + 7 * (6 * 8 * 8 + 1) + 2 * 7 + 5 * 8 + 2 * 5 + 3 * 6
    assert parameters(network) == by_hand
    assert network(torch.zeros(2, 3, 32, 32)).shape == (2, 3)


@pytest.mark.parametrize(("function", "spread"), [("ReLU", (2 / 800) ** 0.5), ("tanh", (2 / (800 + 800)) ** 0.5)])
def test_each_function_starts_by_its_rule(function, spread):
    network = convnet(generator(), function=function)
    convolution = network[3]
    assert isinstance(convolution, nn.Conv2d)
    assert convolution.weight.std().item() == pytest.approx(spread, rel=0.02)
    assert not convolution.bias.any()
    assert torch.equal(convolution.weight, convnet(generator(), function=function)[3].weight)


def test_too_many_halvings_are_refused():
    with pytest.raises(ValueError, match="32 pixels cannot be halved 6 times"):
        convnet(generator(), maps=(1,) * 6)


def test_dropout_keeps_the_mean_and_belongs_to_its_generator():
    x = torch.ones(1000, 20)
    thinned = Dropout(0.25, generator())(x)
    assert thinned.unique().tolist() == pytest.approx([0, 4 / 3])
    assert thinned.mean().item() == pytest.approx(1, abs=0.02)
    assert torch.equal(thinned, Dropout(0.25, generator())(x))
    assert torch.equal(Dropout(0.25, generator()).eval()(x), x)


def test_dropout_stands_behind_each_full_layer_but_the_last():
    network = convnet(generator(), maps=(4,), units=(5, 5), dropout=(0.5, generator()))
    places = [number for number, layer in enumerate(network) if isinstance(layer, Dropout)]
    assert [type(network[number - 1]) for number in places] == [nn.ReLU, nn.ReLU]
    assert len(places) == 2
