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

    Its records are the clean curve: here only labels differ, and a share of 0 would give its numbers bit for bit. No
    setting was tuned for noise, and nothing is done against it. The test labels are right. With a larger share the
    labels that were wrong stay wrong, and a larger training set contains the smaller one, wrong labels included.

    Attributes:
        seeds: Independent data.
        shares: Shares of wrong labels, uniform over the other classes.
        sizes: Training examples.
        shares_crooked: Shares of labels that are wrong and all point to the next class.
        sizes_crooked: Training examples there, among ``sizes``.
        drawn: Examples drawn, of which a training set is the beginning.
        test: Test examples of each seed.
        channels: Of each convolution.
        batch: Examples a step.
        rate: Learning rate of Adam at the start; it falls to 0.
        least_steps: Steps at 100 examples; they grow with the cube root.
    """

    seeds: int = 5
    shares: tuple[float, ...] = (0.3, 0.6, 0.8)
    sizes: tuple[int, ...] = (1000, 3000, 10_000, 30_000)
    shares_crooked: tuple[float, ...] = (0.3, 0.6)
    sizes_crooked: tuple[int, ...] = (10_000,)
    drawn: int = 100_000
    test: int = 10_000
    channels: int = 16
    batch: int = 100
    rate: float = 0.02
    least_steps: int = 180

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {
            "seeds": 2, "sizes": (100, 200, 300, 400), "sizes_crooked": (300,), "drawn": 400, "test": 200,
            "least_steps": 5,
        },
        "full": {
            "seeds": 10,
            "shares": (0.2, 0.4, 0.6, 0.7, 0.8),
            "sizes": (300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000),
            "sizes_crooked": (10_000, 100_000),
            "drawn": 1_000_000,
            "test": 20_000,
            "rate": 0.01,
            "least_steps": 1500,
        },
    }  # fmt: skip
    core_seconds: ClassVar[float] = 42.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a kind of noise, share, size and seed: columns seed, noise, share, n, error (a share)."""
        sets = [mnist1d.split(self.drawn, self.test, seed) for seed in self.seed_range()]
        data = tuple(torch.stack(parts).to(device) for parts in zip(*sets, strict=True))
        return pd.concat([self._errors(n, data) for n in self.sizes], ignore_index=True)

    def _errors(self, n: int, data: tuple[Tensor, ...]) -> pd.DataFrame:
        """Train all shares, kinds and seeds at one size as one program."""
        settings = [(UNIFORM, share) for share in self.shares]
        if n in self.sizes_crooked:
            settings += [(CROOKED, share) for share in self.shares_crooked]
        rows = [(seed, *setting) for setting in settings for seed in self.seed_range()]
        table = pd.DataFrame(rows, columns=["seed", "noise", "share"])
        x, y, x_test, y_test = (part.repeat(len(settings), *[1] * (part.dim() - 1)) for part in _first(n, data))
        seeds = Seeds(tuple(table["seed"].tolist()), y.device)
        shares = torch.tensor(table["share"].tolist(), device=y.device)
        crooked = torch.tensor((table["noise"] == CROOKED).tolist(), device=y.device)
        steps = cube_root_steps(self.least_steps, n)
        y = spoilt(y, shares, crooked, seeds, max(self.sizes))
        model = trained(x, y, seeds, channels=self.channels, batch=self.batch, steps=steps, rate=self.rate)
        _, accuracy = evaluate(model, x_test, y_test)
        return table.assign(n=n, error=[1 - a for a in accuracy.tolist()])


def spoilt(labels: Tensor, shares: Tensor, crooked: Tensor, seeds: Seeds, most: int) -> Tensor:
    """Return labels ``[R, n]``, of which each replica has its share, ``[R]``, replaced by a wrong one.

    Args:
        labels: The right ones, ``[R, n]``.
        shares: Probability that a label is replaced, ``[R]``.
        crooked: Where true, ``[R]``, a wrong label is the next class; elsewhere any other, with equal chances.
        seeds: R of them.
        most: Examples for which is drawn, so that a larger set spoils the smaller one's labels in the same way.
    """
    n = labels.shape[1]
    chosen = seeds.stream("wrong labels").uniform(most)[:, :n] < shares[:, None]
    step = 1 + seeds.stream("which wrong labels").integers(most, below=mnist1d.CLASSES - 1)[:, :n]
    step = torch.where(crooked[:, None], 1, step)
    return torch.where(chosen, (labels + step) % mnist1d.CLASSES, labels)


def _first(n: int, data: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """Return the first n training examples and all test examples."""
    x, y, x_test, y_test = data
    return x[:, :n], y[:, :n], x_test, y_test
