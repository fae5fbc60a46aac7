"""Gradient descent on a bowl, a ravine, a saddle and a plateau: the paths."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture import devices
from lecture.experiments.experiment import Experiment
from lecture.experiments.gradient_vanishing.surfaces import SURFACES, Surface, angle, discs


@dataclass(frozen=True, kw_only=True)
class Descent(Experiment):
    """Takes small steps down four surfaces from many starting points.

    Each surface gets the step size that its own curvature allows: ``pace`` divided by the largest curvature at its
    minimum, so that none suffers from a step that is too long or too short for its steepest direction.

    Attributes:
        seeds: Number of starting points on each surface; each seed is one start.
        reach: The starts are spread over a disc of this radius around the origin.
        steps: Steps taken.
        pace: Step size times the largest curvature at the minimum; 2 is the limit of stability.
    """

    seeds: int = 100
    reach: float = 2.0
    steps: int = 200
    pace: float = 0.3

    size: ClassVar[str] = "{steps} steps from one start a seed, on a bowl, a ravine, a saddle and a plateau"
    presets: ClassVar = {"smoke": {"seeds": 20, "steps": 30}, "full": {"seeds": 1000}}
    core_seconds: ClassVar[float] = 0.5

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each ``surface``, ``seed`` and ``step``.

        Besides the place ``x``, ``y`` and its ``height``: ``distance`` to the nearest minimum, ``slope`` (length of the
        gradient), and ``astray``, the angle in degrees between -gradient and the direction of the nearest minimum.
        """
        device = devices.for_double(device)
        start = discs(self.seeds_on(device).stream("point").uniform(2).double(), self.reach)
        return pd.concat([self._walk(surface, start) for surface in SURFACES], ignore_index=True)

    def _walk(self, surface: Surface, start: torch.Tensor) -> pd.DataFrame:
        p, visited = start, []
        for _ in range(self.steps + 1):
            gradient, way = surface.gradient(p), surface.to_minimum(p)
            columns = [surface.height(p), way.norm(dim=-1), gradient.norm(dim=-1), angle(-gradient, way)]
            visited.append(torch.cat([p, torch.stack(columns, -1)], -1))
            p = p - self.pace / surface.curvature * gradient
        index = pd.MultiIndex.from_product([range(self.steps + 1), self.seed_range()], names=["step", "seed"])
        columns = ["x", "y", "height", "distance", "slope", "astray"]
        table = pd.DataFrame(torch.cat(visited).cpu().numpy(), index, columns)
        return table.reset_index().assign(surface=surface.name)
