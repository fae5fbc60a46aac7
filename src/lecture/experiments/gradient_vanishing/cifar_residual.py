"""C14 at its own scale: plain and residual networks of 20 to 1001 layers on the photographs of CIFAR-10.

Needs a GPU and hours. One network at a time, in ordinary PyTorch: each fills a GPU by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.experiments.cifar import CifarTraining
from lecture.models.resnet import DEEP, resnet
from lecture.training.single import Recipe, Training, generator, mirrored_and_shifted

NETWORKS = {
    "plain": {"shortcut": False},
    "residual": {},
    "residual, activation first": {"before": True},
}
"""What He et al. compare: without the shortcut and with it (2016a), and with the other order of activation (2016b)."""


@dataclass(frozen=True, kw_only=True)
class CifarResidual(CifarTraining):
    """Trains plain and residual networks on CIFAR-10 as their papers did, in both orders of activation.

    Settings are those of He et al. (2016a, section 4.2): momentum, weight decay, a rate that falls to a tenth after
    half and after three quarters of the steps, and that starts at a tenth until the deep networks have begun to learn
    (2016b, appendix). From :data:`~lecture.models.resnet.DEEP` layers on blocks are bottlenecks, and no plain network
    is trained.

    Attributes:
        depths: Layers with weights.
        steps: Of training, each on ``batch`` photographs, mirrored and shifted at random.
        rate: Learning rate.
        warm_up: Steps at a tenth of it.
        weight_decay: Added to the gradient as ``weight_decay * weight``.
    """

    depths: tuple[int, ...] = (20, 56, 110, 1001)
    steps: int = 64_000
    rate: float = 0.1
    warm_up: int = 400
    weight_decay: float = 1e-4

    few_steps: ClassVar = {"seeds": 2, "depths": (8,), "steps": 3, "batch": 4, "warm_up": 1}
    size: ClassVar[str] = "{depths} layers, {steps} steps of {batch} photographs of CIFAR-10"
    core_seconds: ClassVar[float] = 2e7

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each network, depth and seed: ``train_loss``, ``train_error``, ``test_error`` (shares)."""
        train, test = self.data(device)
        rows = []
        for (depth, name), training in self._all():
            for seed in self.seed_range():
                old, new = self.scored(training, seed, train, train, test)
                rows.append((name, depth, seed, old.loss, old.error, new.error))
        return pd.DataFrame(rows, columns=["network", "depth", "seed", "train_loss", "train_error", "test_error"])

    def trainings(self) -> Iterator[Training]:
        """Yield a training for each network and depth."""
        return (training for _, training in self._all())

    def _all(self) -> Iterator[tuple[tuple[int, str], Training]]:
        recipe = Recipe(
            rate=self.rate, steps=self.steps, batch=self.batch, momentum=self.momentum,
            weight_decay=self.weight_decay, augment=mirrored_and_shifted, schedule=self.factor,
        )  # fmt: skip
        for depth in self.depths:
            for name in NETWORKS:
                if name != "plain" or depth < DEEP:
                    network = partial(self._network, depth, name)
                    yield (depth, name), Training(f"{name}, {depth} layers", network, recipe, self.seeds, 60_000)

    def _network(self, depth: int, name: str, seed: int) -> nn.Module:
        return resnet(depth, generator(seed, "weights"), **NETWORKS[name])

    def factor(self, step: int, steps: int) -> float:
        """Return the factor on the learning rate at a step."""
        if step < self.warm_up:
            return 0.1
        return float(0.1 ** ((step >= steps / 2) + (step >= 3 * steps / 4)))
