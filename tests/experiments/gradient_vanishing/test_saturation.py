import pytest
import torch
from torch import nn

from lecture.experiments.gradient_vanishing.saturation import outputs
from lecture.models.mlp import mlp
from lecture.seeds import Seeds


@pytest.mark.parametrize("activation", [nn.Sigmoid, nn.Tanh])
def test_slope_is_the_derivative_that_autograd_gives(activation):
    seeds = Seeds((0, 1), torch.device("cpu"))
    model = mlp(seeds.stream("weights"), depth=3, width=5, activation=activation)
    x = seeds.stream("x").normal(30, 40)
    found = outputs(model, x)
    for layer in range(3):
        sums = model[: 2 * layer + 1](x).detach().requires_grad_()
        values = activation()(sums)
        (slope,) = torch.autograd.grad(values.sum(), sums)
        torch.testing.assert_close(found[layer, :, 0], values.mean((1, 2)))
        torch.testing.assert_close(found[layer, :, 3], slope.mean((1, 2)))
        assert (found[layer, :, 1] < found[layer, :, 0]).all()
        assert (found[layer, :, 0] < found[layer, :, 2]).all()
