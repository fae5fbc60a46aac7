"""C25: error against the number of examples where the digit may lie anywhere on a long strip."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture.data import mnist1d
from lecture.experiments.saturation.learning_curve import NetworkCurve
from lecture.experiments.saturation.scaling_classical import ScalingClassical
from lecture.models.cnn import cnn
from lecture.training.fit import fit
from lecture.training.scores import evaluate


@dataclass(frozen=True, kw_only=True)
class TranslationHeavy(ScalingClassical, NetworkCurve):
    """Four classical methods that know nothing of neighbouring points, and a network that is built on them.

    The task is chosen against the classical methods, and is to be called so wherever it is shown: a strip twice as
    long, and a digit that may lie anywhere on it. Settings were chosen at 3,000 examples on seeds 1000 and up:
    neighbours of 1, 5, 9 and 15; gamma of 0.00625 to 0.05 at C = 10; the network's rate of 0.01 and 0.02.

    Attributes:
        channels: Channels of the network.
        rate: Learning rate of Adam at the start.
    """

    seeds: int = 5
    sizes: tuple[int, ...] = (1000, 3000, 10_000, 30_000)
    test: int = 5000
    tested: int = 2000
    most_svm: int = 3000
    features: int = 1000
    channels: int = 32
    batch: int = 50
    rate: float = 0.02

    signals: ClassVar = mnist1d.TRANSLATION_HEAVY
    presets: ClassVar = {
        "smoke": {"seeds": 2, "sizes": (100, 200, 300), "drawn": 300, "test": 200, "least_steps": 3, "channels": 4},
        "full": {
            "seeds": 10, "sizes": (1000, 3000, 10_000, 30_000, 100_000), "drawn": 100_000, "test": 20_000,
            "most_svm": 30_000, "features": 10_000,
        },
    }  # fmt: skip
    core_seconds: ClassVar[float] = 35.0
    size: ClassVar[str] = (
        "{sizes} long signals of MNIST-1D, three convolutions of {channels} channels, {all_steps} steps of {batch}"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, size and seed: columns seed, method, n, error (a share)."""
        found, seeds = {}, self.seeds_on(device)
        x, y, x_test, y_test = seeds.stack(self.split)
        for n in self.sizes:
            model = cnn(seeds.stream("weights"), channels=self.channels, points=x.shape[2])
            fit(model, x[:, :n], y[:, :n], seeds, batch=self.batch, steps=self.steps(n), rate=self.rate)
            found["CNN", n] = (1 - evaluate(model, x_test, y_test).accuracy.double()).tolist()
        network = self.per_seed(found, ["method", "n"], "error")
        return pd.concat([super().run(device), network], ignore_index=True)
