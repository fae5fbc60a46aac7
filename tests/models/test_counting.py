import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from lecture.models.cnn import cnn
from lecture.models.counting import Layer, count, multiply_adds, training_multiply_adds
from lecture.seeds import Stream


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


@pytest.mark.parametrize("channels", [4, 25])
def test_multiply_adds_are_those_torch_counts_in_its_own_layers(channels):
    model = nn.Sequential(
        nn.Unflatten(1, (1, 40)),
        nn.Conv1d(1, channels, 5, stride=2, padding=1),
        nn.Conv1d(channels, channels, 3, stride=2, padding=1),
        nn.Conv1d(channels, channels, 3, stride=2, padding=1),
        nn.Flatten(),
        nn.Linear(5 * channels, 10),
    )
    ours = cnn(Stream([0, 1], "weights"), channels=channels)
    with FlopCounterMode(display=False) as counter:
        model(torch.zeros(1, 40))
    assert counter.get_total_flops() == 2 * multiply_adds(ours, 40)
    with counter:
        torch.autograd.backward(model(torch.zeros(1, 40)).sum())
    assert counter.get_total_flops() == 2 * training_multiply_adds(ours, 40)
