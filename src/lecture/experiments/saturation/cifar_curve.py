"""C25 and C01 on photographs: error against their number, convolutional networks against features made by hand.

No predicate judges these tables: that of C25 asks for more methods and for the work, those of C01 for other pipelines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from math import log10, pow
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from skimage.feature import hog
from sklearn.svm import LinearSVC
from torch import Tensor, nn

from lecture.data import cifar10
from lecture.experiments.cifar import CifarTraining, OnCifar
from lecture.experiments.experiment import PILOT
from lecture.experiments.history.real_images import BLOCK, CELL, DIRECTIONS
from lecture.experiments.one_network import aside, drawn, growing, with_pilots
from lecture.experiments.saturation.scaling_deep import FAMILY, FIXED
from lecture.models.convnet import convnet
from lecture.training.checkpoint import once
from lecture.training.single import Recipe, Set, Training, cosine, generator

PIPELINE = "HOG, linear SVM"
SIZES = (500, 1500, 5000, 15_000, 50_000)


@dataclass(frozen=True, kw_only=True)
class CifarNetworks(CifarTraining):
    """Trains a convolutional network on ever more photographs of CIFAR-10: of one width, and as a family.

    In the family, ten times the photographs get twice the maps, as in ``saturation.scaling_deep``. It is the network of
    ``gradient_vanishing.cifar_race`` with batch normalisation, and without augmentation: everybody learns from the same
    photographs. A pilot seed chooses each rate by photographs that are set aside.

    Attributes:
        sizes: Training photographs; a larger set contains the smaller one.
        maps: Maps of the first two convolutions of the network of one width; the third has twice as many.
        first: The same of the family at 500 photographs.
        rates: Learning rates on offer; they fall to zero along half a cosine.
        least_steps: Steps at 500 photographs; they grow with the cube root of the number of photographs.
        pilots: Pilot seeds that choose the rate.
    """

    sizes: tuple[int, ...] = SIZES
    maps: int = 32
    first: int = 32
    rates: tuple[float, ...] = (0.01, 0.03, 0.1)
    least_steps: int = 5000
    pilots: int = 1

    few_steps: ClassVar = {
        "seeds": 2, "sizes": (10, 30), "maps": 4, "first": 4, "rates": (0.01, 0.03), "least_steps": 3, "batch": 4,
    }  # fmt: skip
    size: ClassVar[str] = (
        "{sizes} photographs of CIFAR-10, three convolutions of {maps} or {family} maps and more, {all_steps} steps of "
        "{batch}"
    )
    core_seconds: ClassVar[float] = 8e5

    @property
    def family(self) -> tuple[int, ...]:
        """Maps of the family, one number for each size."""
        return tuple(map(self._wide, self.sizes))

    @property
    def all_steps(self) -> tuple[int, ...]:
        """The steps for each size."""
        return tuple(map(self._steps, self.sizes))

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a network, size and seed: columns seed, method, n, maps, rate, error (a share)."""
        train, test = self.data(device)
        rows = []
        for (n, maps), candidates in self._all().items():
            chosen = self.best(candidates, self.pilots, partial(self._error, *aside(train), n))
            methods = [name for name, wide in ((FIXED, self.maps), (FAMILY, self._wide(n))) if wide == maps]
            for seed in self.seed_range():
                (found,) = self.scored(chosen, seed, drawn(train, n, seed), test)
                rows += [(seed, method, n, maps, chosen.recipe.rate, found.error) for method in methods]
        return pd.DataFrame(rows, columns=["seed", "method", "n", "maps", "rate", "error"])

    def trainings(self) -> Iterator[Training]:
        """Yield the pilots of each network, and its reported runs with the first of what is on offer."""
        for candidates in self._all().values():
            yield from with_pilots(candidates, self.pilots)

    def _wide(self, n: int) -> int:
        return round(self.first * pow(2, log10(n / SIZES[0])))

    def _steps(self, n: int) -> int:
        return growing(self.least_steps, n, SIZES[0])

    def _all(self) -> dict[tuple[int, int], list[Training]]:
        """Return a training at each rate, for each size and each width there."""
        found = {}
        for n in self.sizes:
            for maps in dict.fromkeys((self.maps, self._wide(n))):
                recipes = [
                    Recipe(rate=rate, steps=self._steps(n), batch=self.batch, momentum=self.momentum, schedule=cosine)
                    for rate in self.rates
                ]
                network = partial(self._network, maps)
                found[n, maps] = [
                    Training(f"{maps} maps, {n} photographs, at {r.rate:g}", network, r, self.seeds, 10_000)
                    for r in recipes
                ]
        return found

    def _network(self, maps: int, seed: int) -> nn.Module:
        return convnet(generator(seed, "weights"), maps=(maps, maps, 2 * maps), normalised=True)

    def _error(self, learn: Set, judge: Set, n: int, training: Training, seed: int) -> float:
        """Return what a pilot gets wrong of the photographs set aside."""
        return self.scored(training, seed, learn.first(n), judge)[0].error


