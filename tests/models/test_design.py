"""The space of architectures: its networks against torch's own layers, and its neighbours."""

from dataclasses import replace

import pytest
import torch
from torch.nn import functional

from lecture.models.convolution import Conv1d
from lecture.models.design import Design, network, space
from lecture.seeds import Seeds

SEEDS = Seeds((1, 2), torch.device("cpu"))
X = SEEDS.stream("x").normal(3, 40)


def by_torch(model, design, shortcut, r):
    """Compute replica r with torch's convolutions, channels first."""
    convolutions = [m for m in model.modules() if isinstance(m, Conv1d)]

    def convolve(x, layer):
        inputs = x.shape[1]
        weight = layer.weight[r].view(layer.kernel, inputs, -1).permute(2, 1, 0)
        return functional.conv1d(x, weight, layer.bias[r, 0], layer.stride, layer.padding).relu()

    x = convolve(X[r][:, None], convolutions[0])
    for layer in convolutions[1:]:
        if design.halving == "pooling":
            x = functional.max_pool1d(x, 2)
            x = convolve(x, layer) + shortcut * x
        else:
            x = convolve(x, layer) + shortcut * functional.avg_pool1d(x, 2)
    return x.mT.flatten(1) @ model[-1].weight[r] + model[-1].bias[r]


@pytest.mark.parametrize("design", space()[::3])
def test_a_network_computes_what_torch_computes(design):
    model = network(SEEDS.stream("weights"), design, torch.tensor([1.0, 0.0]))
    out = model(X)
    for r, shortcut in enumerate((1.0, 0.0)):
        assert torch.allclose(out[r], by_torch(model, design, shortcut, r), atol=1e-5)


def test_neighbours_differ_in_one_choice_and_know_each_other():
    designs = set(space())
    for design in designs:
        near = design.neighbours()
        assert len(near) == len(set(near)) == 5
        assert set(near) <= designs
        assert all(design in other.neighbours() for other in near)
    assert replace(space()[0], shortcut=True) in space()[0].neighbours()


def test_multiply_adds_are_those_of_the_convolutions_and_the_last_layer():
    design = Design(3, 25, 3, "stride", False)

    assert design.multiply_adds() == 20 * 5 * 25 + 10 * 3 * 25 * 25 + 5 * 3 * 25 * 25 + 5 * 25 * 10
