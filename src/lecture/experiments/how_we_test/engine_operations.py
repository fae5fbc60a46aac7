"""Where a training step of this book spends its time: PyTorch's profile of it, folded by kind of operation."""

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor
from torch.profiler import ProfilerActivity, profile

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.experiments.how_we_test.ways import Network, Recipe, convolutional, fully_connected, prepared

CALLS, PYTHON = "bookkeeping", "Python between the calls"
KINDS: Mapping[str, tuple[str, ...]] = {
    "matrix products": ("bmm", "baddbmm", "mm", "addmm"),
    "activations": ("clamp_min", "relu", "threshold_backward"),
    "update": ("_fused_adamw_",),
    "copies": ("copy_", "index_select", "index", "cat", "zero_", "fill_", "add_", "add", "constant_pad_nd"),
    "loss and sums": (
        "_log_softmax", "_log_softmax_backward_data", "nll_loss_forward", "nll_loss2d_forward", "nll_loss_backward",
        "nll_loss2d_backward", "mean", "sum", "div", "mul",
    ),
}  # fmt: skip
"""Operations of PyTorch that compute or move numbers, by kind; the others only look after tensors."""


def profiled(network: Network, recipe: Recipe, seeds: Sequence[int], x: Tensor, y: Tensor) -> dict[str, float]:
    """Return the engine's time by kind of operation, as shares of one, the kinds of :data:`KINDS` first.

    What is left of the time when all operations are counted is Python's, between the calls. The profiler itself takes
    its time at every call, so small ones look larger than they are.
    """
    os.environ.setdefault("KINETO_LOG_LEVEL", "99")  # else its library writes two lines of its own at each profile
    _, work = prepared(network, recipe, seeds, x, y)
    with profile(activities=[ProfilerActivity.CPU]) as trace:
        start = time.perf_counter()
        work()
        seconds = time.perf_counter() - start
    taken = dict.fromkeys((*KINDS, CALLS), 0.0)
    for event in trace.key_averages():
        taken[_kind(event.key)] += event.self_cpu_time_total / 1e6
    taken[PYTHON] = max(seconds - sum(taken.values()), 0.0)
    return {kind: each / sum(taken.values()) for kind, each in taken.items()}


def _kind(event: str) -> str:
    name = event.removeprefix("aten::")
    return next((kind for kind, names in KINDS.items() if name in names), CALLS)


@dataclass(frozen=True, kw_only=True)
class EngineOperations(Experiment):
    """Profiles the engine's training steps on one thread of the processor, whatever device computes the other records.

    Attributes:
        seeds: Repetitions; the number of one is in the column ``seed``.
        networks: Networks at once.
        depths: Numbers of hidden layers.
        width: Units in each.
        channels: Of the convolutional network.
        batch: Examples a step.
        examples: Training examples.
        steps: Steps in a profile.
    """

    seeds: int = 3
    networks: int = 10
    depths: tuple[int, ...] = (2, 8)
    width: int = 100
    channels: int = 25
    batch: int = 100
    examples: int = 4000
    steps: int = 16

    presets: ClassVar = {
        "smoke": {"seeds": 2, "networks": 2, "width": 20, "channels": 4, "examples": 200, "steps": 2},
        "full": {"seeds": 20, "steps": 400},
    }
    core_seconds: ClassVar[float] = 6.0
    exclusive: ClassVar[bool] = True
    size: ClassVar[str] = (
        "steps of {networks} networks with {depths} hidden layers of {width} units, and of as many with three "
        "convolutions of {channels} channels; {batch} examples"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each network, kind of operation and repetition, with its share of the time."""
        before = torch.get_num_threads()
        torch.set_num_threads(1)
        x, y = mnist1d.generate(self.examples, self.first_seed)
        seeds = tuple(range(self.first_seed, self.first_seed + self.networks))
        networks = {("MLP", depth): fully_connected(depth, self.width) for depth in self.depths}
        networks[("CNN", 3)] = convolutional(self.channels)
        for network in networks.values():
            profiled(network, Recipe(self.batch, 1), seeds, x, y)  # the first is slower: code is loaded
        rows = [
            (name, depth, kind, seed, share)
            for seed in self.seed_range()
            for (name, depth), network in networks.items()
            for kind, share in profiled(network, Recipe(self.batch, self.steps), seeds, x, y).items()
        ]
        torch.set_num_threads(before)
        return pd.DataFrame(rows, columns=["network", "depth", "operation", "seed", "share"])
