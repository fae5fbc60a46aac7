"""C25: error against the size of a convolutional network, with more fresh examples than it can use up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.experiments.saturation.annealed_cnn import trained
from lecture.seeds import Seeds
from lecture.training.loop import evaluate

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
        seeds: Independent data, starts and orders.
        channels: Channels of each convolution.
        steps: Steps of each training run; one may differ from the next, see
            :mod:`lecture.experiments.saturation.compute`.
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

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "channels": (2, 4, 8, 16), "steps": (16,), "test": 200},
        "full": {"seeds": 10, "channels": (4, 8, 16, 32, 64, 128, 256), "steps": (12_800,), "test": 20_000},
    }
    core_seconds: ClassVar[float] = 35.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a width, length of training and seed.

        Columns: seed, channels, parameters, steps, multiply_adds (of the whole training), error (a share).
        """
        return pd.DataFrame(self._rows(Seeds(tuple(self.seed_range()), device)))

    def _rows(self, seeds: Seeds) -> Iterator[dict[str, Any]]:
        sets = [mnist1d.split(self.batch * max(self.steps), self.test, seed) for seed in seeds.values]
        x, y, x_test, y_test = (torch.stack(parts).to(seeds.device) for parts in zip(*sets, strict=True))
        for channels in self.channels:
            for steps in self.steps:
                fresh = slice(self.batch * steps)  # exactly as many as are needed: each example is seen once
                rate = self.rate / 2 if channels >= WIDE else self.rate
                model = trained(
                    x[:, fresh], y[:, fresh], seeds, channels=channels, batch=self.batch, steps=steps, rate=rate
                )
                for seed, right in zip(seeds.values, evaluate(model, x_test, y_test)[1].tolist(), strict=True):
                    yield {
                        "seed": seed,
                        "channels": channels,
                        "parameters": sum(p[0].numel() for p in model.parameters()),
                        "steps": steps,
                        "multiply_adds": steps * self.batch * multiply_adds(channels),
                        "error": 1 - right,
                    }


def multiply_adds(channels: int) -> int:
    """Return the multiply-adds that one example costs in training: exact, matrix products only.

    Each product is done forward, once more for the gradient of its weights and once for the gradient handed down, which
    the first layer need not do. The three convolutions look at 19, 10 and 5 places of a signal of 40 points.
    """
    first = 19 * 5 * channels
    later = 10 * 3 * channels**2 + 5 * 3 * channels**2 + 5 * channels * 10
    return 2 * first + 3 * later
