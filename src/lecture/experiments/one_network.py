"""What experiments at full scale share: real data, a GPU, hours; trainings that survive being killed.

They are offered at the ``full`` preset alone. One network at a time, in ordinary PyTorch (see
:mod:`lecture.training.single`); the settings of :attr:`AtFullScale.few_steps` run the same code in a moment.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import pow
from typing import Any, ClassVar

import torch
from torch import nn

from lecture.experiments.experiment import PILOT, Experiment
from lecture.training.checkpoint import once
from lecture.training.single import Scores, Set, Training, fit, generator, score

ASIDE = 5000
"""The last training images: what pilots are judged by. No pilot learns from them."""


@dataclass(frozen=True, kw_only=True)
class AtFullScale(Experiment, ABC):
    """Needs more than the ``book`` preset has."""

    offered: ClassVar[tuple[str, ...]] = ("full",)
    few_steps: ClassVar[Mapping[str, Any]] = {}
    """Settings with which a run takes a second: for tests, and to compare a GPU with the processor."""
    in_place_of: ClassVar[str] = ""
    """Name of the experiment that has the same table, smaller: a claim's predicate judges both, a card shows both."""


@dataclass(frozen=True, kw_only=True)
class OneNetwork(AtFullScale, ABC):
    """Trains one network at a time.

    Attributes:
        batch: Images a step.
        momentum: Of gradient descent.
    """

    batch: int = 128
    momentum: float = 0.9

    held: ClassVar[int]
    """Bytes of data on the device."""

    @abstractmethod
    def data(self, device: torch.device) -> tuple[Set, Set]:
        """Return the training and the test set on the device."""

    @abstractmethod
    def trainings(self) -> Iterable[Training]:
        """Yield every kind of training that a run consists of."""

    def scored(self, training: Training, seed: int, data: Set, *scored: Set) -> tuple[Scores, ...]:
        """Train once, and return the scores on each set; a killed run has them from before, or goes on training."""
        name = f"{training.name}, seed {seed}"

        def compute() -> list[dict[str, Any]]:
            model = self.trained(training, seed, data)
            return [score(model, one)._asdict() for one in scored]

        return tuple(Scores(**row) for row in once(name, compute))

    def trained(self, training: Training, seed: int, data: Set) -> nn.Module:
        """Train the network of a seed, and return it."""
        model = training.network(seed).to(data.x.device)
        fit(f"{training.name}, seed {seed}", model, data, training.recipe, seed)
        return model

    def best(self, candidates: Sequence[Training], pilots: int, error: Callable[[Training, int], float]) -> Training:
        """Return the candidate that errs least over pilot seeds; one alone is not tried.

        Args:
            candidates: What is on offer.
            pilots: Number of pilot seeds.
            error: Trains one with a seed, under another name, and returns its share of errors on images set aside.
        """
        if len(candidates) == 1:
            return candidates[0]
        seeds = range(PILOT, PILOT + pilots)
        pilots_of = {one: one._replace(name=f"pilot of {one.name}") for one in candidates}
        return min(candidates, key=lambda one: sum(error(pilots_of[one], seed) for seed in seeds))

    def best_for(self, n: int, candidates: Sequence[Training], pilots: int, data: Set) -> Training:
        """Return the best candidate for n images: pilots learn from as many, and are judged by those set aside."""
        learn, judge = aside(data)

        def error(training: Training, seed: int) -> float:
            return self.scored(training, seed, drawn(learn, n, seed), judge)[0].error

        return self.best(candidates, pilots, error)


def with_pilots(candidates: Sequence[Training], pilots: int) -> Iterator[Training]:
    """Yield what :meth:`OneNetwork.best` trains, and the reported runs with the first of what is on offer."""
    if len(candidates) > 1:
        yield from (candidate._replace(times=pilots) for candidate in candidates)
    yield candidates[0]


def growing(steps: int, n: int, first: int) -> int:
    """Return the steps for n images, ``steps`` for the ``first`` number: they grow with its cube root."""
    return max(1, round(steps * pow(n / first, 1 / 3)))


def aside(data: Set) -> tuple[Set, Set]:
    """Return what pilots learn from, and what they are judged by: the last tenth, at most :data:`ASIDE`."""
    kept = min(ASIDE, max(1, len(data.y) // 10))
    return data.first(len(data.y) - kept), Set(data.x[-kept:], data.y[-kept:])


def drawn(data: Set, n: int, seed: int) -> Set:
    """Return n images drawn by a seed, all if there are fewer; a larger draw contains the smaller one."""
    chosen = torch.randperm(len(data.y), generator=generator(seed, "examples"))[:n].to(data.y.device)
    return Set(data.x[chosen], data.y[chosen])
