"""C21: error against the number of examples when many of the labels are wrong."""

from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor

from lecture.data import mnist1d
from lecture.experiments.saturation.learning_curve import NetworkCurve
from lecture.models.cnn import cnn
from lecture.seeds import Seeds
from lecture.training.fit import fit
from lecture.training.scores import evaluate

UNIFORM, CROOKED = "uniform", "crooked"
"""A wrong label is any of the other classes with equal chances; or always the next class, so that errors agree."""


@dataclass(frozen=True, kw_only=True)
class LabelNoise(NetworkCurve):
    """The small network of :mod:`lecture.experiments.saturation.scaling_deep` on its very sets, with wrong labels.

    Its records are the clean curve, and a share of 0 would give its numbers bit for bit. The test labels are right.
    With a larger share the labels that were wrong stay wrong, and a larger training set contains the smaller one, wrong
    labels included. Nothing is done against noise, except that the learning rate is chosen for each share (of 0.0025,
    0.005, 0.01, 0.02; at 10,000 examples, on seeds 1000 to 1002): at the clean curve's own, the first that was tried,
    a network with 80 % wrong labels does not leave chance.

    Attributes:
        shares: Shares of wrong labels, uniform over the other classes.
        rates: Learning rate of Adam at the start, one for each share.
        shares_crooked: Shares, among ``shares``, at which all wrong labels point to the next class as well.
        sizes_crooked: Training examples there, among ``sizes``.
        channels: Of each convolution.
    """

    sizes: tuple[int, ...] = (1000, 3000, 10_000, 30_000)
    shares: tuple[float, ...] = (0.3, 0.6, 0.8)
    rates: tuple[float, ...] = (0.02, 0.01, 0.005)
    shares_crooked: tuple[float, ...] = (0.3, 0.6)
    sizes_crooked: tuple[int, ...] = (10_000,)
    channels: int = 16

    presets: ClassVar = {
        "smoke": {**NetworkCurve.presets["smoke"], "sizes_crooked": (300,)},
        "full": {
            **NetworkCurve.presets["full"],
            "sizes": (300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000),
            "sizes_crooked": (10_000, 100_000),
            "shares": (0.15, 0.3, 0.6, 0.7, 0.8),
            "rates": (0.01, 0.01, 0.005, 0.005, 0.0025),
        },
    }
    core_seconds: ClassVar[float] = 42.0
    size: ClassVar[str] = (
        "{sizes} signals of MNIST-1D, shares of {shares} wrong labels, three convolutions of {channels} channels, "
        "{all_steps} steps of {batch}"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a kind of noise, share, size and seed: columns seed, noise, share, n, error (a share)."""
        data = self.seeds_on(device).stack(self.split)
        settings = product(self.sizes, zip(self.shares, self.rates, strict=True))
        return pd.concat([self._errors(n, share, rate, data) for n, (share, rate) in settings], ignore_index=True)

    def _errors(self, n: int, share: float, rate: float, data: tuple[Tensor, ...]) -> pd.DataFrame:
        """Train both kinds of noise and all seeds as one program."""
        kinds = [UNIFORM]
        if n in self.sizes_crooked and share in self.shares_crooked:
            kinds.append(CROOKED)
        grid = self.grid(data[0].device, noise=kinds)
        x, y, x_test, y_test = (torch.cat([part] * len(kinds)) for part in (data[0][:, :n], data[1][:, :n], *data[2:]))
        crooked = torch.tensor((grid.settings["noise"] == CROOKED).tolist(), device=y.device)
        y = spoilt(y, share, crooked, grid.seeds, max(self.sizes))
        model = cnn(grid.seeds.stream("weights"), channels=self.channels)
        fit(model, x, y, grid.seeds, batch=self.batch, steps=self.steps(n), rate=rate)
        error = (1 - evaluate(model, x_test, y_test).accuracy.double()).tolist()
        return grid.settings.assign(share=share, n=n, error=error)[["seed", "noise", "share", "n", "error"]]


def spoilt(labels: Tensor, share: float, crooked: Tensor, seeds: Seeds, most: int) -> Tensor:
    """Return labels ``[R, n]``, of which a share is replaced by wrong ones.

    Where crooked, ``[R]``, a wrong label is the next class; elsewhere any other, with equal chances. Is drawn for as
    many as there are at most, so that a larger set spoils the smaller one's labels in the same way.
    """
    n = labels.shape[1]
    chosen = seeds.stream("wrong labels").uniform(most)[:, :n] < share
    step = 1 + seeds.stream("which wrong labels").integers(most, below=mnist1d.CLASSES - 1)[:, :n]
    step = torch.where(crooked[:, None], 1, step)
    return torch.where(chosen, (labels + step) % mnist1d.CLASSES, labels)
