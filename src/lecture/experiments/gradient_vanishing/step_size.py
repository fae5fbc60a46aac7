"""Step sizes too small, right and too large, on a bowl and on a ravine."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture import devices
from lecture.experiments.experiment import Experiment
from lecture.experiments.gradient_vanishing.surfaces import SURFACES, discs


@dataclass(frozen=True, kw_only=True)
class StepSize(Experiment):
    """Counts the steps to the minimum of two paraboloids for many step sizes.

    Along an eigenvector of the Hessian with eigenvalue λ, a step multiplies the distance by 1 - ηλ. Descent therefore
    converges exactly when the step size η is below 2/λmax, and fastest at 2/(λmin + λmax) (Boyd and Vandenberghe 2004,
    section 9.3).

    Attributes:
        seeds: Number of starting points; each seed is one start.
        reach: The starts are spread over a disc of this radius around the minimum.
        steps: Steps taken at most.
        near: A start has arrived when its distance is this share of the distance it began with.
        paces: Step sizes, in units of 1/λmax.
    """

    seeds: int = 100
    reach: float = 2.0
    steps: int = 3000
    near: float = 0.01
    paces: tuple[float, ...] = (
        0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.7, 1.8, 1.85, 1.9, 1.923, 1.95, 1.98, 1.99,
        2.01, 2.05, 2.1,
    )  # fmt: skip

    size: ClassVar[str] = "at most {steps} steps of {paces} times 1/λmax, from one start a seed, on two bowls"
    presets: ClassVar = {"smoke": {"seeds": 3, "steps": 200}, "full": {"seeds": 1000, "steps": 10000}}
    core_seconds: ClassVar[float] = 2.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``surface``, ``pace``, ``seed``, ``needed`` and ``left``.

        ``needed`` is the number of steps to arrive (missing where it never did), ``left`` the last distance as a share
        of the first.
        """
        device = devices.for_double(device)
        start = discs(self.seeds_on(device).stream("point").uniform(2).double(), self.reach)
        paces = torch.tensor(self.paces, dtype=torch.float64, device=device)[:, None, None]
        tables = []
        for surface in SURFACES[:2]:
            p = start.expand(len(self.paces), *start.shape)
            near = self.near * start.norm(dim=-1)
            needed = torch.full(p.shape[:2], torch.nan, dtype=p.dtype, device=device)
            for step in range(1, self.steps + 1):
                p = p - paces / surface.curvature * surface.gradient(p)
                arrived = needed.isnan() & (p.norm(dim=-1) <= near)
                needed = torch.where(arrived, step, needed)
            left = p.norm(dim=-1) / start.norm(dim=-1)
            index = pd.MultiIndex.from_product([self.paces, self.seed_range()], names=["pace", "seed"])
            found = {"needed": needed.flatten().cpu().numpy(), "left": left.flatten().cpu().numpy()}
            tables.append(pd.DataFrame(found, index).reset_index().assign(surface=surface.name))
        return pd.concat(tables, ignore_index=True)
