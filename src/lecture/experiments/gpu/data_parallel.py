"""Data parallelism, really run: two processes, half of the batch each, against one process with all of it.

``torchrun --nproc-per-node 2 -m lecture.experiments.gpu.data_parallel`` runs the same on processes of torchrun's.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, ClassVar

import pandas as pd
import torch
import torch.distributed as dist
from torch import Tensor, nn

from lecture.experiments.experiment import Experiment
from lecture.seeds import Stream
from lecture.training.distributed import joined, together

POINTS, CLASSES = 40, 10  # of MNIST-1D, which the examples are as large as
FORMATS = {"float32": torch.float32, "float64": torch.float64}
VARIANTS = {
    "plain": {},
    "batch normalisation, own half": {"norm": "own"},
    "batch normalisation, whole batch": {"norm": "whole"},
    "dropout, own lots": {"drop": "own"},
    "dropout, same lots": {"drop": "same"},
}
"""What looks at the batch or draws by lot, and what mends it."""


@dataclass(frozen=True, kw_only=True)
class DataParallel(Experiment):
    """Compares the averaged gradient of two processes with the gradient of one that has the whole batch.

    Both are computed in float32 and in float64: what rounding alone makes different shrinks with the format, and what
    is another computation does not.

    Attributes:
        width: Units of each of two hidden layers.
        batch: Examples, over both processes.
    """

    width: int = 100
    batch: int = 64

    presets: ClassVar = {"smoke": {"seeds": 2, "width": 16, "batch": 8}}
    core_seconds: ClassVar[float] = 8.0
    size: ClassVar[str] = "one step with {batch} examples on 2 hidden layers of {width} units, in two processes"

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each variant, number format and seed; the device is the CPU, whatever is asked for.

        ``difference`` is the length of the difference of the two gradients over that of the single process's;
        ``parameters`` says how many numbers a gradient has, ``bytes`` how many bytes of it each process sends a step.
        """
        cases = list(product(VARIANTS, FORMATS, self.seed_range()))
        averaged, _ = together(in_each_process, self.width, self.batch, cases)
        rows = [
            (*case, _difference(ours, gradient(self.width, self.batch, *case)), len(ours), ours.nbytes)
            for case, ours in zip(cases, averaged, strict=True)
        ]
        return pd.DataFrame(rows, columns=["variant", "format", "seed", "difference", "parameters", "bytes"])


def in_each_process(width: int, batch: int, cases: list[tuple[str, str, int]]) -> list[Tensor]:
    """Return the averaged gradient of each case; every process returns the same."""
    return [gradient(width, batch, *case, dist.get_rank(), dist.get_world_size()) for case in cases]


def gradient(width: int, batch: int, variant: str, number_format: str, seed: int, rank: int = 0, of: int = 1) -> Tensor:
    """Return the gradient of all parameters ``[P]`` for the whole batch: of one process, or the average of several.

    Args:
        width: Units of each hidden layer.
        batch: Examples, over all processes.
        variant: One of :data:`VARIANTS`.
        number_format: One of :data:`FORMATS`.
        seed: Of the weights, examples and lots.
        rank: Which process this is.
        of: How many there are; each takes as many examples.
    """
    dtype = FORMATS[number_format]
    mine = slice(rank * batch // of, (rank + 1) * batch // of)
    model = _network(width, batch, seed, mine, of, **VARIANTS[variant]).to(dtype)
    x = Stream((seed,), "examples").normal(batch, POINTS)[0, mine].to(dtype)
    labels = Stream((seed,), "labels").integers(batch, below=CLASSES)[0, mine]
    torch.autograd.backward(nn.functional.cross_entropy(model(x), labels))
    found = torch.cat([p.grad.flatten() for p in model.parameters() if p.grad is not None])
    if of > 1:
        dist.all_reduce(found)  # the sum over all processes, in each of them
    return found / of


def _network(width: int, batch: int, seed: int, mine: slice, of: int, norm: str = "", drop: str = "") -> nn.Sequential:
    def layers() -> Iterator[tuple[str, nn.Module]]:
        for number, inputs in enumerate((POINTS, width), start=1):
            yield f"hidden{number}", nn.Linear(inputs, width)
            if norm:
                yield f"norm{number}", BatchNorm(everybody=norm == "whole" and of > 1)
            yield f"relu{number}", nn.ReLU()
            if drop:
                # Who has lots of its own draws for its own examples; the same lots are drawn for all, and each process
                # takes its part.
                own = drop == "own" and of > 1
                purpose = f"lots {number} of {mine.start}" if own else f"lots {number}"
                kept = Stream((seed,), purpose).uniform(batch, width)[0, mine] < 0.5
                yield f"drop{number}", Dropout(kept)
        yield "last", nn.Linear(width, CLASSES)

    model = nn.Sequential(OrderedDict(layers()))
    weights = Stream((seed,), "weights")
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(weights.normal(*parameter.shape, std=width**-0.5)[0])
    return model


class BatchNorm(nn.Module):
    """Batch normalisation ``[B, n] -> [B, n]`` without scale and shift, over one's own examples or everybody's."""

    def __init__(self, everybody: bool) -> None:
        super().__init__()
        self.everybody = everybody

    def forward(self, x: Tensor) -> Tensor:
        """Return ``x`` with mean 0 and variance 1 in each column."""
        n, sums = len(x), torch.stack([x.sum(0), x.square().sum(0)])
        if self.everybody:
            n *= dist.get_world_size()
            sums = SumOverAll.apply(sums)  # type: ignore[no-untyped-call]  # torch gives it no types
        mean = sums[0] / n
        variance = sums[1] / n - mean**2
        result: Tensor = (x - mean) / (variance + 1e-5).sqrt()
        return result


class SumOverAll(torch.autograd.Function):
    """The sum over all processes; backwards too, since everybody's loss depends on everybody's numbers."""

    @staticmethod
    def forward(ctx: Any, mine: Tensor) -> Tensor:
        """Return the sum."""
        total = mine.clone()
        dist.all_reduce(total)
        return total

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        """Return the sum of the gradients."""
        total = gradients[0].clone()
        dist.all_reduce(total)
        return total


class Dropout(nn.Module):
    """Dropout of one half ``[B, n] -> [B, n]`` with lots that were drawn before: ``kept`` says which numbers stay."""

    def __init__(self, kept: Tensor) -> None:
        super().__init__()
        self.kept = kept

    def forward(self, x: Tensor) -> Tensor:
        """Return ``x``, the kept numbers twice as large, the others 0."""
        return 2 * self.kept * x


def _difference(ours: Tensor, reference: Tensor) -> float:
    return float((ours - reference).norm() / reference.norm())


def _under_torchrun() -> None:
    settings = DataParallel(seeds=1)
    cases = list(product(VARIANTS, FORMATS, settings.seed_range()))
    with joined():
        averaged = in_each_process(settings.width, settings.batch, cases)
        if dist.get_rank() == 0:
            for case, ours in zip(cases, averaged, strict=True):
                alone = gradient(settings.width, settings.batch, *case)
                print(f"{case[0]}, {case[1]}: {_difference(ours, alone):.1e}")


if __name__ == "__main__":
    _under_torchrun()
