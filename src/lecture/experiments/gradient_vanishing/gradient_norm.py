"""How much of the gradient reaches each layer before the first step of training, at every depth."""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture import devices
from lecture.data.mnist1d import split
from lecture.experiments.experiment import Experiment
from lecture.models.layers import Linear
from lecture.models.mlp import mlp
from lecture.training.loss import cross_entropy

VARIANTS = (("sigmoid", "default"), ("sigmoid", "Xavier"), ("tanh", "Xavier"), ("ReLU", "default"), ("ReLU", "He"))
"""Activation function, and initialisation of the weights."""

STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "ReLU": 1.0}
"""The largest slope of each function: one factor of the product bound."""


@dataclass(frozen=True, kw_only=True)
class GradientNorm(Experiment):
    """Sends one batch forward and backward through untrained networks, and measures the gradient at each layer.

    With δ(l) the gradient of the loss with respect to what layer l hands to its non-linearity, the chain rule reads
    δ(l) = (δ(l+1) W(l+1)ᵀ) ∘ φ'(z(l)), so |δ(l)| ≤ max φ' · ‖W(l+1)‖ · |δ(l+1)| with the spectral norm ‖W‖. The famous
    bound 0.25^depth is this product for weights of norm 1; here it is computed with the norms that the weights have.

    Computed in float64: squares of the deepest gradients are too small for float32, which would report zeros.

    Attributes:
        depths: Numbers of hidden layers.
        width: Units in each.
        examples: Training examples in the batch, of MNIST-1D.
    """

    depths: tuple[int, ...] = (1, 2, 4, 8, 16, 32)
    width: int = 32
    examples: int = 500

    size: ClassVar[str] = "{depths} hidden layers of {width} units, untrained, {examples} signals of MNIST-1D"
    presets: ClassVar = {
        "smoke": {"seeds": 2, "depths": (2, 4, 16), "examples": 50},
        "full": {"width": 256, "examples": 4000},
    }
    core_seconds: ClassVar[float] = 2.5

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each ``activation``, ``init``, ``depth``, ``seed`` and ``layer`` (1 is nearest the input).

        ``error`` is |δ| over the batch (Frobenius), ``weights`` the norm of the gradient of the layer's weights, and
        ``bound`` the most that ``error`` can be, given the error at the output and the weights' norms.
        """
        device = devices.for_double(device)
        x, y, _, _ = (part.to(device) for part in split(self.examples, 1, seed=0))
        seeds = self.seeds_on(device)
        batch = x.double().expand(len(seeds), *x.shape), y.expand(len(seeds), *y.shape)
        tables = []
        for depth, (activation, init) in product(self.depths, VARIANTS):
            model = mlp(seeds.stream("weights"), depth=depth, width=self.width, activation=activation, init=init)
            columns = backward_norms(model.double(), *batch, STEEPEST[activation])
            index = pd.MultiIndex.from_product([seeds.values, range(1, depth + 2)], names=["seed", "layer"])
            table = pd.DataFrame({name: value.flatten().cpu().numpy() for name, value in columns.items()}, index)
            tables.append(table.reset_index().assign(activation=activation, init=init, depth=depth))
        return pd.concat(tables, ignore_index=True)


def backward_norms(model: nn.Sequential, x: Tensor, y: Tensor, steepest: float) -> dict[str, Tensor]:
    """Return ``error``, ``weights`` and ``bound`` of every linear layer, each ``[R, layers]``.

    Between the layers are non-linearities whose largest slope is ``steepest``; inputs are ``[R, B, features]``.
    """
    layers, sums = [], []
    for layer in model:
        x = layer(x)
        if isinstance(layer, Linear):
            x.retain_grad()
            layers.append(layer)
            sums.append(x)
    torch.autograd.backward(cross_entropy(x, y).sum())
    error = torch.stack([z.grad.flatten(1).norm(dim=1) for z in sums if z.grad is not None], 1)
    weights = torch.stack(
        [layer.weight.grad.flatten(1).norm(dim=1) for layer in layers if layer.weight.grad is not None], 1
    )
    gains = torch.stack([torch.linalg.matrix_norm(layer.weight.detach(), 2) for layer in layers[1:]], 1)
    products = (steepest * gains).flip(1).cumprod(1).flip(1)  # of all layers above, for every layer but the last
    bound = torch.cat([error[:, -1:] * products, error[:, -1:]], 1)
    return {"error": error, "weights": weights, "bound": bound}
