"""Plain and residual networks of 8, 20 and 56 layers: whether depth helps or hurts, on the training set too.

Depths of He et al. (2016, section 4.2), on MNIST-1D instead of CIFAR-10 and without normalisation, so that the shortcut
is seen on its own. Networks of one depth differ in two numbers: whether a block's input is added to its
output, and whether its branch starts at zero.
"""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.experiments.gradient_vanishing.piloted import PilotedTraining
from lecture.experiments.gradient_vanishing.signals import RUN, Set
from lecture.experiments.grid import Grid
from lecture.models.residual import Tower
from lecture.seeds import Stream
from lecture.training.gradients import FirstGradients
from lecture.training.scores import evaluate

NETWORKS = {"plain": (0.0, 1.0), "shortcut": (1.0, 1.0), "shortcut, zero start": (1.0, 0.0)}
"""Each network's factor on the shortcut and on the starting weights of the branch."""


@dataclass(frozen=True, kw_only=True)
class Residual(PilotedTraining):
    """Train all networks at every depth to the end, each at the learning rate that pilot seeds chose for it.

    Attributes:
        depths: Layers with weights.
        networks: Which of :data:`NETWORKS`.
        rates: Learning rates offered to Adam.
    """

    depths: tuple[int, ...] = (8, 20, 56)
    width: int = 24
    networks: tuple[str, ...] = tuple(NETWORKS)
    rates: tuple[float, ...] = (0.001, 0.003)
    steps: int = 6000

    size: ClassVar[str] = "{depths} layers of " + RUN
    presets: ClassVar = {
        "smoke": {"seeds": 2, "depths": (4, 6, 8), "steps": 5, "examples": 200, "pilots": 1},
        "full": {"depths": (8, 20, 56, 110), "width": 100, "examples": 4000, "steps": 16_000, "pilots": 5},
    }
    core_seconds: ClassVar[float] = 400.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return errors and losses at the end and the first layer's gradient at the start."""
        train, test = self.data(device)
        tables = []
        for depth in self.depths:
            rates = {}
            for name in self.networks:
                build = partial(self._build, depth, [name] * len(self.rates) * self.pilots)
                rates[name] = self.best_rate(build, train, self.rates, self._train)
            settings = self.grid(device, network=self.networks).settings
            grid = Grid(settings.assign(rate=settings["network"].map(rates)), device)
            model = self._build(depth, grid.settings["network"].tolist(), grid.seeds.stream("weights"))
            first = FirstGradients(model.first.weight)
            self.learn(model, train, grid.seeds, grid.column("rate"), on_step=first)
            columns = {"first_gradient": first.norms[0]}
            for name, examples in (("train", train), ("test", test)):
                found = evaluate(model, *examples)
                columns |= {f"{name}_loss": found.loss, f"{name}_error": found.error}
            rows = {name: values.tolist() for name, values in columns.items()}
            tables.append(grid.settings.assign(depth=depth, passes=self.passes, **rows))
        return pd.concat(tables, ignore_index=True)

    def _build(self, depth: int, networks: list[str], stream: Stream) -> Tower:
        """Return a replica of each of these networks."""
        shortcut, branch = torch.tensor([NETWORKS[name] for name in networks], device=stream.device).unbind(1)
        return Tower(stream, depth=depth, width=self.width, shortcut=shortcut, branch=branch)

    def _train(self, model: nn.Module, train: Set, grid: Grid) -> None:
        self.learn(model, train, grid.seeds, grid.column("rate"))


@dataclass(frozen=True, kw_only=True)
class ResidualThousand(Residual):
    """As :class:`Residual`, with fewer seeds and steps, since one takes long, and one smaller rate.

    Of the rates 0.0001, 0.0002 and 0.0005 it is the best in a pilot run on other seeds. A shortcut whose branch starts
    as drawn is left out: before the first step its gradient is already beyond the largest float32.
    """

    depths: tuple[int, ...] = (1000,)
    networks: tuple[str, ...] = ("plain", "shortcut, zero start")
    rates: tuple[float, ...] = (0.0001,)
    seeds: int = 5
    steps: int = 400

    presets: ClassVar = {
        "smoke": {"seeds": 2, "depths": (40,), "steps": 2, "examples": 200},
        "full": {"seeds": 10, "width": 64, "examples": 4000, "steps": 16_000},
    }
    core_seconds: ClassVar[float] = 80.0
