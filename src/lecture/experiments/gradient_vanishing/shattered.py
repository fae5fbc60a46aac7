"""Shattered gradients: how much the gradients at two neighbouring inputs still have in common.

After Balduzzi et al. (2017, section 2), who walk along the inputs of a network of one variable; here the walk leads
from one signal to another.
"""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from lecture.data.mnist1d import split
from lecture.experiments.experiment import Experiment
from lecture.experiments.gradient_vanishing.residual import NETWORKS
from lecture.models.residual import Tower
from lecture.seeds import Seeds
from lecture.training.batches import minibatches


@dataclass(frozen=True, kw_only=True)
class Shattered(Experiment):
    """Measures, in untrained networks, the correlation of the gradients at two places on the way between two signals.

    The gradient is that of one output by the input; where there is batch normalisation, its statistics are those of the
    signals, gathered from some batches beforehand.

    Attributes:
        depths: Layers with weights.
        width: Units in each.
        networks: Which of :data:`lecture.experiments.gradient_vanishing.residual.NETWORKS`.
        paths: Pairs of signals.
        points: Places on each way.
        lags: Distances at which two places are compared, in places.
        batch: Signals in a batch.
        batches: Batches that the statistics are gathered from.
    """

    depths: tuple[int, ...] = (8, 20, 56)
    width: int = 64
    networks: tuple[str, ...] = ("plain", "plain, batch norm", "shortcut, batch norm")
    paths: int = 5
    points: int = 201
    lags: tuple[int, ...] = (1, 2, 4, 10, 20, 40, 100)
    batch: int = 50
    batches: int = 60

    size: ClassVar[str] = "{depths} layers of {width} units, untrained, on {paths} ways between signals of MNIST-1D"
    presets: ClassVar = {
        "smoke": {"seeds": 2, "depths": (4, 20), "width": 16, "paths": 2, "points": 21, "lags": (1, 5), "batches": 30},
        "full": {"width": 200, "paths": 100},
    }
    core_seconds: ClassVar[float] = 5.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the mean correlation for each network, depth, ``distance`` (a share of the way) and seed."""
        seeds = self.seeds_on(device)
        x, y, ends, _ = (part.to(device) for part in split(1000, 2 * self.paths, seed=0))
        places = torch.linspace(0, 1, self.points, device=device)[:, None]
        way = torch.lerp(ends[: self.paths, None], ends[self.paths :, None], places)  # [paths, points, 40]
        found = {}
        for name, depth in product(self.networks, self.depths):
            network = NETWORKS[name]
            shortcut, branch = (torch.full((len(seeds),), factor, device=device) for factor in network[:2])
            model = Tower(
                seeds.stream("weights"), depth=depth, width=self.width, shortcut=shortcut, branch=branch,
                normalised=network.normalised,
            )  # fmt: skip
            self._gather(model, x, y, seeds)
            for lag, values in zip(self.lags, autocorrelation(model, way, self.lags), strict=True):
                found[name, depth, lag / (self.points - 1)] = values.tolist()
        return self.per_seed(found, ("network", "depth", "distance"), "correlation")

    @torch.no_grad()
    def _gather(self, model: nn.Module, x: Tensor, y: Tensor, seeds: Seeds) -> None:
        """Show the networks some batches, from which batch normalisation takes its statistics."""
        model.train()
        for signals, _ in minibatches(x, y, self.batch, self.batches, seeds.stream("order")):
            model(signals)
        model.eval()


def autocorrelation(model: nn.Module, way: Tensor, lags: tuple[int, ...]) -> Tensor:
    """Return the mean correlation of gradients that lie each of the ``lags`` apart, ``[lags, R]``.

    That of two gradients, of the first output by the input, is the cosine of the angle between them.

    Args:
        model: Maps ``[R, B, inputs]`` to ``[R, B, outputs]``, each example by itself.
        way: Places on each path, ``[paths, points, inputs]``.
        lags: In places.
    """
    replicas = next(model.parameters()).shape[0]
    inputs = way.flatten(0, 1).expand(replicas, -1, -1).clone().requires_grad_()
    gradients = torch.autograd.grad(model(inputs)[:, :, 0].sum(), inputs)[0]
    unit = normalize(gradients.view(replicas, *way.shape), dim=3)
    return torch.stack([(unit[:, :, lag:] * unit[:, :, :-lag]).sum(3).mean((1, 2)) for lag in lags])
