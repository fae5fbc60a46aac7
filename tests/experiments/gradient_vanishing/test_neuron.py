import pytest
import torch

from lecture.experiments.gradient_vanishing.neuron import BIAS, INPUTS, NEURON, TARGETS, WEIGHT

PLACES = [(2.0, -1.0), (0.3, -0.7), (-5.0, 5.0), (0.0, -10.0), (10.0, 10.0)]


@pytest.mark.parametrize("place", PLACES)
def test_gradient_is_the_formula_of_its_docstring(place):
    x, t = (torch.tensor(values, dtype=torch.float64) for values in (INPUTS, TARGETS))
    weight, bias = place
    y = 1 / (1 + torch.exp(-(weight * x + bias)))
    each = 2 * (y - t) * y * (1 - y)
    found = NEURON.gradient(torch.tensor(place, dtype=torch.float64))
    assert found.tolist() == pytest.approx([(each * x).sum().item(), each.sum().item()], rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("place", PLACES)
def test_loss_is_that_of_a_linear_layer_and_a_sigmoid(place):
    layer = torch.nn.Linear(1, 1).double()
    layer.weight.data.fill_(place[0])
    layer.bias.data.fill_(place[1])
    outputs = torch.sigmoid(layer(torch.tensor(INPUTS, dtype=torch.float64)[:, None]))
    loss = torch.nn.functional.mse_loss(outputs[:, 0], torch.tensor(TARGETS, dtype=torch.float64), reduction="sum")
    assert NEURON.height(torch.tensor(place, dtype=torch.float64)).item() == pytest.approx(loss.item())


def test_minimum_is_level_and_curves_as_stated():
    point = torch.tensor((WEIGHT, BIAS), dtype=torch.float64)
    eigenvalues = torch.linalg.eigvalsh(torch.autograd.functional.hessian(NEURON.height, point))
    assert NEURON.gradient(point).norm() < 1e-15
    assert eigenvalues.max().item() == pytest.approx(NEURON.curvature)
    assert eigenvalues.min() > 0


def test_saturated_it_is_a_plateau():
    """Where the talk's 10 is the sum at every input, the slope is thousands of times less than in the middle."""
    flat, middle = (NEURON.gradient(torch.tensor(p, dtype=torch.float64)).norm() for p in ((0.0, -10.0), (0.0, 0.0)))
    assert 0 < flat < middle / 1000
