"""What all experiments on CIFAR-10 share: the photographs on the device."""

from abc import ABC
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import torch

from lecture.data import cifar10
from lecture.experiments.one_network import AtFullScale, OneNetwork
from lecture.training.single import Set


@dataclass(frozen=True, kw_only=True)
class OnCifar(AtFullScale, ABC):
    """Looks at the photographs of CIFAR-10."""

    seeds: int = 5

    sources: ClassVar[tuple[Callable[[], Any], ...]] = (cifar10.published,)

    def data(self, device: torch.device) -> tuple[Set, Set]:
        """Return the training and the test set on the device; each colour is scaled as the training set's."""
        parts = [cifar10.load(part) for part in ("train", "test")]
        x = parts[0].x
        mean, deviation = x.mean((0, 2, 3), keepdim=True), x.std((0, 2, 3), keepdim=True)
        train, test = (Set(((p.x - mean) / deviation).to(device), p.y.to(device)) for p in parts)
        return train, test


@dataclass(frozen=True, kw_only=True)
class CifarTraining(OnCifar, OneNetwork, ABC):
    """Trains networks on them."""

    held: ClassVar[int] = 2 * cifar10.BYTES
    """Bytes of data on the device: all photographs, and those that a seed draws."""
