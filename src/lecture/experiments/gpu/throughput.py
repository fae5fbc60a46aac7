"""Examples a second of one and the same training step: by device, threads, batch size and replicas."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat
from statistics import median
from time import perf_counter
from typing import ClassVar

import joblib
import pandas as pd
import torch
from torch import nn

from lecture import devices
from lecture.experiments.experiment import Experiment
from lecture.models.initialisers import he
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.loop import train
from lecture.training.optimisers import SGD


@dataclass(frozen=True, kw_only=True)
class Throughput(Experiment):
    """Times the training step of a small network (forward, backward, update) beside a plain matrix product.

    The product of two square float32 matrices is what the machine does fastest: the peak that the steps are held
    against. All settings are timed in turn, and the whole round is repeated, so that a slow moment of the machine
    falls on all of them alike. The chosen device is measured, and the CPU beside it; a machine without a GPU has no
    rows of one.

    Times are not reproducible bit for bit, so whatever is concluded from them must have wide margins.

    Attributes:
        seeds: Repetitions of the whole round; the number of one is in the column ``seed``.
        depth: Hidden layers of the network.
        width: Units in each.
        batches: Numbers of examples a step.
        replicas: Numbers of networks trained at once.
        side: Rows of the square matrices in the product.
        duration: Shortest time over which a setting is timed, three times in each round, in seconds.
    """

    seeds: int = 5
    depth: int = 2
    width: int = 200
    batches: tuple[int, ...] = (1, 10, 100, 1000)
    replicas: tuple[int, ...] = (1, 5, 20)
    side: int = 1024
    duration: float = 0.02

    presets: ClassVar = {
        "smoke": {"seeds": 2, "batches": (1, 100), "replicas": (1, 5), "side": 256, "duration": 0.002},
        "full": {"seeds": 20, "batches": (1, 10, 100, 1000, 10000), "side": 4096},
    }
    core_seconds: ClassVar[float] = 15.0
    exclusive: ClassVar[bool] = True

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each device, number of threads, job and repetition.

        ``job`` is ``"step"`` or ``"product"``; ``replicas`` and ``batch`` are 0 for the product. ``seconds`` is the
        time of one, ``examples_per_second`` counts training examples over all replicas, ``gflops`` are 10^9 float32
        operations a second, ``share_of_peak`` holds them against the device's fastest product (median over the
        repetitions).
        """
        before = torch.get_num_threads()
        try:
            rows = [row for target in _beside_cpu(device) for row in self._measure(target)]
        finally:
            torch.set_num_threads(before)
        table = pd.DataFrame(rows)
        products = table[table.job == "product"].groupby(["device", "threads"]).gflops.median()
        table["share_of_peak"] = table.gflops / table.device.map(products.groupby("device").max())
        return table

    def operations(self, replicas: int, batch: int) -> int:
        """Return the float32 operations of one step, matrix products only.

        Each weight costs one multiplication and one addition three times over: forward, for its own gradient, and for
        the gradient handed down. The first layer hands none down.
        """
        first, hidden, last = 40 * self.width, (self.depth - 1) * self.width**2, self.width * 10
        return 2 * replicas * batch * (2 * first + 3 * (hidden + last))

    def _measure(self, device: torch.device) -> list[dict[str, object]]:
        jobs = [("product", 0, 0, self._product(device))]
        jobs += [("step", r, b, self._steps(device, r, b)) for r in self.replicas for b in self.batches]
        rows: list[dict[str, object]] = []
        for seed in self.seed_range():
            for threads in _threads(device):
                torch.set_num_threads(threads)
                for job, replicas, batch, work in jobs:
                    seconds = _seconds(work, self.duration)
                    work_done = self.operations(replicas, batch) if job == "step" else 2 * self.side**3
                    rows.append(
                        {
                            "device": devices.describe(device),
                            "kind": device.type,
                            "threads": threads,
                            "job": job,
                            "replicas": replicas,
                            "batch": batch,
                            "seed": seed,
                            "seconds": seconds,
                            "examples_per_second": replicas * batch / seconds,
                            "gflops": work_done / seconds / 1e9,
                        }
                    )
        return rows

    def _steps(self, device: torch.device, replicas: int, batch: int) -> Callable[[int], None]:
        """Return a function that does so many training steps on random examples."""
        seeds = Seeds(tuple(range(self.first_seed, self.first_seed + replicas)), device)
        model = mlp(seeds.stream("weights"), depth=self.depth, width=self.width, activation=nn.ReLU, init=he)
        examples = seeds.stream("examples")
        pair = examples.normal(batch, 40), examples.integers(batch, below=10)
        optimiser = SGD(model, lr=0.01)
        return lambda times: train(model, optimiser, repeat(pair, times))

    def _product(self, device: torch.device) -> Callable[[int], None]:
        """Return a function that multiplies two square matrices so many times."""
        stream = Seeds((self.first_seed, self.first_seed + 1), device).stream("matrices")
        a, b = stream.normal(self.side, self.side)
        out = torch.empty_like(a)

        def work(times: int) -> None:
            for _ in range(times):
                torch.mm(a, b, out=out)

        return work


def _beside_cpu(device: torch.device) -> list[torch.device]:
    return [device] if device.type == "cpu" else [device, torch.device("cpu")]


def _threads(device: torch.device) -> list[int]:
    """Return the numbers of threads to compare: 1, 2 and all, as far as there are cores. A GPU is driven by one."""
    return sorted({1, min(2, joblib.cpu_count()), joblib.cpu_count()}) if device.type == "cpu" else [1]


def _seconds(work: Callable[[int], None], duration: float) -> float:
    """Return the seconds for one unit of ``work``: the median of three timings of at least ``duration`` seconds."""
    times, taken = 1, _timed(work, 1)
    while taken < duration:
        times = max(2 * times, int(1.2 * times * duration / max(taken, 1e-6)))
        taken = _timed(work, times)
    return median([taken, _timed(work, times), _timed(work, times)]) / times


def _timed(work: Callable[[int], None], times: int) -> float:
    _wait()
    start = perf_counter()
    work(times)
    _wait()
    return perf_counter() - start


def _wait() -> None:
    """Let a GPU finish what it was given: calls return before the work is done."""
    if torch.accelerator.is_available():
        torch.accelerator.synchronize()
