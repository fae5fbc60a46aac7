"""C28: how many layers of a network for one task are of use in a network for another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.experiments.experiment import Experiment
from lecture.experiments.when_to_use.borrowing import NEW, OLD, examples, fitted, signals
from lecture.models.convolution import Conv1d
from lecture.models.deep_cnn import deep_cnn
from lecture.models.initialisers import he
from lecture.seeds import Seeds, Stream
from lecture.training.annealing import cosine
from lecture.training.batches import minibatches
from lecture.training.loop import evaluate, train
from lecture.training.optimisers import Adam

KINDS = ("fine-tuned", "frozen", "random, frozen")
"""What happens to the first k layers: borrowed and trained on; borrowed and kept; never trained at all."""


@dataclass(frozen=True, kw_only=True)
class TransferredLayers(Experiment):
    """Take the first k convolutions from a network for the signals 0 to 4, start the rest anew, and learn 5 to 9.

    After Yosinski et al. (2014), who did this with the two halves of ImageNet's classes and eight layers. Their network
    had as many examples of the new task as of the old one; here the new task has few, which is when one borrows.

    Number of layers, examples and rate (0.01 of 0.003 and 0.01) were looked at on seeds 1000 and up.

    Attributes:
        layers: Layers with weights, the last one linear.
        channels: Channels of each convolution.
        source: Examples a class of the old task.
        examples: Examples a class of the new one.
        test: Test examples a class.
        batch: Examples a step.
        source_steps: Steps on the old task.
        source_rate: Learning rate of Adam there, at the start; it falls to 0.
        steps: Steps on the new task.
        rate: Learning rate there.
    """

    seeds: int = 5
    layers: int = 6
    channels: int = 16
    source: int = 2000
    examples: int = 50
    test: int = 200
    batch: int = 50
    source_steps: int = 1000
    source_rate: float = 0.01
    steps: int = 200
    rate: float = 0.01

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "layers": 3, "channels": 16, "source": 20, "examples": 10, "test": 20,
                  "source_steps": 3, "steps": 3},
        "full": {"seeds": 10, "channels": 32, "source": 20_000, "test": 2000, "source_steps": 6000, "steps": 1000},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 12.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a kind, k and seed: columns seed, kind, layers (k), accuracy (a share); k = 0 is no layer."""
        seeds = Seeds(tuple(self.seed_range()), device)
        pool = signals(self.seed_range(), max(self.source, self.examples + self.test)).to(device)
        base = self._network(seeds.stream("old weights"))
        old = examples(pool, OLD, slice(self.source))
        fitted(base, old, (self.batch, self.source_steps, self.source_rate), seeds.stream("old order"))

        plans = [("fine-tuned", 0), *((kind, k) for kind in KINDS for k in range(1, self.layers))]
        many = Seeds(seeds.values * len(plans), device)
        model = self._network(many.stream("weights"))
        frozen = borrow(base, model, plans)
        optimiser = Adam(model, self.rate)
        lower = cosine(optimiser, self.steps)

        def on_step(step: int, losses: Tensor) -> None:
            lower(step, losses)
            for parameter, keep in frozen:
                if parameter.grad is not None:
                    parameter.grad.mul_(keep)

        few = slice(self.examples), slice(self.examples, self.examples + self.test)
        (x, y), test = (repeated(examples(pool, NEW, which), len(plans)) for which in few)
        train(model, optimiser, minibatches(x, y, self.batch, self.steps, many.stream("order")), on_step=on_step)
        accuracies = evaluate(model, *test)[1].tolist()
        rows = [
            {"seed": seed, "kind": kind, "layers": k, "accuracy": accuracy}
            for ((kind, k), seed), accuracy in zip(product(plans, seeds.values), accuracies, strict=True)
        ]
        return pd.DataFrame(rows)

    def _network(self, stream: Stream) -> nn.Sequential:
        return deep_cnn(
            stream, layers=self.layers, channels=self.channels, activation=nn.ReLU, init=he, classes=len(NEW)
        )


def repeated(data: tuple[Tensor, Tensor], times: int) -> tuple[Tensor, Tensor]:
    """Return inputs ``[R, n, ...]`` and labels ``[R, n]`` several times over, ``[times * R, n, ...]``."""
    x, y = data
    return x.repeat(times, *[1] * (x.dim() - 1)), y.repeat(times, 1)


@torch.no_grad()
def borrow(
    base: nn.Sequential, model: nn.Sequential, plans: Sequence[tuple[str, int]]
) -> list[tuple[nn.Parameter, Tensor]]:
    """Copy the first k convolutions of trained networks into fresh ones, in place.

    Args:
        base: R trained networks.
        model: R fresh networks for each plan, plan by plan.
        plans: What happens to the first layers, one of :data:`KINDS`, and how many they are.

    Returns:
        The parameters of the convolutions, each with the factors ``[plans * R, 1, 1]`` of its gradient: 0 where frozen.
    """
    replicas = len(next(base.parameters()))
    factors = []
    convolutions = [[layer for layer in network if isinstance(layer, Conv1d)] for network in (base, model)]
    for place, layers in enumerate(zip(*convolutions, strict=True)):
        keep = torch.tensor([kind == "fine-tuned" or k <= place for kind, k in plans]).repeat_interleave(replicas)
        for old, new in zip(*(layer.parameters() for layer in layers), strict=True):
            for number, (kind, k) in enumerate(plans):
                if k > place and not kind.startswith("random"):
                    new[number * replicas : (number + 1) * replicas] = old
            factors.append((new, keep[:, None, None].to(new)))
    return factors
