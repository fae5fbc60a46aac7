"""C25: error against the size of a convolutional network and its computing, with fresh examples only."""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import pandas as pd
import torch

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.models.cnn import cnn
from lecture.models.counting import training_multiply_adds
from lecture.training.fit import fit
from lecture.training.scores import evaluate

WIDE = 64  # channels from which on the learning rate is halved


@dataclass(frozen=True, kw_only=True)
class ModelSize(Experiment):
    """The convolutional network of the MNIST-1D paper in five widths, each trained equally long.

    No example comes twice: batch follows fresh batch, so neither data nor memory of single examples is what limits a
    network. From 16 channels on, twice the channels are about three times the parameters.

    The learning rate of Adam was chosen at 400 steps, and looked at again at 1,600, on seeds 1000 to 1002: of 0.005,
    0.01, 0.02 and 0.04, the best is 0.02 for 16 and 32 channels and 0.01 for 64. Networks of 4 and 8 channels scatter
    too much to tell, and get 0.02 as well.

    Attributes:
        channels: Channels of each convolution.
        steps: Steps of each training run; several in :class:`Compute`.
        batch: Examples a step.
        test: Test examples of each seed.
        rate: Learning rate at the start, which falls to 0; half of it from 64 channels on.
    """

    seeds: int = 5
    channels: tuple[int, ...] = (4, 8, 16, 32, 64)
    steps: tuple[int, ...] = (1600,)
    batch: int = 50
    test: int = 10_000
    rate: float = 0.02

    presets: ClassVar = {
        "smoke": {"seeds": 2, "channels": (2, 4, 8, 16), "steps": (16,), "test": 200},
        "full": {"seeds": 10, "channels": (4, 8, 16, 32, 64, 128, 256), "steps": (12_800,), "test": 20_000},
    }
    core_seconds: ClassVar[float] = 25.0
    size: ClassVar[str] = (
        "three convolutions of {channels} channels, {steps} steps of {batch} fresh signals of MNIST-1D"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return columns channels, parameters, steps, multiply_adds (of the whole training), seed, error (a share)."""
        seeds = self.seeds_on(device)
        x, y, x_test, y_test = seeds.stack(lambda seed: mnist1d.split(self.batch * max(self.steps), self.test, seed))
        found = {}
        for channels, steps in product(self.channels, self.steps):
            fresh = slice(self.batch * steps)  # exactly as many as are needed: each example is seen once
            rate = self.rate / 2 if channels >= WIDE else self.rate
            model = cnn(seeds.stream("weights"), channels=channels)
            fit(model, x[:, fresh], y[:, fresh], seeds, batch=self.batch, steps=steps, rate=rate)
            parameters = sum(p[0].numel() for p in model.parameters())
            work = steps * self.batch * training_multiply_adds(model, x.shape[2])
            found[channels, parameters, steps, work] = (1 - evaluate(model, x_test, y_test).accuracy.double()).tolist()
        return self.per_seed(found, ["channels", "parameters", "steps", "multiply_adds"], "error")


@dataclass(frozen=True, kw_only=True)
class Compute(ModelSize):
    """Every width but the narrowest with an eighth, a quarter and half of the steps, each run with its own schedule.

    Together with the longest runs, which :class:`ModelSize` makes, they say what each network reaches with how much
    computing. A point read off on the way through a longer run would not do: its learning rate has not come down yet.
    """

    channels: tuple[int, ...] = (8, 16, 32, 64)
    steps: tuple[int, ...] = (200, 400, 800)

    presets: ClassVar = {
        "smoke": {**ModelSize.presets["smoke"], "channels": (4, 8, 16), "steps": (2, 4, 8)},
        "full": {
            **ModelSize.presets["full"], "channels": (8, 16, 32, 64, 128, 256),
            "steps": (200, 400, 800, 1600, 3200, 6400),
        },
    }  # fmt: skip
    core_seconds: ClassVar[float] = 20.0
