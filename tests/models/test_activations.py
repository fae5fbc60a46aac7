"""The sigmoid against torch's, and the property it exists for."""

import pytest
import torch

from lecture import devices
from lecture.models.activations import Sigmoid, sigmoid


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    devices.prepare()


def test_value_and_derivative_are_those_of_torch() -> None:
    x = torch.cat([torch.linspace(-30, 30, 601), torch.tensor([-1e4, -200.0, -88.8, 88.8, 1e4, -torch.inf, torch.inf])])
    mine, theirs = x.clone().requires_grad_(), x.clone().requires_grad_()
    sigmoid(mine).sum().backward()
    torch.sigmoid(theirs).sum().backward()
    torch.testing.assert_close(sigmoid(x), torch.sigmoid(x), rtol=1e-6, atol=1e-37)
    torch.testing.assert_close(mine.grad, theirs.grad, rtol=1e-6, atol=1e-37)
    assert torch.equal(Sigmoid()(x), sigmoid(x))


def test_derivative_agrees_with_finite_differences() -> None:
    x = torch.linspace(-4, 4, 9, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(sigmoid, x)


@pytest.mark.parametrize("shape", [(7, 5), (25, 33), (100, 50), (1, 17)])
def test_a_seed_gets_the_same_bits_alone(shape: tuple[int, int]) -> None:
    x = torch.randn(10, *shape, generator=torch.Generator().manual_seed(0)).requires_grad_()
    sigmoid(x).sum().backward()
    assert x.grad is not None
    for seed in range(10):
        alone = x.detach()[seed : seed + 1].clone().requires_grad_()
        y = sigmoid(alone)
        y.sum().backward()
        assert alone.grad is not None
        assert torch.equal(y, sigmoid(x)[seed : seed + 1])
        assert torch.equal(alone.grad, x.grad[seed : seed + 1])
