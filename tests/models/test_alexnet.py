import pytest
import torch
from torch import nn

from lecture.data.literature import alexnet as published
from lecture.models.alexnet import LAYOUTS, ONE_TOWER, TWO_TOWERS, alexnet, start_as_published
from lecture.models.counting import count
from lecture.seeds import Stream


def counted(layout):
    with torch.device("meta"):
        layers, output = count(alexnet(layout), torch.empty(1, 3, 224, 224))
    assert output.shape == (1, 1000)
    return {layer.name: layer for layer in layers}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_it_has_eight_layers_that_learn_and_the_papers_sizes(layout):
    layers = counted(layout)
    assert sum(layer.parameters > 0 for layer in layers.values()) == published.LEARNED_LAYERS
    sides = {name: layers[name].shape[1] for name in ("conv1", "pool1", "conv2", "pool2", "conv5", "pool5")}
    assert sides == {"conv1": 55, "pool1": 27, "conv2": 27, "pool2": 13, "conv5": 13, "pool5": 6}


def test_two_towers_have_the_weights_of_section_3_5():
    sizes = {
        "conv1": (96, 11 * 11 * 3),
        "conv2": (256, 5 * 5 * 48),
        "conv3": (384, 3 * 3 * 256),
        "conv4": (384, 3 * 3 * 192),
        "conv5": (256, 3 * 3 * 192),
        "full6": (4096, 6 * 6 * 256),
        "full7": (4096, 4096),
        "full8": (1000, 4096),
    }
    layers = counted(TWO_TOWERS)
    for name, (outputs, inputs) in sizes.items():
        places = layers[name].shape[1] ** 2 if name.startswith("conv") else 1
        assert layers[name].parameters == outputs * (inputs + 1)
        assert layers[name].multiply_adds == outputs * inputs * places


def test_published_totals():
    two, one = counted(TWO_TOWERS), counted(ONE_TOWER)
    learned = [layer for layer in two.values() if layer.parameters]
    convolutions = [layer for layer in learned if layer.name.startswith("conv")]
    assert sum(layer.multiply_adds for layer in convolutions) / 1e6 == pytest.approx(
        published.MILLIONS_OF_MULTIPLY_ADDS, abs=0.5
    )
    assert sum(layer.parameters for layer in convolutions) / 1e6 == pytest.approx(
        published.MILLIONS_OF_CONVOLUTION_WEIGHTS, abs=0.05
    )
    assert sum(torch.Size(layer.shape).numel() for layer in learned) == 659_272
    assert sum(layer.parameters for layer in two.values()) == 60_965_224
    assert sum(layer.parameters for layer in one.values()) == 61_100_840  # as torchvision states for its AlexNet


def test_the_plain_networks_of_2010_are_as_deep_as_their_weights_say():
    for units, millions in published.MILLIONS_OF_WEIGHTS_2010.items():
        inputs = (29 * 29, *units)
        weights = sum((n + 1) * m for n, m in zip(inputs, units, strict=False))
        assert weights / 1e6 == pytest.approx(millions, abs=0.01)


def test_a_tower_sees_only_itself_but_layer_3_sees_both():
    model = alexnet(narrow=16).eval()
    start_as_published(model, Stream([0], "weights"))
    for name, crosses in (("conv2", False), ("conv3", True), ("conv4", False), ("conv5", False)):
        layer = getattr(model, name)
        x = torch.ones(1, layer.in_channels, 5, 5)
        changed = x.clone()
        changed[:, layer.in_channels // 2 :] = 2  # only what lies on the second card
        first = slice(layer.out_channels // 2)
        assert torch.equal(layer(x)[:, first], layer(changed)[:, first]) is not crosses, name


def test_local_response_normalisation_is_equation_3_3():
    a = Stream([0], "a").normal(9, 2, 2)  # [1, maps, 2, 2]
    around = [a[:, max(0, i - 2) : i + 3] for i in range(9)]
    expected = torch.stack([a[:, i] / (2 + 1e-4 * (near**2).sum(1)) ** 0.75 for i, near in enumerate(around)], dim=1)
    torch.testing.assert_close(alexnet(narrow=16).norm1(a), expected)


def test_it_starts_as_published():
    model = alexnet(narrow=16)
    start_as_published(model, Stream([0], "weights"))
    biases = {name: layer.bias.unique().tolist() for name, layer in model.named_children() if hasattr(layer, "bias")}
    assert [name for name, values in biases.items() if values == [1]] == ["conv2", "conv4", "conv5", "full6", "full7"]
    assert [name for name, values in biases.items() if values == [0]] == ["conv1", "conv3", "full8"]
    assert model.full6.weight.std().item() == pytest.approx(0.01, rel=0.02)
    assert isinstance(model.drop6, nn.Dropout)
