"""C25: error against the number of examples for a small and a larger convolutional network."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.experiments.saturation.annealed_cnn import cube_root_steps, trained
from lecture.seeds import Seeds
from lecture.training.loop import evaluate

SEEN = 1000  # training examples on which the training error is taken


@dataclass(frozen=True, kw_only=True)
class ScalingDeep(Experiment):
    """The convolutional network of the MNIST-1D paper, narrow and wide, on ever larger training sets.

    The training sets of a seed are nested, and it has one test set. Steps grow with the cube root of the number of
    examples, from ``least_steps`` at 100; at 100,000 each example is seen about twice. The learning rate (0.02 of 0.01,
    0.02, 0.04) was chosen for the wide network at 3,000 examples, on seeds 1000 and up.

    Attributes:
        seeds: Independent data, starts and orders.
        sizes: Training examples.
        test: Test examples of each seed: so many, because 2 % of them must still be a fair number.
        channels: Channels of the small and of the larger network: 2,474 and 8,010 parameters. Narrower ones train
            so unevenly from seed to seed that a few seeds cannot tell their slope.
        batch: Examples a step.
        rate: Learning rate of Adam at the start; it falls to 0.
        least_steps: Steps at 100 examples.
    """

    seeds: int = 5
    sizes: tuple[int, ...] = (100, 300, 1000, 3000, 10_000, 30_000, 100_000)
    test: int = 10_000
    channels: tuple[int, ...] = (16, 32)
    batch: int = 100
    rate: float = 0.02
    least_steps: int = 180

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "sizes": (100, 200, 300, 400), "test": 200, "least_steps": 5},
        "full": {
            "seeds": 10,
            "sizes": (100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000),
            "test": 20_000,
            "channels": (16, 32, 128),
            "rate": 0.01,
            "least_steps": 1500,
        },
    }
    core_seconds: ClassVar[float] = 52.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a network, size and seed: columns seed, method, n, train_error, error (shares)."""
        seeds = Seeds(tuple(self.seed_range()), device)
        sets = [mnist1d.split(max(self.sizes), self.test, seed) for seed in seeds.values]
        x, y, x_test, y_test = (torch.stack(parts).to(device) for parts in zip(*sets, strict=True))
        rows: list[dict[str, Any]] = []
        for n in self.sizes:
            for channels in self.channels:
                model = trained(
                    x[:, :n],
                    y[:, :n],
                    seeds,
                    channels=channels,
                    batch=self.batch,
                    steps=cube_root_steps(self.least_steps, n),
                    rate=self.rate,
                )
                _, seen = evaluate(model, x[:, : min(n, SEEN)], y[:, : min(n, SEEN)])
                _, unseen = evaluate(model, x_test, y_test)
                rows += [
                    {"seed": seed, "method": f"CNN {channels}", "n": n, "train_error": 1 - a, "error": 1 - b}
                    for seed, a, b in zip(seeds.values, seen.tolist(), unseen.tolist(), strict=True)
                ]
        return pd.DataFrame(rows)
