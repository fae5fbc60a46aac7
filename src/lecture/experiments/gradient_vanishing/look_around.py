"""The direction of steepest descent, found by literally looking around on a small circle, against -gradient."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor

from lecture import devices
from lecture.experiments.experiment import Experiment
from lecture.experiments.gradient_vanishing.surfaces import SURFACES, Surface, angle, discs


@dataclass(frozen=True, kw_only=True)
class LookAround(Experiment):
    """Walks once around each point, notes where the ground is lowest, and compares that direction with -gradient.

    Two errors are expected. The circle is looked at in ``looks`` directions, so the answer is off by up to half their
    distance. And a wide circle sees the curvature H as well as the slope g: to first order the answer turns by
    r |uᵀ H t| / |g| radians, with u = -g/|g| and t across it. On a round bowl that is zero at any radius.

    Attributes:
        seeds: Number of points on each surface; each seed is one point.
        reach: The points are spread over a disc of this radius around the origin.
        looks: Number of directions looked at.
        radii: Radii of the circle.
    """

    seeds: int = 200
    reach: float = 1.0
    looks: int = 3600
    radii: tuple[float, ...] = (1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 3e-2, 1e-1, 3e-1)

    size: ClassVar[str] = "{looks} directions on circles of radius {radii} around one point a seed, on four surfaces"
    presets: ClassVar = {"smoke": {"seeds": 5, "looks": 360}, "full": {"seeds": 1000}}
    core_seconds: ClassVar[float] = 0.6

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``surface``, ``radius``, ``seed``, ``error``: the angle to -gradient in degrees."""
        device = devices.for_double(device)
        points = discs(self.seeds_on(device).stream("point").uniform(2).double(), self.reach)
        tables = []
        for surface in SURFACES:
            down = -surface.gradient(points)
            for radius in self.radii:
                error = angle(lowest(surface, points, radius, self.looks), down).cpu().numpy()
                where = {"surface": surface.name, "radius": radius, "seed": list(self.seed_range())}
                tables.append(pd.DataFrame({**where, "error": error}))
        return pd.concat(tables, ignore_index=True)


def lowest(surface: Surface, points: Tensor, radius: float, looks: int) -> Tensor:
    """Return the direction in which a circle around each point ``[n, 2]`` is lowest, ``[n, 2]`` unit vectors."""
    turns = torch.arange(looks, dtype=points.dtype, device=points.device) * (2 * torch.pi / looks)
    directions = torch.stack([turns.cos(), turns.sin()], -1)
    heights = surface.height(points[:, None] + radius * directions)
    return directions[heights.argmin(1)]
