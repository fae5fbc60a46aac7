"""C27: a decent classifier in plain PyTorch, its length and the time it takes."""

# mypy: disable-error-code="no-untyped-call"
# the code below is to look as a beginner writes it

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any, ClassVar

import pandas as pd
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment


def classify(seed: int = 0, steps: int = 600) -> float:
    """Train a classifier and return its accuracy on new examples."""
    x, y, x_new, y_new = mnist1d.split(4000, 1000, seed)
    torch.manual_seed(seed)
    model = nn.Sequential(
        nn.Unflatten(1, (1, 40)),
        nn.Conv1d(1, 25, 5, stride=2),
        nn.ReLU(),
        nn.Conv1d(25, 25, 3, stride=2),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(25 * 8, 10),
    )
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(steps):
        batch = torch.randint(len(x), (100,))
        loss = nn.functional.cross_entropy(model(x[batch]), y[batch])
        adam.zero_grad()
        loss.backward()
        adam.step()
    return float((model(x_new).argmax(1) == y_new).float().mean())


@dataclass(frozen=True, kw_only=True)
class DecentModel(Experiment):
    """Run :func:`classify` with a clock.

    Its lines are counted where they are shown, since a record is not made anew when only the formatting changes.

    What is timed is all of it: data, training and test. Not timed is the import of PyTorch and its first step. The
    code is a beginner's, with the published network's first two layers and a usual learning rate; nothing was tuned.

    Attributes:
        steps: Training steps.
    """

    seeds: int = 5
    steps: int = 600

    presets: ClassVar = {"smoke": {"seeds": 2, "steps": 5}, "full": {"seeds": 10}}
    core_seconds: ClassVar[float] = 8.0
    exclusive: ClassVar[bool] = True
    size: ClassVar[str] = "signals of MNIST-1D, two convolutions and a linear layer, {steps} steps"

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a seed: columns seed, operations, seconds, accuracy (a share). Runs on one thread."""
        before = torch.get_num_threads()
        torch.set_num_threads(1)  # a network so small gains nothing from a second one
        try:
            return pd.DataFrame(self._rows())
        finally:
            torch.set_num_threads(before)

    def _rows(self) -> Iterator[dict[str, Any]]:
        operations = count(self.steps)  # before the clock starts: PyTorch sets itself up on first use
        for seed in self.seed_range():
            with torch.random.fork_rng(devices=[]):  # a beginner seeds the global generator; nobody else should notice
                start = perf_counter()
                accuracy = classify(seed, self.steps)
                seconds = perf_counter() - start
            yield {"seed": seed, "operations": operations, "seconds": seconds, "accuracy": accuracy}


def count(steps: int) -> int:
    """Return the floating-point operations of :func:`classify` in products of matrices, as PyTorch counts them."""

    def counted(steps: int) -> int:
        with torch.random.fork_rng(devices=[]), FlopCounterMode(display=False) as counter:
            classify(steps=steps)
        return int(counter.get_total_flops())

    none, one = counted(0), counted(1)
    return none + steps * (one - none)


def lines() -> int:
    """Return the lines of :func:`classify` that hold code: neither empty nor its docstring."""
    documentation = len((classify.__doc__ or "").splitlines())
    return sum(bool(line.strip()) for line in inspect.getsource(classify).splitlines()) - documentation
