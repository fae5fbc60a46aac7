"""A landscape that is a real loss: that of one sigmoid neuron, over its weight and its bias."""

from math import exp, hypot

import torch
from torch import Tensor

from lecture.experiments.gradient_vanishing.surfaces import Surface

INPUTS = (-2.0, -1.0, 0.0, 1.0, 2.0)
WEIGHT, BIAS = 2.0, -1.0
"""Of the neuron that is imitated, so that the lowest point is known and the loss there is 0."""
TARGETS = tuple(1 / (1 + exp(-(WEIGHT * x + BIAS))) for x in INPUTS)


def neuron(p: Tensor) -> Tensor:
    """Σ (y - t)² with y = σ(w x + b): squared errors over five inputs, at weight and bias ``[..., 2]``.

    Its gradient is Σ 2 (y - t) y (1 - y) (x, 1): where each y is near 0 or 1, hardly anything is left of it.
    """
    outputs = torch.sigmoid(p[..., :1] * p.new_tensor(INPUTS) + p[..., 1:])
    return (outputs - p.new_tensor(TARGETS)).square().sum(-1)


def _curvature() -> float:
    """Return the larger eigenvalue of the Hessian at the minimum, Σ 2 (y (1 - y))² (x, 1)ᵀ(x, 1): no error is left."""
    across, mixed, along = (sum(2 * (t * (1 - t)) ** 2 * x**power for x, t in zip(INPUTS, TARGETS, strict=True))
                            for power in (2, 1, 0))  # fmt: skip
    return (across + along) / 2 + hypot((across - along) / 2, mixed)


NEURON = Surface("neuron", neuron, ((WEIGHT, BIAS),), _curvature())
