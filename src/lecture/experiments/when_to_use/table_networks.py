"""Fully connected networks on tables: many runs with rows and settings of their own, equal depths as one program."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn

from lecture.data.tables import Floats, Labels
from lecture.models.initialisers import he
from lecture.models.layers import Dropout
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.fit import checkpoints
from lecture.training.optimisers import Adam
from lecture.training.scores import evaluate

LOOKS = 10
"""How often a run looks at the rows kept for choosing, while it learns."""


@dataclass(frozen=True)
class Settings:
    """What a trial chooses.

    Attributes:
        depth: Hidden layers.
        rate: Learning rate of Adam at the start; it falls to zero along a cosine.
        decay: Weight decay, decoupled.
        dropout: Probability after each hidden layer.
    """

    depth: int
    rate: float
    decay: float
    dropout: float


@dataclass(frozen=True, eq=False)
class Run:
    """One network to train.

    Attributes:
        seed: Of its start, its order and its masks.
        settings: What was tried.
        parts: Rows and classes to learn from, to choose by and to test on.
    """

    seed: int
    settings: Settings
    parts: Sequence[tuple[Floats, Labels]]


def train(
    runs: Sequence[Run], *, width: int, batch: int, steps: int, device: torch.device
) -> list[tuple[float, float]]:
    """Train runs on tables of one size; return the lowest loss on the rows kept for choosing, and its test error."""
    found: dict[int, tuple[float, float]] = {}
    for depth in sorted({run.settings.depth for run in runs}):
        places = [place for place, run in enumerate(runs) if run.settings.depth == depth]
        found |= zip(places, _together([runs[place] for place in places], width, batch, steps, device), strict=True)
    return [found[place] for place in range(len(runs))]


def _together(
    runs: Sequence[Run], width: int, batch: int, steps: int, device: torch.device
) -> list[tuple[float, float]]:
    seeds = Seeds(tuple(run.seed for run in runs), device)
    (x, y), kept, test = (_stack(runs, part, device) for part in range(3))

    def each(name: str) -> Tensor:
        return torch.tensor([getattr(run.settings, name) for run in runs], dtype=torch.float32, device=device)

    masks = seeds.stream("dropout")
    network = mlp(
        seeds.stream("weights"),
        depth=runs[0].settings.depth,
        width=width,
        activation=lambda: nn.Sequential(nn.ReLU(), Dropout(each("dropout"), masks)),
        init=he,
        inputs=x.shape[2],
        classes=int(y.max()) + 1,
    )
    losses, errors = torch.full((2, len(runs)), float("inf"))
    looks = [steps * look // LOOKS for look in range(1, LOOKS + 1)]
    rate, adam = each("rate"), partial(Adam, weight_decay=each("decay"))
    for _ in checkpoints(network, x, y, seeds, at=looks, batch=batch, steps=steps, rate=rate, optimiser=adam):
        loss, error = evaluate(network, *kept).loss.cpu(), evaluate(network, *test).error.cpu()
        lower = loss < losses  # false where a network has diverged
        errors, losses = torch.where(lower, error, errors), torch.where(lower, loss, losses)
    return list(zip(losses.tolist(), errors.tolist(), strict=True))


def _stack(runs: Sequence[Run], part: int, device: torch.device) -> tuple[Tensor, Tensor]:
    x, y = (torch.from_numpy(np.stack(found)) for found in zip(*(run.parts[part] for run in runs), strict=True))
    return x.float().to(device), y.to(device)
