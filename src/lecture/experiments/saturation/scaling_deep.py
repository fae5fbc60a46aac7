"""C25: error against the number of examples for a network of fixed width, and for one that grows with the data."""

from dataclasses import dataclass
from math import log10
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.saturation.learning_curve import NetworkCurve
from lecture.experiments.saturation.model_size import WIDE
from lecture.models.cnn import cnn
from lecture.training.fit import fit
from lecture.training.scores import evaluate

FIXED, FAMILY = "fixed", "family"
"""Names of the two: the network of one width, and that whose width belongs to the number of examples."""


@dataclass(frozen=True, kw_only=True)
class ScalingDeep(NetworkCurve):
    """The convolutional network of the MNIST-1D paper on ever larger training sets: of one width, and as a family.

    In the family, ten times the examples get twice the channels. The rates are those that
    :class:`lecture.experiments.saturation.model_size.ModelSize` found for these widths.

    Attributes:
        channels: Channels of the network of one width, 2,474 parameters.
        first: Channels of the family at 100 examples.
        rate: Learning rate of Adam at the start; half of it from 64 channels on.
    """

    channels: int = 16
    first: int = 8
    rate: float = 0.02

    presets: ClassVar = {
        "smoke": NetworkCurve.presets["smoke"],
        "full": {**NetworkCurve.presets["full"], "rate": 0.01},
    }
    core_seconds: ClassVar[float] = 80.0
    size: ClassVar[str] = (
        "{sizes} signals of MNIST-1D, three convolutions of {channels} or {family} channels, {all_steps} steps of "
        "{batch}"
    )

    @property
    def family(self) -> tuple[int, ...]:
        """Channels of the family, one number for each size."""
        return tuple(round(self.first * 2 ** log10(n / 100)) for n in self.sizes)

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a network, size and seed: columns seed, method, n, channels, error (a share)."""
        seeds = self.seeds_on(device)
        x, y, x_test, y_test = seeds.stack(self.split)
        found = {}
        for n, family in zip(self.sizes, self.family, strict=True):
            errors = {}
            for channels in {self.channels, family}:
                rate = self.rate / 2 if channels >= WIDE else self.rate
                model = cnn(seeds.stream("weights"), channels=channels)
                fit(model, x[:, :n], y[:, :n], seeds, batch=self.batch, steps=self.steps(n), rate=rate)
                errors[channels] = evaluate(model, x_test, y_test).error.tolist()
            for method, channels in ((FIXED, self.channels), (FAMILY, family)):
                found[method, n, channels] = errors[channels]
        return self.per_seed(found, ["method", "n", "channels"], "error")
