"""How far an untrained network stretches and shrinks its inputs: the singular values of its Jacobian."""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture import devices
from lecture.data.mnist1d import split
from lecture.experiments.experiment import Experiment
from lecture.models.mlp import mlp

VARIANTS = (
    ("sigmoid", "default"), ("sigmoid", "Xavier"), ("tanh", "Xavier"), ("tanh", "orthogonal"), ("ReLU", "He"),
)  # fmt: skip
"""Activation function, and initialisation of the weights."""


@dataclass(frozen=True, kw_only=True)
class Jacobian(Experiment):
    """Computes the Jacobian from the first hidden layer to the last, at single examples, and its singular values.

    A gradient travels backwards through the transpose of this matrix. Its length is kept in every direction only if all
    singular values are near 1 ("dynamical isometry", Saxe et al. 2014, Pennington et al. 2017), not just their mean.

    Attributes:
        depths: Numbers of hidden layers.
        width: Units in each.
        examples: Number of examples at which the Jacobian is taken.
    """

    seeds: int = 5
    depths: tuple[int, ...] = (2, 4, 8, 16, 32)
    width: int = 32
    examples: int = 10

    size: ClassVar[str] = "{depths} hidden layers of {width} units, untrained, at {examples} signals of MNIST-1D"
    presets: ClassVar = {
        "smoke": {"seeds": 2, "depths": (2, 16), "examples": 2},
        "full": {"width": 256, "examples": 100},
    }
    core_seconds: ClassVar[float] = 0.5

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each ``activation``, ``init``, ``depth``, ``seed`` and ``rank``.

        ``value`` is the singular value of that rank (1 is the largest), averaged over the examples.
        """
        device = devices.for_double(device)
        x = split(self.examples, 1, seed=0)[0].to(device).double()
        seeds = self.seeds_on(device)
        x = x.expand(len(seeds), *x.shape)
        tables = []
        for depth, (activation, init) in product(self.depths, VARIANTS):
            model = mlp(seeds.stream("weights"), depth=depth, width=self.width, activation=activation, init=init)
            values = torch.linalg.svdvals(jacobian(model.double(), x)).mean(1)
            index = pd.MultiIndex.from_product([seeds.values, range(1, self.width + 1)], names=["seed", "rank"])
            table = pd.DataFrame({"value": values.flatten().cpu().numpy()}, index).reset_index()
            tables.append(table.assign(activation=activation, init=init, depth=depth))
        return pd.concat(tables, ignore_index=True)


def jacobian(model: nn.Sequential, x: Tensor) -> Tensor:
    """Return the derivatives of the last hidden layer's values by the first's, ``[R, B, width, width]``.

    The model is one of :func:`lecture.models.mlp.mlp`, its inputs ``[R, B, features]``.
    """
    first, rest = model[:2], model[2:-1]
    hidden = first(x).detach()
    replicas, batch, width = hidden.shape
    # One copy of each example for each output, so that a single backward pass gives all rows of the Jacobian.
    copies = hidden.repeat_interleave(width, dim=1).requires_grad_()
    outputs = rest(copies).view(replicas, batch, width, width)
    rows: Tensor = torch.autograd.grad(outputs.diagonal(dim1=-2, dim2=-1).sum(), copies)[0]
    return rows.view(replicas, batch, width, width)
