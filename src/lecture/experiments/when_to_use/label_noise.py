"""C21: error against the number of examples when many of the labels are wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd
import torch
from torch import Tensor

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.experiments.saturation.annealed_cnn import cube_root_steps, trained
from lecture.seeds import Seeds
from lecture.training.loop import evaluate

UNIFORM, CROOKED = "uniform", "crooked"
"""A wrong label is any of the other classes with equal chances; or always the next class, so that errors agree."""


@dataclass(frozen=True, kw_only=True)
class LabelNoise(Experiment):
    """The small network of :mod:`lecture.experiments.saturation.scaling_deep` on its very sets, with wrong labels.

    Its records are the clean curve, and a share of 0 would give its numbers bit for bit. The test labels are right.
    With a larger share the labels that were wrong stay wrong, and a larger training set contains the smaller one, wrong
    labels included. Nothing is done against noise, except that the learning rate is chosen for each share (of 0.0025,
    0.005, 0.01, 0.02; at 10,000 examples, on seeds 1000 to 1002): at the clean curve's own, the first that was tried,
    a network with 80 % wrong labels does not leave chance.

    Attributes:
        seeds: Independent data.
        shares: Shares of wrong labels, uniform over the other classes.
        sizes: Training examples.
        rates: Learning rate of Adam at the start, one for each share; it falls to 0.
        shares_crooked: Shares, among ``shares``, at which all wrong labels point to the next class as well.
        sizes_crooked: Training examples there, among ``sizes``.
        drawn: Examples drawn, of which a training set is the beginning.
        test: Test examples of each seed.
        channels: Of each convolution.
        batch: Examples a step.
        least_steps: Steps at 100 examples; they grow with the cube root.
    """

    seeds: int = 5
    shares: tuple[float, ...] = (0.3, 0.6, 0.8)
    rates: tuple[float, ...] = (0.02, 0.01, 0.005)
    sizes: tuple[int, ...] = (1000, 3000, 10_000, 30_000)
    shares_crooked: tuple[float, ...] = (0.3, 0.6)
    sizes_crooked: tuple[int, ...] = (10_000,)
    drawn: int = 100_000
    test: int = 10_000
    channels: int = 16
    batch: int = 100
    least_steps: int = 180

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {
            "seeds": 2, "sizes": (100, 200, 300, 400), "sizes_crooked": (300,), "drawn": 400, "test": 200,
            "least_steps": 5,
        },
        "full": {
            "seeds": 10,
            "shares": (0.15, 0.3, 0.6, 0.7, 0.8),
            "sizes": (300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000),
            "sizes_crooked": (10_000, 100_000),
            "drawn": 1_000_000,
            "test": 20_000,
            "rates": (0.01, 0.01, 0.005, 0.005, 0.0025),
            "least_steps": 1500,
        },
    }  # fmt: skip
    core_seconds: ClassVar[float] = 42.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a kind of noise, share, size and seed: columns seed, noise, share, n, error (a share)."""
        sets = [mnist1d.split(self.drawn, self.test, seed) for seed in self.seed_range()]
        data = tuple(torch.stack(parts).to(device) for parts in zip(*sets, strict=True))
        tables = [
            self._errors(n, share, rate, data)
            for n in self.sizes
            for share, rate in zip(self.shares, self.rates, strict=True)
        ]
        return pd.concat(tables, ignore_index=True)

    def _errors(self, n: int, share: float, rate: float, data: tuple[Tensor, ...]) -> pd.DataFrame:
        """Train both kinds of noise and all seeds as one program."""
        kinds = [UNIFORM]
        if n in self.sizes_crooked and share in self.shares_crooked:
            kinds.append(CROOKED)
        rows = [(seed, kind, share, n) for kind in kinds for seed in self.seed_range()]
        table = pd.DataFrame(rows, columns=["seed", "noise", "share", "n"])
        x, y, x_test, y_test = (part.repeat(len(kinds), *[1] * (part.dim() - 1)) for part in _first(n, data))
        seeds = Seeds(tuple(table["seed"].tolist()), y.device)
        crooked = torch.tensor((table["noise"] == CROOKED).tolist(), device=y.device)
        y = spoilt(y, share, crooked, seeds, max(self.sizes))
        steps = cube_root_steps(self.least_steps, n)
        model = trained(x, y, seeds, channels=self.channels, batch=self.batch, steps=steps, rate=rate)
        _, accuracy = evaluate(model, x_test, y_test)
        return table.assign(error=[1 - a for a in accuracy.tolist()])


def spoilt(labels: Tensor, share: float, crooked: Tensor, seeds: Seeds, most: int) -> Tensor:
    """Return labels ``[R, n]``, of which a share is replaced by wrong ones.

    Args:
        labels: The right ones, ``[R, n]``.
        share: Probability that a label is replaced.
        crooked: Where true, ``[R]``, a wrong label is the next class; elsewhere any other, with equal chances.
        seeds: R of them.
        most: Examples for which is drawn, so that a larger set spoils the smaller one's labels in the same way.
    """
    n = labels.shape[1]
    chosen = seeds.stream("wrong labels").uniform(most)[:, :n] < share
    step = 1 + seeds.stream("which wrong labels").integers(most, below=mnist1d.CLASSES - 1)[:, :n]
    step = torch.where(crooked[:, None], 1, step)
    return torch.where(chosen, (labels + step) % mnist1d.CLASSES, labels)


def _first(n: int, data: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """Return the first n training examples and all test examples."""
    x, y, x_test, y_test = data
    return x[:, :n], y[:, :n], x_test, y_test
