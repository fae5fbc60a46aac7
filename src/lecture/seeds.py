"""Explicit randomness: one independent stream of numbers for each seed and each purpose, equal on every device."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import torch
from torch import Tensor


class Stream:
    """Random tensors ``[R, *shape]`` for R seeds; row r depends on seed r alone, not on how many there are.

    Numbers are drawn on the CPU and moved, so a seed means the same on every device.
    """

    def __init__(self, seeds: Iterable[int], purpose: str, device: torch.device | str = "cpu") -> None:
        self.device = torch.device(device)
        self.generators = [_generator(seed, purpose) for seed in seeds]

    def uniform(self, *shape: int, low: float = 0.0, high: float = 1.0) -> Tensor:
        """Return ``[R, *shape]``, uniform in [low, high)."""
        return self._stack(lambda g: torch.rand(shape, generator=g)) * (high - low) + low

    def normal(self, *shape: int, std: float = 1.0) -> Tensor:
        """Return ``[R, *shape]``, Gaussian with mean 0."""
        return self._stack(lambda g: torch.randn(shape, generator=g)) * std

    def integers(self, *shape: int, below: int) -> Tensor:
        """Return ``[R, *shape]``, int64, uniform in 0 to ``below - 1``."""
        return self._stack(lambda g: torch.randint(below, shape, generator=g))

    def permutation(self, n: int) -> Tensor:
        """Return ``[R, n]``, int64, each row a permutation of 0 to n - 1."""
        return self._stack(lambda g: torch.randperm(n, generator=g))

    def _stack(self, draw: Callable[[torch.Generator], Tensor]) -> Tensor:
        return torch.stack([draw(generator) for generator in self.generators]).to(self.device)


@dataclass(frozen=True)
class Seeds:
    """The seeds of a run, and where their numbers are needed.

    Attributes:
        values: One seed a replica.
        device: Where the drawn tensors live.
    """

    values: tuple[int, ...]
    device: torch.device

    def __len__(self) -> int:
        return len(self.values)

    def stream(self, purpose: str) -> Stream:
        """Return a fresh stream; the same purpose gives the same numbers again, another purpose independent ones."""
        return Stream(self.values, purpose, self.device)

    def stack(self, draw: Callable[[int], Iterable[Tensor]]) -> tuple[Tensor, ...]:
        """Return each tensor that ``draw`` makes of a seed, for all seeds, ``[R, ...]``: data that each seed draws."""
        return tuple(torch.stack(parts).to(self.device) for parts in zip(*map(draw, self.values), strict=True))


def _generator(seed: int, purpose: str) -> torch.Generator:
    state = np.random.SeedSequence([seed, crc32(purpose.encode())]).generate_state(2, np.uint32)
    return torch.Generator().manual_seed(int(state[0]) << 31 ^ int(state[1]))
