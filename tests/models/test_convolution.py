"""R convolutions at once are R times ``torch.nn.Conv1d``."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from lecture import devices
from lecture.models.cnn import cnn
from lecture.models.convolution import Conv1d
from lecture.seeds import Seeds

CPU = torch.device("cpu")


@settings(deadline=None, max_examples=40)
@given(
    channels=st.tuples(st.integers(1, 3), st.integers(1, 4)),
    kernel=st.integers(1, 5),
    stride=st.integers(1, 3),
    padding=st.integers(0, 2),
    length=st.integers(5, 12),
)
def test_values_and_gradients_are_those_of_torch(
    channels: tuple[int, int], kernel: int, stride: int, padding: int, length: int
) -> None:
    inputs, outputs = channels
    layer = Conv1d(inputs, outputs, Seeds((0, 1), CPU).stream("weights"), kernel=kernel, stride=stride, padding=padding)
    x = torch.randn(2, 3, length, inputs, generator=torch.Generator().manual_seed(0), requires_grad=True)
    found = layer(x)
    wanted = []
    for r in range(2):
        weight = layer.weight[r].view(kernel, inputs, outputs).permute(2, 1, 0)
        one = nn.functional.conv1d(x[r].transpose(1, 2), weight, layer.bias[r, 0], stride, padding)
        wanted.append(one.transpose(1, 2))
    oracle = torch.stack(wanted)
    torch.testing.assert_close(found, oracle)
    slope = torch.randn(oracle.shape, generator=torch.Generator().manual_seed(1))
    for a, b in zip(
        torch.autograd.grad(found, (x, *layer.parameters()), slope),
        torch.autograd.grad(oracle, (x, *layer.parameters()), slope),
        strict=True,
    ):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-5)


def test_the_paper_s_network_has_the_paper_s_size_and_the_spread_of_torch_s_start() -> None:
    model = cnn(Seeds((0, 1, 2), CPU).stream("weights"))
    assert sum(parameter[0].numel() for parameter in model.parameters()) == 5210
    assert model(torch.zeros(3, 7, 40)).shape == (3, 7, 10)
    second = model[3].weight.detach()
    assert second.abs().max() <= 75**-0.5
    assert second.std().item() == pytest.approx(75**-0.5 / 3**0.5, rel=0.02)


def test_a_seed_alone_gets_bitwise_what_it_gets_among_five() -> None:
    devices.prepare()
    gradients = {}
    for seeds in ((3,), (0, 1, 2, 3, 4)):
        model = cnn(Seeds(seeds, CPU).stream("weights"), channels=6)
        model(Seeds(seeds, CPU).stream("inputs").normal(20, 40)).square().sum().backward()
        gradients[seeds] = [parameter.grad[seeds.index(3)] for parameter in model.parameters()]
    assert all(torch.equal(a, b) for a, b in zip(*gradients.values(), strict=True))
