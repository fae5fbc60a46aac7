"""C21: error against the number of examples when many of the labels are wrong."""

from dataclasses import dataclass, replace
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
    """The convolutional network of the MNIST-1D paper, with wrong labels among those it learns from.

    The test labels are right. With a larger share the labels that were wrong stay wrong, and a larger training set
    contains the smaller one, wrong labels included. Nothing is done against noise, except that it is trained four times
    as long as in :mod:`lecture.experiments.saturation.scaling_deep`, and that the learning rate is chosen for each
    share: of 0.0025 to 0.04 in steps of two, for 80 % down to 0.0003, the one with the lowest error over 10,000 and
    30,000 examples on pilot seeds 10,000 and 10,001. Five seeds and not ten, for what so long a training costs.

    Attributes:
        shares: Shares of wrong labels, uniform over the other classes.
        rates: Learning rate of Adam at the start, one for each share.
        shares_crooked: Shares, among ``shares``, at which all wrong labels point to the next class as well.
        sizes_crooked: Training examples there, among ``sizes``.
        channels: Of each convolution.
    """

    seeds: int = 5
    sizes: tuple[int, ...] = (300, 1000, 3000, 10_000, 30_000)
    least_steps: int = 720
    shares: tuple[float, ...] = (0.0, 0.3, 0.6, 0.8)
    rates: tuple[float, ...] = (0.02, 0.01, 0.005, 0.0025)
    shares_crooked: tuple[float, ...] = (0.3, 0.6)
    sizes_crooked: tuple[int, ...] = (10_000,)
    channels: int = 16

    presets: ClassVar = {
        "smoke": {**NetworkCurve.presets["smoke"], "sizes_crooked": (300,)},
        "full": {
            **NetworkCurve.presets["full"],
            "least_steps": 6000,
            "sizes": (300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000),
            "sizes_crooked": (10_000, 100_000),
            "shares": (0.0, 0.15, 0.3, 0.6, 0.7, 0.8),
            "rates": (0.01, 0.01, 0.01, 0.005, 0.005, 0.0025),
        },
    }
    core_seconds: ClassVar[float] = 185.0
    size: ClassVar[str] = (
        "{sizes} signals of MNIST-1D, shares of {shares} wrong labels, three convolutions of {channels} channels, "
        "{all_steps} steps of {batch}"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a kind of noise, share, size and seed: columns seed, noise, share, n, batch, error (a share).

        A share of 0 is the clean curve.
        """
        data = self.seeds_on(device).stack(self.split)
        settings = product(self.sizes, zip(self.shares, self.rates, strict=True))
        return pd.concat([self.trained(n, share, rate, data) for n, (share, rate) in settings], ignore_index=True)

    def trained(self, n: int, share: float, rate: float, data: tuple[Tensor, ...]) -> pd.DataFrame:
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
        error = evaluate(model, x_test, y_test).error.tolist()
        return grid.settings.assign(share=share, n=n, batch=self.batch, error=error)


@dataclass(frozen=True, kw_only=True)
class NoisyBatches(LabelNoise):
    """The same with batches of several sizes, clean and at the largest share of wrong labels, after as many steps.

    Rolnick et al. (2017, abstract) find that noise makes a batch smaller than it is: wrong labels cancel, but only
    where there are enough of them. Fewer steps than in :class:`LabelNoise`, and rates as there.

    Attributes:
        batches: Examples a step.
    """

    sizes: tuple[int, ...] = (10_000,)
    least_steps: int = 180
    shares: tuple[float, ...] = (0.0, 0.8)
    rates: tuple[float, ...] = (0.02, 0.0025)
    sizes_crooked: tuple[int, ...] = ()
    batches: tuple[int, ...] = (25, 100, 400)

    presets: ClassVar = {
        "smoke": {**NetworkCurve.presets["smoke"], "sizes": (300,), "batches": (10, 20)},
        "full": {**NetworkCurve.presets["full"], "sizes": (100_000,), "rates": (0.01, 0.0025)},
    }
    core_seconds: ClassVar[float] = 30.0
    size: ClassVar[str] = "{sizes} signals of MNIST-1D, shares of {shares} wrong labels, {all_steps} steps of {batches}"

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the rows of :class:`LabelNoise` for each size of the batch."""
        tables = [super(NoisyBatches, replace(self, batch=size)).run(device) for size in self.batches]
        return pd.concat(tables, ignore_index=True)


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
