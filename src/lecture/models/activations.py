"""Non-linearities by name, and a sigmoid whose bits for a seed do not depend on the other replicas.

On a CPU torch's own computes the logistic function for whole vector registers in one way and for what is left over in
another. Which numbers are left over depends on how many replicas there are. ReLU and tanh have no such leftovers.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

ACTIVATIONS: dict[str, Callable[[], nn.Module]] = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "ReLU": nn.ReLU}
"""torch's own non-linearities by name."""


class Sigmoid(nn.Sigmoid):
    """``nn.Sigmoid`` from exponential, sum and quotient, each of which rounds every number alike."""

    def forward(self, input: Tensor) -> Tensor:
        """Return 1 / (1 + exp(-input))."""
        return sigmoid(input)


def sigmoid(x: Tensor) -> Tensor:
    """Return 1 / (1 + exp(-x)), with the derivative y (1 - y)."""
    y: Tensor = _Sigmoid.apply(x)  # type: ignore[no-untyped-call]  # torch gives it no types
    return y


class _Sigmoid(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        y = x.neg().exp_().add_(1).reciprocal_()
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        y: Tensor = ctx.saved_tensors[0]
        return gradients[0] * ((1 - y) * y)
