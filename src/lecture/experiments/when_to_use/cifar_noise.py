"""C21 at a larger scale: error against the number of photographs of CIFAR-10 when many of the labels are wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import pandas as pd
import torch
from torch import nn

from lecture.experiments.cifar import CifarTraining
from lecture.experiments.one_network import aside, drawn, growing
from lecture.experiments.when_to_use.label_noise import CROOKED, UNIFORM, spoilt
from lecture.models.resnet import resnet
from lecture.seeds import Seeds
from lecture.training.single import Recipe, Set, Training, cosine, generator


class Case(NamedTuple):
    """What a training learns from."""

    noise: str
    share: float
    n: int
    batch: int


@dataclass(frozen=True, kw_only=True)
class CifarNoise(CifarTraining):
    """Trains a residual network on ever more photographs of CIFAR-10, with wrong labels among those it learns from.

    The test labels are right. With a larger share the labels that were wrong stay wrong, and a larger training set
    contains the smaller one, wrong labels included. Nothing is done against noise: no augmentation, no weight decay.
    All learning rates are offered to every share of wrong labels; a pilot seed chooses by photographs that are set
    aside, with their right labels, at the largest size. The table is that of ``when_to_use.label_noise``, and with
    :class:`CifarNoisyBatches` beside it the predicate of C21.a judges it.

    Attributes:
        depth: Layers of the network.
        sizes: Training photographs.
        shares: Shares of wrong labels, uniform over the other classes; the first is 0, the clean curve.
        shares_crooked: Shares, among ``shares``, at which all wrong labels point to the next class as well, with the
            most photographs.
        rates: Learning rates on offer; they fall to zero along half a cosine.
        least_steps: Steps at 1,500 photographs; they grow with the cube root of the number of photographs.
        pilots: Pilot seeds that choose the rate.
    """

    depth: int = 20
    sizes: tuple[int, ...] = (500, 1500, 5000, 15_000, 50_000)
    shares: tuple[float, ...] = (0.0, 0.3, 0.6, 0.8)
    shares_crooked: tuple[float, ...] = (0.3, 0.6)
    rates: tuple[float, ...] = (0.01, 0.03, 0.1)
    least_steps: int = 10_000
    pilots: int = 1

    in_place_of: ClassVar[str] = "when_to_use.label_noise"
    few_steps: ClassVar = {
        "seeds": 2, "depth": 8, "sizes": (10, 30), "shares": (0.0, 0.6), "shares_crooked": (0.6,), "rates": (0.01,),
        "least_steps": 8, "batch": 4,
    }  # fmt: skip
    size: ClassVar[str] = (
        "{sizes} photographs of CIFAR-10, shares of {shares} wrong labels, a residual network of {depth} layers, "
        "{all_steps} steps of {batch}"
    )
    core_seconds: ClassVar[float] = 2e6

    def steps(self, n: int) -> int:
        """Return the steps for n photographs."""
        return growing(self.least_steps, n, 1500)

    @property
    def all_steps(self) -> tuple[int, ...]:
        """The steps for each size."""
        return tuple(map(self.steps, self.sizes))

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a kind of noise, share, size and seed: columns seed, noise, share, n, batch, error (a share).

        The rate that was chosen is in the column ``rate``.
        """
        train, test = self.data(device)
        rates = {(share, batch): self._rate(share, batch, train) for share in self.shares for batch in self.batches()}
        rows = []
        for case in self.cases():
            rate = rates[case.share, case.batch]
            training = self._training(case, rate)
            for seed in self.seed_range():
                learn = self._spoilt(train, case, seed)
                (found,) = self.scored(training, seed, learn, test)
                rows.append((seed, *case, rate, found.error))
        return pd.DataFrame(rows, columns=["seed", *Case._fields, "rate", "error"])

    def batches(self) -> tuple[int, ...]:
        """Return the numbers of photographs a step that are tried."""
        return (self.batch,)

    def cases(self) -> Iterator[Case]:
        """Yield what the reported networks learn from."""
        for batch in self.batches():
            for share in self.shares:
                yield from (Case(UNIFORM, share, n, batch) for n in self.sizes)
                if share in self.shares_crooked:
                    yield Case(CROOKED, share, max(self.sizes), batch)

    def trainings(self) -> Iterator[Training]:
        """Yield a training for each reported case, and the pilots."""
        yield from (self._training(case, self.rates[0]) for case in self.cases())
        if len(self.rates) > 1:
            most = [case for case in self.cases() if case.noise == UNIFORM and case.n == max(self.sizes)]
            yield from (self._training(case, rate)._replace(times=self.pilots) for case in most for rate in self.rates)

    def _rate(self, share: float, batch: int, data: Set) -> float:
        """Return the learning rate that pilots choose for a share of wrong labels."""
        case = Case(UNIFORM, share, max(self.sizes), batch)
        learn, judge = aside(data)

        def error(training: Training, seed: int) -> float:
            return self.scored(training, seed, self._spoilt(learn, case, seed), judge)[0].error

        return self.best([self._training(case, rate) for rate in self.rates], self.pilots, error).recipe.rate

    def _training(self, case: Case, rate: float) -> Training:
        recipe = Recipe(rate=rate, steps=self.steps(case.n), batch=case.batch, momentum=self.momentum, schedule=cosine)
        told = f"{case.noise}, {case.share:g}, {case.n} in batches of {case.batch}, at {rate:g}"
        return Training(told, self._network, recipe, self.seeds, 10_000)

    def _network(self, seed: int) -> nn.Module:
        return resnet(self.depth, generator(seed, "weights"))

    def _spoilt(self, data: Set, case: Case, seed: int) -> Set:
        """Return the photographs of a seed, a share of their labels replaced by wrong ones."""
        found, seeds = drawn(data, case.n, seed), Seeds((seed,), data.y.device)
        crooked = torch.tensor([case.noise == CROOKED], device=data.y.device)
        return Set(found.x, spoilt(found.y[None], case.share, crooked, seeds, max(self.sizes))[0])


@dataclass(frozen=True, kw_only=True)
class CifarNoisyBatches(CifarNoise):
    """The same with batches of several sizes, clean and at the largest share of wrong labels, after as many steps.

    Attributes:
        tried: Photographs a step.
    """

    sizes: tuple[int, ...] = (50_000,)
    shares: tuple[float, ...] = (0.0, 0.8)
    shares_crooked: tuple[float, ...] = ()
    tried: tuple[int, ...] = (32, 128, 512)

    in_place_of: ClassVar[str] = "when_to_use.noisy_batches"
    few_steps: ClassVar = {**CifarNoise.few_steps, "sizes": (30,), "shares_crooked": (), "tried": (4, 8)}
    size: ClassVar[str] = (
        "{sizes} photographs of CIFAR-10, shares of {shares} wrong labels, a residual network of {depth} layers, "
        "{all_steps} steps of {tried}"
    )
    core_seconds: ClassVar[float] = 2e6

    def batches(self) -> tuple[int, ...]:
        """Return the numbers of photographs a step that are tried."""
        return self.tried
