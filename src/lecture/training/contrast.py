"""Learning without labels: two distorted views of one image belong together, all other pairs apart."""

from collections.abc import Callable, Iterable, Iterator

import torch
from torch import Tensor
from torch.nn import functional


def contrastive(temperature: float) -> Callable[[Tensor, Tensor], Tensor]:
    """Return the loss of SimCLR (Chen et al. 2020, eq. 1), which asks each view for its partner among all others.

    It takes what the network gives out for 2B images, ``[R, 2B, features]``, the second half being other views of the
    first in the same order, and a second argument that it does not look at. It gives one number a replica, ``[R]``. A
    small temperature, which divides the cosines, makes the near ones count more.
    """

    def loss(features: Tensor, _: Tensor) -> Tensor:
        directions = functional.normalize(features, dim=2)
        n = directions.shape[1]
        oneself = torch.eye(n, dtype=torch.bool, device=features.device)
        alike = (directions @ directions.mT / temperature).masked_fill(oneself, float("-inf"))
        partner = torch.arange(n, device=features.device).roll(n // 2).expand(len(features), n)
        return functional.cross_entropy(alike.mT, partner, reduction="none").mean(1)

    return loss


def twice(batches: Iterable[tuple[Tensor, Tensor]]) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield each batch with its images, and what belongs to them, a second time behind the first."""
    for x, y in batches:
        yield torch.cat((x, x), 1), torch.cat((y, y), 1)
