"""C28: how many layers of a network for one task are of use in a network for another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.experiments.when_to_use.borrowing import NEW, Lending, examples, signals
from lecture.models.convolution import Conv1d
from lecture.models.deep_cnn import deep_cnn
from lecture.models.initialisers import he
from lecture.seeds import Stream
from lecture.training.fit import fit
from lecture.training.scores import evaluate

KINDS = ("fine-tuned", "frozen", "random, frozen")
"""What happens to the first k layers: borrowed and trained on; borrowed and kept; never trained at all."""


@dataclass(frozen=True, kw_only=True)
class TransferredLayers(Lending):
    """Take the first k convolutions from a network for the signals 0 to 4, start the rest anew, and learn 5 to 9.

    After Yosinski et al. (2014), who did this with the two halves of ImageNet's classes and eight layers. Their network
    had as many examples of the new task as of the old one; here the new task has few, which is when one borrows.

    Number of layers, examples and rate (0.01 of 0.003 and 0.01) were looked at on seeds 1000 and up.

    Attributes:
        layers: Layers with weights, the last one linear.
        channels: Channels of each convolution.
        examples: Examples a class of the new task.
        rate: Learning rate there.
    """

    layers: int = 6
    channels: int = 16
    examples: int = 50
    steps: int = 200
    rate: float = 0.01

    presets: ClassVar = {
        "smoke": {"seeds": 2, "layers": 3, "channels": 16, "source": 20, "examples": 10, "test": 20,
                  "source_steps": 3, "steps": 3},
        "full": {"seeds": 10, "channels": 32, "source": 20_000, "test": 2000, "source_steps": 6000, "steps": 1000},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 12.0
    size: ClassVar[str] = (
        "{examples} signals of MNIST-1D a class, {layers} layers of {channels} channels, {steps} steps of {batch}; "
        "{source} a class to borrow from, {source_steps} steps"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a kind, k and seed: columns seed, kind, layers (k), accuracy (a share); k = 0 is no layer."""
        seeds = self.seeds_on(device)
        pool = signals(self.seed_range(), max(self.source, self.examples + self.test)).to(device)
        base = self.lender(pool, seeds)
        plans = [("fine-tuned", 0), *((kind, k) for kind in KINDS for k in range(1, self.layers))]
        grid = self.grid(device, plan=plans)
        model = self.network(grid.seeds.stream("weights"))
        frozen = borrow(base, model, plans)

        def freeze(step: int, losses: Tensor) -> None:
            for parameter, keep in frozen:
                if parameter.grad is not None:
                    parameter.grad.mul_(keep)

        few = slice(self.examples), slice(self.examples, self.examples + self.test)
        (x, y), (x_test, y_test) = (
            [torch.cat([part] * len(plans)) for part in examples(pool, NEW, which)] for which in few
        )
        fit(model, x, y, grid.seeds, batch=self.batch, steps=self.steps, rate=self.rate, on_step=freeze)
        kinds, layers = zip(*grid.settings["plan"], strict=True)
        columns = {"seed": grid.seeds.values, "kind": kinds, "layers": layers}
        return pd.DataFrame({**columns, "accuracy": evaluate(model, x_test, y_test).accuracy.tolist()})

    def network(self, stream: Stream) -> nn.Sequential:
        """Return networks of equal convolutions and one linear layer."""
        return deep_cnn(
            stream, layers=self.layers, channels=self.channels, activation=nn.ReLU, init=he, classes=len(NEW)
        )


@torch.no_grad()
def borrow(
    base: nn.Sequential, model: nn.Sequential, plans: Sequence[tuple[str, int]]
) -> list[tuple[nn.Parameter, Tensor]]:
    """Copy the first k convolutions of R trained networks into fresh ones, R for each plan, in place.

    A plan is one of :data:`KINDS`, and k. Returns the parameters of the convolutions, each with the factors
    ``[plans * R, 1, 1]`` of its gradient: 0 where frozen.
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
