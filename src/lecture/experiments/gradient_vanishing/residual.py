"""Plain and residual networks of 8, 20 and 56 layers: whether depth helps or hurts, on the training set too.

Depths of He et al. (2016, section 4.2), on MNIST-1D instead of CIFAR-10; with batch normalisation, as theirs, and
without, so that the shortcut is seen on its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import ClassVar, NamedTuple

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


class Network(NamedTuple):
    """What tells the networks of one depth apart.

    Attributes:
        shortcut: Factor on a block's input where it is added to the block's output.
        branch: Factor on the starting weights of the branch.
        normalised: Whether the branch has batch normalisation.
        rate: Learning rate that pilot seeds have chosen for it.
        rates: The same where it is another for some number of layers.
    """

    shortcut: float
    branch: float
    normalised: bool = False
    rate: float = 0.003
    rates: Mapping[int, float] = MappingProxyType({})


NETWORKS = {
    "plain": Network(0.0, 1.0, rates={56: 0.001, 1000: 0.0001}),
    "shortcut": Network(1.0, 1.0),
    "shortcut, zero start": Network(1.0, 0.0, rates={1000: 0.0001}),
    "plain, batch norm": Network(0.0, 1.0, normalised=True, rate=0.01),
    "shortcut, batch norm": Network(1.0, 1.0, normalised=True, rate=0.01),
}
"""Chosen by the lowest mean training loss of two pilot seeds: without normalisation among 0.001 and 0.003; with it
among 0.001, 0.003, 0.01 and 0.03, at 20 and 56 layers. For a thousand layers those with shortcuts were offered 0.0001,
0.0003 and 0.001; the plain ones, at whose first layer no gradient arrives, have the same."""


@dataclass(frozen=True, kw_only=True)
class Residual(PilotedTraining):
    """Train all networks at every depth to the end, each at the learning rate that pilot seeds chose for it.

    Attributes:
        depths: Layers with weights.
        networks: Which of :data:`NETWORKS`.
        rates: Learning rates that pilots, if any, offer to Adam; they fall to zero along half a cosine.
    """

    depths: tuple[int, ...] = (8, 20, 56)
    width: int = 24
    networks: tuple[str, ...] = tuple(NETWORKS)
    rates: tuple[float, ...] = (0.001, 0.003, 0.01)
    steps: int = 3000

    size: ClassVar[str] = "{depths} layers of " + RUN
    presets: ClassVar = {
        "smoke": {"seeds": 2, "depths": (4, 6, 8), "steps": 5, "examples": 200, "pilots": 1},
        "full": {"depths": (8, 20, 56, 110), "width": 100, "examples": 4000, "steps": 16_000, "pilots": 5},
    }
    core_seconds: ClassVar[float] = 210.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return errors and losses at the end and the first layer's gradient at the start."""
        train, test = self.data(device)
        kinds: dict[bool, list[str]] = {}
        for name in self.networks:
            kinds.setdefault(NETWORKS[name].normalised, []).append(name)
        return pd.concat(
            [self._trained(depth, names, train, test) for depth in self.depths for names in kinds.values()],
            ignore_index=True,
        )

    def _trained(self, depth: int, names: list[str], train: Set, test: Set) -> pd.DataFrame:
        """Train networks that are all normalised or all not, as one program."""
        rates = {}
        for name in names:
            build = partial(self._build, depth, [name] * len(self.rates) * self.pilots)
            chosen = NETWORKS[name].rates.get(depth, NETWORKS[name].rate)
            rates[name] = self.best_rate(build, train, self.rates, self._train, chosen)
        settings = self.grid(train[0].device, network=names).settings
        grid = Grid(settings.assign(rate=settings["network"].map(rates)), train[0].device)
        model = self._build(depth, grid.settings["network"].tolist(), grid.seeds.stream("weights"))
        first = FirstGradients(model.first.weight)
        self.learn(model, train, grid.seeds, grid.column("rate"), anneal=True, on_step=first)
        columns = {"first_gradient": first.norms[0]}
        for name, examples in (("train", train), ("test", test)):
            found = evaluate(model, *examples)
            columns |= {f"{name}_loss": found.loss, f"{name}_error": found.error}
        rows = {name: values.tolist() for name, values in columns.items()}
        return grid.settings.assign(depth=depth, passes=self.passes, **rows)

    def _build(self, depth: int, names: list[str], stream: Stream) -> Tower:
        """Return a replica of each of these networks."""
        networks = [NETWORKS[name] for name in names]
        shortcut, branch = torch.tensor([network[:2] for network in networks], device=stream.device).unbind(1)
        normalised = networks[0].normalised
        return Tower(stream, depth=depth, width=self.width, shortcut=shortcut, branch=branch, normalised=normalised)

    def _train(self, model: nn.Module, train: Set, grid: Grid) -> None:
        self.learn(model, train, grid.seeds, grid.column("rate"), anneal=True)


@dataclass(frozen=True, kw_only=True)
class ResidualThousand(Residual):
    """As :class:`Residual`, with fewer seeds and steps, since one takes long.

    A shortcut whose branch starts as drawn is left out: before the first step its gradient is already beyond the
    largest float32.
    """

    depths: tuple[int, ...] = (1000,)
    networks: tuple[str, ...] = ("shortcut, zero start",)
    seeds: int = 5
    steps: int = 1500

    presets: ClassVar = {
        "smoke": {"seeds": 2, "depths": (40,), "steps": 2, "examples": 200},
        "full": {"seeds": 10, "width": 64, "examples": 4000, "steps": 16_000},
    }
    core_seconds: ClassVar[float] = 125.0


@dataclass(frozen=True, kw_only=True)
class PlainThousand(ResidualThousand):
    """A thousand layers without shortcuts, for a single pass: no gradient arrives that more of them could use."""

    networks: tuple[str, ...] = ("plain",)
    steps: int = 20

    presets: ClassVar = {
        "smoke": ResidualThousand.presets["smoke"],
        "full": {**ResidualThousand.presets["full"], "steps": 80},
    }
    core_seconds: ClassVar[float] = 3.0
