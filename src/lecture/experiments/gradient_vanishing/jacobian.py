"""How far an untrained network stretches and shrinks its inputs: the singular values of its Jacobian."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture import devices
from lecture.data.mnist1d import split
from lecture.experiments.experiment import Experiment
from lecture.models.initialisers import Initialiser, he, torch_default, xavier
from lecture.models.mlp import mlp
from lecture.seeds import Seeds, Stream


def orthogonal(stream: Stream, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Tensor:
    """Orthonormal columns or rows, uniformly distributed (Saxe, McClelland and Ganguli 2014)."""
    tall = stream.normal(max(shape), min(shape))
    q, r = torch.linalg.qr(tall)
    q = q * r.diagonal(dim1=-2, dim2=-1).sign()[:, None]  # without it, QR prefers some rotations (Mezzadri 2007)
    matrix: Tensor = q if shape[0] >= shape[1] else q.mT
    return matrix


VARIANTS: dict[tuple[str, str], tuple[type[nn.Module], Initialiser]] = {
    ("sigmoid", "default"): (nn.Sigmoid, torch_default),
    ("sigmoid", "Xavier"): (nn.Sigmoid, xavier),
    ("tanh", "Xavier"): (nn.Tanh, xavier),
    ("tanh", "orthogonal"): (nn.Tanh, orthogonal),
    ("ReLU", "He"): (nn.ReLU, he),
}
"""Function at each unit, and rule by which the weights start."""


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
        seeds = Seeds(tuple(self.seed_range()), device)
        x = x.expand(len(seeds), *x.shape)
        tables = []
        for depth in self.depths:
            for (function, start), (activation, init) in VARIANTS.items():
                model = mlp(seeds.stream("weights"), depth=depth, width=self.width, activation=activation, init=init)
                values = torch.linalg.svdvals(jacobian(model.double(), x)).mean(1)
                index = pd.MultiIndex.from_product([seeds.values, range(1, self.width + 1)], names=["seed", "rank"])
                table = pd.DataFrame({"value": values.flatten().cpu().numpy()}, index).reset_index()
                tables.append(table.assign(activation=function, init=start, depth=depth))
        return pd.concat(tables, ignore_index=True)


def jacobian(model: nn.Sequential, x: Tensor) -> Tensor:
    """Return the derivatives of the last hidden layer's values by the first's, ``[R, B, width, width]``.

    Args:
        model: Linear layers and non-linearities in turn, as :func:`lecture.models.mlp.mlp` makes them.
        x: Inputs ``[R, B, features]``.
    """
    first, rest = model[:2], model[2:-1]
    hidden = first(x).detach()
    replicas, batch, width = hidden.shape
    # One copy of each example for each output, so that a single backward pass gives all rows of the Jacobian.
    copies = hidden.repeat_interleave(width, dim=1).requires_grad_()
    outputs = rest(copies).view(replicas, batch, width, width)
    rows: Tensor = torch.autograd.grad(outputs.diagonal(dim1=-2, dim2=-1).sum(), copies)[0]
    return rows.view(replicas, batch, width, width)
