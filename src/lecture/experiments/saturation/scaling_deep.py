"""C25: error against the number of examples for a small and a larger convolutional network."""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.saturation.learning_curve import NetworkCurve
from lecture.models.cnn import cnn
from lecture.training.fit import fit
from lecture.training.scores import evaluate

SEEN = 1000  # training examples on which the training error is taken


@dataclass(frozen=True, kw_only=True)
class ScalingDeep(NetworkCurve):
    """The convolutional network of the MNIST-1D paper, narrow and wide, on ever larger training sets.

    At 100,000 examples each is seen about twice. The learning rate (0.02 of 0.01, 0.02, 0.04) was chosen for the wide
    network at 3,000 examples, on seeds 1000 and up.

    Attributes:
        channels: Channels of the small and of the larger network: 2,474 and 8,010 parameters. Narrower ones train
            so unevenly from seed to seed that a few seeds cannot tell their slope.
        rate: Learning rate of Adam at the start.
    """

    channels: tuple[int, ...] = (16, 32)
    rate: float = 0.02

    presets: ClassVar = {
        "smoke": NetworkCurve.presets["smoke"],
        "full": {**NetworkCurve.presets["full"], "channels": (16, 32, 128), "rate": 0.01},
    }
    core_seconds: ClassVar[float] = 52.0
    size: ClassVar[str] = (
        "{sizes} signals of MNIST-1D, three convolutions of {channels} channels, {all_steps} steps of {batch}"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a network, size and seed: columns seed, method, n, train_error, error (shares)."""
        seeds = self.seeds_on(device)
        x, y, x_test, y_test = seeds.stack(self.split)
        tables = []
        for n, channels in product(self.sizes, self.channels):
            model = cnn(seeds.stream("weights"), channels=channels)
            fit(model, x[:, :n], y[:, :n], seeds, batch=self.batch, steps=self.steps(n), rate=self.rate)
            seen = slice(min(n, SEEN))
            sets = {"train_error": (x[:, seen], y[:, seen]), "error": (x_test, y_test)}
            errors = {name: (1 - evaluate(model, *data).accuracy.double()).tolist() for name, data in sets.items()}
            tables.append(pd.DataFrame({"seed": seeds.values, "method": f"CNN {channels}", "n": n, **errors}))
        return pd.concat(tables, ignore_index=True)
