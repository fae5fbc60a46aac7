"""R convolutions at once are R times ``torch.nn.Conv2d``."""

import pytest
import torch
from torch import nn

from lecture import devices
from lecture.models.convolution2d import Conv2d
from lecture.models.image_network import image_network
from lecture.seeds import Seeds

CPU = torch.device("cpu")


@pytest.mark.parametrize("plane", [(4, 4), (9, 5), (6, 7)])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("kernel", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [(1, 1), (1, 4), (3, 2)])
def test_values_and_gradients_are_those_of_torch(channels, kernel, stride, plane):
    inputs, outputs = channels
    layer = Conv2d(inputs, outputs, Seeds((0, 1), CPU).stream("weights"), kernel=kernel, stride=stride)
    x = torch.randn(2, 3, *plane, inputs, generator=torch.Generator().manual_seed(0), requires_grad=True)
    found = layer(x)
    wanted = []
    for r in range(2):
        weight = layer.weight[r].view(kernel, kernel, inputs, outputs).permute(3, 2, 0, 1)
        # By unfold: oneDNN's backward of a 1 by 1 convolution with a stride corrupts memory.
        patches = nn.functional.unfold(x[r].permute(0, 3, 1, 2), kernel, stride=stride)
        one = (weight.flatten(1) @ patches + layer.bias[r, 0, :, None]).unflatten(2, found.shape[2:4])
        wanted.append(one.permute(0, 2, 3, 1))
    oracle = torch.stack(wanted)
    torch.testing.assert_close(found, oracle)
    slope = torch.randn(oracle.shape, generator=torch.Generator().manual_seed(1))
    for a, b in zip(
        torch.autograd.grad(found, (x, *layer.parameters()), slope),
        torch.autograd.grad(oracle, (x, *layer.parameters()), slope),
        strict=True,
    ):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-5)


def test_a_slice_of_a_larger_tensor_is_convolved_like_a_copy():
    layer = Conv2d(1, 2, Seeds((0, 1), CPU).stream("weights"), kernel=3)
    x = torch.randn(4, 5, 8, 8, 1, generator=torch.Generator().manual_seed(0))
    assert torch.equal(layer(x[2:]), layer(x[2:].clone()))


def test_the_network_has_the_planes_of_simard_and_one_number_a_class():
    model = image_network(Seeds((0, 1, 2), CPU).stream("weights"), channels=(5, 50), width=100)
    x = torch.zeros(3, 7, 28, 28)
    assert model[:3](x).shape == (3, 7, 13, 13, 5)
    assert model[:5](x).shape == (3, 7, 5, 5, 50)
    assert model[:-1](x).shape == (3, 7, 100)
    assert model(x).shape == (3, 7, 10)


def test_a_seed_alone_gets_bitwise_what_it_gets_among_five():
    devices.prepare()
    gradients = {}
    for seeds in ((3,), (0, 1, 2, 3, 4)):
        model = image_network(Seeds(seeds, CPU).stream("weights"), channels=(4, 6), width=16)
        model(Seeds(seeds, CPU).stream("inputs").normal(20, 28, 28)).square().sum().backward()
        gradients[seeds] = [parameter.grad[seeds.index(3)] for parameter in model.parameters()]
    assert all(torch.equal(a, b) for a, b in zip(*gradients.values(), strict=True))
