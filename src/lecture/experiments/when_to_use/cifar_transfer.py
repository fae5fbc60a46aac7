"""C19 with many photographs: borrow from an ImageNet network, or learn from nothing, as CIFAR-10 grows.

No predicate judges this table: that of C19.a asks how some fifty large photographs are told apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import nn
from torch.nn.functional import interpolate

from lecture.data import cifar10
from lecture.experiments.cifar import CifarTraining
from lecture.experiments.experiment import PILOT
from lecture.experiments.one_network import aside, drawn, growing, with_pilots
from lecture.experiments.when_to_use.borrowing import linear
from lecture.models import efficientnet_lite0
from lecture.models.resnet import resnet
from lecture.training.checkpoint import once
from lecture.training.single import Recipe, Set, Training, cosine, generator, mirrored_and_shifted

AT_ONCE = 100
"""Photographs that the network looks at together."""
BORROWED, SCRATCH = "ImageNet", "scratch"


@dataclass(frozen=True, kw_only=True)
class CifarTransfer(CifarTraining):
    """Compares EfficientNet-Lite0, frozen, under logistic regression with a residual network that starts from nothing.

    Both learn from the same photographs of CIFAR-10, a hundred to fifty thousand. The ImageNet network sees them
    enlarged, and is never changed; what it makes of them gets the classifier of ``when_to_use.imagenet_features``. The
    network from scratch is that of He et al. (2016a), with their weight decay, mirroring and shifts. A pilot seed
    chooses decay and rate at each size by photographs that are set aside; that is more photographs than the smaller
    training sets have, for both. Needs the optional package ``imagenet``.

    ImageNet has most classes of CIFAR-10, in hundreds of kinds: that is what is borrowed.

    Attributes:
        sizes: Training photographs in all; a larger set contains the smaller one.
        pixels: Side to which photographs are enlarged for the ImageNet network.
        decays: Of the logistic regression, on offer.
        depth: Layers of the residual network.
        weight_decay: Of the residual network.
        rates: Its learning rates on offer; they fall to zero along half a cosine.
        least_steps: Its steps at 1,500 photographs and fewer; they grow with the cube root of the number.
        pilots: Pilot seeds that choose.
    """

    sizes: tuple[int, ...] = (100, 500, 1500, 5000, 15_000, 50_000)
    pixels: int = 224
    decays: tuple[float, ...] = (1.0, 10.0, 100.0, 1000.0)
    depth: int = 20
    weight_decay: float = 1e-4
    rates: tuple[float, ...] = (0.01, 0.03, 0.1)
    least_steps: int = 10_000
    pilots: int = 1

    few_steps: ClassVar = {
        "seeds": 2, "sizes": (10, 30), "pixels": 32, "decays": (10.0, 100.0), "depth": 8, "rates": (0.01, 0.03),
        "least_steps": 3, "batch": 4,
    }  # fmt: skip
    size: ClassVar[str] = (
        "{sizes} photographs of CIFAR-10, EfficientNet-Lite0 on {pixels} pixels a side, against a residual network of "
        "{depth} layers, {all_steps} steps of {batch}"
    )
    core_seconds: ClassVar[float] = 1e6

    @property
    def all_steps(self) -> tuple[int, ...]:
        """The steps for each size."""
        return tuple(map(self._steps, self.sizes))

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, size and seed: columns method, n (photographs in all), setting, seed, accuracy.

        ``setting`` is what pilots chose: the decay of the logistic regression, or the learning rate.
        """
        borrowed, test_borrowed = self._features(device)
        train, test = self.data(device)
        rows = []
        for n in self.sizes:
            decay = self._decay(n, borrowed)
            chosen = self.best_for(n, self._candidates(n), self.pilots, train)
            for seed in self.seed_range():
                found = self._classified(
                    f"{n}, decay {decay:g}, seed {seed}", decay, drawn(borrowed, n, seed), test_borrowed
                )
                rows.append((BORROWED, n, decay, seed, found))
                (scores,) = self.scored(chosen, seed, drawn(train, n, seed), test)
                rows.append((SCRATCH, n, chosen.recipe.rate, seed, 1 - scores.error))
        return pd.DataFrame(rows, columns=["method", "n", "setting", "seed", "accuracy"])

    def trainings(self) -> Iterator[Training]:
        """Yield the pilots of each size, and its reported runs with the first rate; the rest takes minutes."""
        for n in self.sizes:
            yield from with_pilots(self._candidates(n), self.pilots)

    def _steps(self, n: int) -> int:
        return growing(self.least_steps, max(n, 1500), 1500)

    def _candidates(self, n: int) -> list[Training]:
        recipes = [
            Recipe(
                rate=rate, steps=self._steps(n), batch=self.batch, momentum=self.momentum,
                weight_decay=self.weight_decay, augment=mirrored_and_shifted, schedule=cosine,
            )
            for rate in self.rates
        ]  # fmt: skip
        return [Training(f"{n} photographs, at {r.rate:g}", self._network, r, self.seeds, 10_000) for r in recipes]

    def _network(self, seed: int) -> nn.Module:
        return resnet(self.depth, generator(seed, "weights"))

    @torch.inference_mode()
    def _features(self, device: torch.device) -> tuple[Set, Set]:
        """Return what the ImageNet network makes of all photographs, ``[n, 1280]``, on the processor."""
        network, sets = efficientnet_lite0.load().to(device), []
        for part in map(cifar10.load, ("train", "test")):
            seen = []
            for x in torch.split(part.x, AT_ONCE):
                large = interpolate(x.to(device), (self.pixels, self.pixels), mode="bicubic", antialias=True)
                large = efficientnet_lite0.prepared(large.clamp(0, 1)).contiguous(memory_format=torch.channels_last)
                seen.append(network.features(large).cpu())
            sets.append(Set(torch.cat(seen), part.y))
        train, test = sets
        return train, test

    def _decay(self, n: int, data: Set) -> float:
        """Return the decay that pilots choose for n photographs."""
        if len(self.decays) == 1:
            return self.decays[0]
        learn, judge = aside(data)
        seeds = range(PILOT, PILOT + self.pilots)

        def right(decay: float) -> float:
            told = f"pilot, {n}, decay {decay:g}"
            return sum(self._classified(f"{told}, seed {s}", decay, drawn(learn, n, s), judge) for s in seeds)

        return max(self.decays, key=right)

    def _classified(self, name: str, decay: float, train: Set, test: Set) -> float:
        """Return the accuracy of logistic regression; a killed run has it from before."""

        def compute() -> list[dict[str, float]]:
            parts = (part.numpy() for part in (*train, *test))
            return [{"accuracy": linear(decay)(*parts)}]

        return float(once(name, compute)[0]["accuracy"])
