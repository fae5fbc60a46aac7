import numpy as np
import pytest
import torch
from torch import nn

from lecture import devices
from lecture.experiments.gradient_vanishing.gradient_norm import GradientNorm, backward_norms
from lecture.models.initialisers import torch_default
from lecture.models.layers import Linear
from lecture.models.mlp import mlp
from lecture.seeds import Seeds


def by_hand(weights, biases, x, y):
    """Backpropagation through sigmoid layers, written out; returns the norms of delta and of the weights' gradients."""
    inputs, outputs = [x], []
    for weight, bias in zip(weights, biases, strict=True):
        outputs.append(inputs[-1] @ weight + bias)
        inputs.append(1 / (1 + np.exp(-outputs[-1])))
    delta = np.exp(outputs[-1] - outputs[-1].max(1, keepdims=True))
    delta = delta / delta.sum(1, keepdims=True)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    errors, gradients = [], []
    for layer in reversed(range(len(weights))):
        errors.append(np.linalg.norm(delta))
        gradients.append(np.linalg.norm(inputs[layer].T @ delta))
        if layer:
            delta = (delta @ weights[layer].T) * inputs[layer] * (1 - inputs[layer])
    return errors[::-1], gradients[::-1]


def test_norms_are_those_of_backpropagation_by_hand():
    seeds = Seeds((3, 4), torch.device("cpu"))
    model = mlp(seeds.stream("weights"), depth=5, width=7, activation=nn.Sigmoid, init=torch_default).double()
    x = seeds.stream("x").normal(20, 40).double()
    y = seeds.stream("y").integers(20, below=10)
    found = backward_norms(model, x, y, steepest=0.25)
    layers = [layer for layer in model if isinstance(layer, Linear)]
    for r in range(2):
        weights = [layer.weight[r].detach().numpy() for layer in layers]
        biases = [layer.bias[r].detach().numpy() for layer in layers]
        errors, gradients = by_hand(weights, biases, x[r].numpy(), y[r].numpy())
        np.testing.assert_allclose(found["error"][r], errors, rtol=1e-9)
        np.testing.assert_allclose(found["weights"][r], gradients, rtol=1e-9)


@pytest.fixture(scope="module")
def table():
    return GradientNorm.preset("smoke").run(devices.pick("cpu"))


def test_no_gradient_exceeds_the_product_bound(table):
    assert (table["error"] <= table["bound"] * (1 + 1e-12)).all()
    output = table[table["layer"] == table["depth"] + 1]
    assert (output["error"] == output["bound"]).all()


def test_bound_of_the_layer_below_the_output_is_one_factor():
    seeds = Seeds((0,), torch.device("cpu"))
    model = mlp(seeds.stream("weights"), depth=1, width=7, activation=nn.Sigmoid).double()
    found = backward_norms(model, torch.ones(1, 3, 40).double(), torch.zeros(1, 3, dtype=torch.int64), steepest=0.25)
    spectral = np.linalg.svd(model[2].weight[0].detach().numpy(), compute_uv=False)[0]
    assert found["bound"][0, 0].item() == pytest.approx(0.25 * spectral * found["error"][0, 1].item())


def test_nothing_underflows(table):
    assert (table[["error", "weights"]] > 0).all(axis=None)