@dataclass(frozen=True, kw_only=True)
class CifarPipeline(OnCifar):
    """Describes the same photographs by histograms of oriented gradients, under a linear support vector machine.

    HOG as Dalal and Triggs (2005) made it: of the colours the one with the largest gradient counts at each pixel. The
    cost C is chosen at each size by a pilot seed, by photographs that are set aside. It runs on the processor.

    Attributes:
        sizes: Training photographs; a larger set contains the smaller one.
        costs: C of the machine, on offer, for features at a mean squared distance of 1 from their centre.
    """

    sizes: tuple[int, ...] = SIZES
    costs: tuple[float, ...] = (0.1, 1.0, 10.0, 100.0)

    few_steps: ClassVar = {"seeds": 2, "sizes": (10, 30), "costs": (1.0, 10.0)}
    size: ClassVar[str] = "{sizes} photographs of CIFAR-10, histograms of oriented gradients"
    core_seconds: ClassVar[float] = 5e4

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a size and seed: columns seed, method, n, cost, error (a share)."""
        train, test = (Set(described(part.x), part.y) for part in map(cifar10.load, ("train", "test")))
        learn, judge = aside(train)
        rows = []
        for n in self.sizes:
            tried = {cost: self._error(f"pilot, {n}", PILOT, learn, judge, n, cost) for cost in self.costs}
            cost = min(tried, key=lambda one: tried[one])
            for seed in self.seed_range():
                error = self._error(f"{n}", seed, train, test, n, cost)
                rows.append((seed, PIPELINE, n, cost, error))
        return pd.DataFrame(rows, columns=["seed", "method", "n", "cost", "error"])

    def _error(self, told: str, seed: int, train: Set, test: Set, n: int, cost: float) -> float:
        """Return the share of errors on test photographs; a killed run has it from before."""

        def compute() -> list[dict[str, float]]:
            learn = drawn(train, n, seed)
            centre = learn.x.mean(0)
            scale = (learn.x - centre).square().sum(1).mean().sqrt()
            x, x_test = ((part.x - centre).div(scale).numpy() for part in (learn, test))
            machine = LinearSVC(C=cost, dual=False, max_iter=5000).fit(x, learn.y.numpy())
            return [{"error": float(np.mean(machine.predict(x_test) != test.y.numpy()))}]

        return float(once(f"{told}, {cost:g}, seed {seed}", compute)[0]["error"])


def described(x: Tensor) -> Tensor:
    """Return the histogram of oriented gradients of each photograph ``[n, 3, height, width]``, ``[n, d]``, float32."""
    cells, blocks = (CELL, CELL), (BLOCK, BLOCK)
    found = [
        hog(image, orientations=DIRECTIONS, pixels_per_cell=cells, cells_per_block=blocks, channel_axis=0)
        for image in x.numpy()
    ]
    return torch.from_numpy(np.asarray(found, np.float32))
