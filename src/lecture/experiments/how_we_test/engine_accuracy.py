"""Whether fast training learns as well as the plain loop: the same networks, data and steps, trained by both."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.experiments.how_we_test.ways import (
    WAYS,
    Recipe,
    accuracies,
    clock_of,
    convolutional,
    fully_connected,
)
from lecture.experiments.sizes import Passes


@dataclass(frozen=True, kw_only=True)
class EngineAccuracy(Passes, Experiment):
    """Train networks by the plain loop and by the engine, and test both on signals that neither has seen.

    The two draw weights and orders of examples in their own ways, so their seeds are independent. vmap has no row: it
    trains the plain loop's own networks, and a test holds it to that.

    Attributes:
        depths: Numbers of hidden layers.
        width: Units in each.
        channels: Of the convolutional network.
        batch: Examples a step.
        examples: Training examples.
        test: Test examples.
        steps: Steps of each network.
    """

    depths: tuple[int, ...] = (2, 8)
    width: int = 100
    channels: int = 25
    batch: int = 100
    examples: int = 4000
    test: int = 1000
    steps: int = 160

    presets: ClassVar = {
        "smoke": {"seeds": 2, "depths": (2,), "width": 20, "channels": 4, "examples": 200, "test": 50, "steps": 4},
        "full": {"seeds": 20, "steps": 6000},
    }
    core_seconds: ClassVar[float] = 14.0
    size: ClassVar[str] = (
        "{depths} hidden layers of {width} units, and three convolutions of {channels} channels; {steps} steps = "
        "{passes} passes over {examples} signals"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each network, way and seed, with the share of right answers on the test signals."""
        x, y, x_test, y_test = (p.to(device) for p in mnist1d.split(self.examples, self.test, seed=0))
        networks = {("MLP", depth): fully_connected(depth, self.width) for depth in self.depths}
        networks[("CNN", 3)] = convolutional(self.channels)
        recipe, seeds = Recipe(self.batch, self.steps), tuple(self.seed_range())
        rows = []
        for (name, depth), network in networks.items():
            for way in ("plain loop", "engine"):
                _, predict = WAYS[way](network, recipe, seeds, x, y, clock_of(device))
                found = accuracies(predict, x_test, y_test)
                rows += [(name, depth, way, seed, a) for seed, a in zip(seeds, found, strict=True)]
        return pd.DataFrame(rows, columns=["network", "depth", "way", "seed", "test_accuracy"])
