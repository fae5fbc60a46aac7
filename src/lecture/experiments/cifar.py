"""What all experiments on CIFAR-10 share: the photographs on the device, and trainings that survive being killed.

They need a GPU and hours, and are offered at the ``full`` preset alone. One network at a time, in ordinary PyTorch (see
:mod:`lecture.training.single`); the settings of :attr:`OnCifar.few_steps` run the same code in a moment.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import nn

from lecture.data import cifar10
from lecture.experiments.experiment import PILOT, Experiment
from lecture.training.checkpoint import once
from lecture.training.single import Scores, Set, Training, fit, generator, score

ASIDE = 5000
"""The last training photographs: what pilots are judged by. No pilot learns from them."""


@dataclass(frozen=True, kw_only=True)
class OnCifar(Experiment, ABC):
    """Looks at the photographs of CIFAR-10."""

    seeds: int = 5

    offered: ClassVar[tuple[str, ...]] = ("full",)
    sources: ClassVar[tuple[Callable[[], Any], ...]] = (cifar10.published,)
    few_steps: ClassVar[Mapping[str, Any]] = {}
    """Settings with which a run takes a second: for tests, and to compare a GPU with the processor."""
    in_place_of: ClassVar[str] = ""
    """Name of the experiment that has the same table, smaller: a claim's predicate judges both, a card shows both."""

    def data(self, device: torch.device) -> tuple[Set, Set]:
        """Return the training and the test set on the device; each colour is scaled as the training set's."""
        parts = [cifar10.load(part) for part in ("train", "test")]
        x = parts[0].x
        mean, deviation = x.mean((0, 2, 3), keepdim=True), x.std((0, 2, 3), keepdim=True)
        train, test = (Set(((p.x - mean) / deviation).to(device), p.y.to(device)) for p in parts)
        return train, test


@dataclass(frozen=True, kw_only=True)
class CifarTraining(OnCifar, ABC):
    """Trains networks on them.

    Attributes:
        batch: Photographs a step.
        momentum: Of gradient descent.
    """

    batch: int = 128
    momentum: float = 0.9

    held: ClassVar[int] = 2 * cifar10.BYTES
    """Bytes of data on the device: all photographs, and those that a seed draws."""

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
            error: Trains one with a seed, under another name, and returns its share of errors on photographs set aside.
        """
        if len(candidates) == 1:
            return candidates[0]
        seeds = range(PILOT, PILOT + pilots)
        pilots_of = {one: one._replace(name=f"pilot of {one.name}") for one in candidates}
        return min(candidates, key=lambda one: sum(error(pilots_of[one], seed) for seed in seeds))


def aside(data: Set) -> tuple[Set, Set]:
    """Return what pilots learn from, and what they are judged by: the last tenth, at most :data:`ASIDE`."""
    kept = min(ASIDE, max(1, len(data.y) // 10))
    return data.first(len(data.y) - kept), Set(data.x[-kept:], data.y[-kept:])


def drawn(data: Set, n: int, seed: int) -> Set:
    """Return n photographs drawn by a seed, all if there are fewer; a larger draw contains the smaller one."""
    chosen = torch.randperm(len(data.y), generator=generator(seed, "examples"))[:n].to(data.y.device)
    return Set(data.x[chosen], data.y[chosen])
