import torch
from torch import nn

from lecture.models.counting import Layer, count


def network():
    return nn.Sequential(nn.Conv2d(4, 6, 3, groups=2), nn.ReLU(), nn.Flatten(), nn.Linear(6 * 3 * 3, 5, bias=False))


def test_counts_are_those_on_paper():
    layers, output = count(network(), torch.zeros(7, 4, 5, 5))
    assert output.shape == (7, 5)
    assert layers == [
        Layer("0", (6, 3, 3), 6 * (2 * 9 + 1), 6 * 9 * 2 * 9),
        Layer("1", (6, 3, 3), 0, 0),
        Layer("2", (54,), 0, 0),
        Layer("3", (5,), 54 * 5, 54 * 5),
    ]


def test_the_model_is_left_as_it_was():
    model = network()
    count(model, torch.zeros(1, 4, 5, 5))
    assert all(not module._forward_hooks for module in model.modules())


def test_shapes_alone_are_enough():
    with torch.device("meta"):
        model, x = network(), torch.empty(1, 4, 5, 5)
    assert [layer.multiply_adds for layer in count(model, x)[0]] == [972, 0, 0, 270]
