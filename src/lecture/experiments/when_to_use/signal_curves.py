"""C18: error against the number of examples for a fully connected network on MNIST-1D."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.experiments.saturation.learning_curve import NetworkCurve
from lecture.models.initialisers import he
from lecture.models.mlp import mlp
from lecture.training.fit import fit
from lecture.training.scores import evaluate


@dataclass(frozen=True, kw_only=True)
class SignalCurves(NetworkCurve):
    """A multilayer network on the very sets of :mod:`lecture.experiments.saturation.scaling_deep`, with its steps.

    Width (of 100, 200) and learning rate (of 0.002, 0.005, 0.01) were chosen at 3,000 examples, on seeds 1000 and up.

    Attributes:
        width: Units in each of the two hidden layers.
        rate: Learning rate of Adam at the start.
    """

    width: int = 200
    rate: float = 0.01

    presets: ClassVar = {
        "smoke": NetworkCurve.presets["smoke"],
        "full": {**NetworkCurve.presets["full"], "width": 400, "rate": 0.001},
    }
    core_seconds: ClassVar[float] = 50.0
    size: ClassVar[str] = (
        "{sizes} signals of MNIST-1D, two hidden layers of {width} units, {all_steps} steps of {batch}"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a size and seed: columns method, n, seed, error (a share)."""
        seeds = self.seeds_on(device)
        x, y, x_test, y_test = seeds.stack(self.split)
        found = {}
        for n in self.sizes:
            model = mlp(seeds.stream("weights"), depth=2, width=self.width, activation=nn.ReLU, init=he)
            fit(model, x[:, :n], y[:, :n], seeds, batch=self.batch, steps=self.steps(n), rate=self.rate)
            found["MLP", n] = evaluate(model, x_test, y_test).error.tolist()
        return self.per_seed(found, ["method", "n"], "error")
