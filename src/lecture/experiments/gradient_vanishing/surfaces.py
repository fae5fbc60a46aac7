"""Four surfaces to walk down, each with its minima and its steepest curvature there."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Surface:
    """A height over the plane.

    Attributes:
        name: ``"bowl"``, ``"ravine"``, ``"saddle"`` or ``"plateau"``.
        height: Maps points ``[..., 2]`` to heights ``[...]``.
        minima: The lowest points.
        curvature: Largest eigenvalue of the Hessian at a minimum.
    """

    name: str
    height: Callable[[Tensor], Tensor]
    minima: tuple[tuple[float, float], ...]
    curvature: float

    def gradient(self, points: Tensor) -> Tensor:
        """Return the gradient at each point, ``[..., 2]``, by automatic differentiation."""
        points = points.detach().requires_grad_()
        (gradient,) = torch.autograd.grad(self.height(points).sum(), points)
        return gradient

    def to_minimum(self, points: Tensor) -> Tensor:
        """Return the vector from each point to its nearest minimum, ``[..., 2]``."""
        ways = points.new_tensor(self.minima) - points[..., None, :]
        nearest = ways.norm(dim=-1).argmin(-1)
        return torch.take_along_dim(ways, nearest[..., None, None], dim=-2).squeeze(-2)


def bowl(p: Tensor) -> Tensor:
    """(x² + y²)/2: round, the same slope all around."""
    return p.square().sum(-1) / 2


def ravine(p: Tensor) -> Tensor:
    """(x² + 25 y²)/2: still a paraboloid, but 25 times steeper across than along."""
    return (p[..., 0].square() + 25 * p[..., 1].square()) / 2


def saddle(p: Tensor) -> Tensor:
    """x²/2 - y²/2 + y⁴/4: level at the origin, which is no minimum; the minima lie at y = ±1."""
    x, y = p.unbind(-1)
    return x.square() / 2 - y.square() / 2 + y.pow(4) / 4


def plateau(p: Tensor) -> Tensor:
    """1 - exp(-(9/2) (x² + y²)): a small hole in a plain that is level everywhere else."""
    return 1 - torch.exp(-4.5 * p.square().sum(-1))


SURFACES = (
    Surface("bowl", bowl, ((0.0, 0.0),), 1.0),
    Surface("ravine", ravine, ((0.0, 0.0),), 25.0),
    Surface("saddle", saddle, ((0.0, 1.0), (0.0, -1.0)), 2.0),
    Surface("plateau", plateau, ((0.0, 0.0),), 9.0),
)


def angle(a: Tensor, b: Tensor) -> Tensor:
    """Return the angle between vectors of the plane in degrees, 0 to 180: ``[..., 2]`` twice to ``[...]``.

    Rounded to a billionth: below, atan2 depends on how many numbers it is given at once.
    """
    cross = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return torch.rad2deg(torch.atan2(cross.abs(), (a * b).sum(-1))).round(decimals=9)


def discs(uniform: Tensor, radius: float) -> Tensor:
    """Return points spread evenly over a disc, ``[..., 2]``, from numbers in [0, 1) of the same shape."""
    r, turn = radius * uniform[..., 0].sqrt(), 2 * torch.pi * uniform[..., 1]
    return torch.stack([r * turn.cos(), r * turn.sin()], -1)
