"""Examples a second of one and the same training step: by device, threads, batch size and replicas."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import ClassVar

import joblib
import pandas as pd
import torch
from torch import Tensor, nn
from torch.utils.benchmark import Timer

from lecture import devices
from lecture.experiments.experiment import Experiment
from lecture.models.counting import training_multiply_adds
from lecture.models.initialisers import he
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.fit import train
from lecture.training.optimisers import SGD

COLUMNS = ["device", "kind", "threads", "job", "replicas", "batch", "seed", "seconds", "examples_per_second", "gflops"]
POINTS = 40  # of a signal of MNIST-1D, which the examples are as long as


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
        duration: Shortest time over which a setting is timed in each round, in seconds.
    """

    seeds: int = 5
    depth: int = 2
    width: int = 200
    batches: tuple[int, ...] = (1, 10, 100, 1000)
    replicas: tuple[int, ...] = (1, 5, 20)
    side: int = 1024
    duration: float = 0.06

    presets: ClassVar = {
        "smoke": {"seeds": 2, "batches": (1, 100), "replicas": (1, 5), "side": 256, "duration": 0.006},
        "full": {"seeds": 20, "batches": (1, 10, 100, 1000, 10000), "side": 4096},
    }
    core_seconds: ClassVar[float] = 8.0
    exclusive: ClassVar[bool] = True
    size: ClassVar[str] = (
        "steps of {replicas} networks with {depth} hidden layers of {width} units, {batches} examples a step; products "
        "of matrices of {side} rows"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each device, number of threads, job and repetition.

        ``job`` is ``"step"`` or ``"product"``; ``replicas`` and ``batch`` are 0 for the product. ``seconds`` is the
        time of one, ``examples_per_second`` counts training examples over all replicas, ``gflops`` are 10^9 float32
        operations a second, ``share_of_peak`` holds them against the device's fastest product (median over the
        repetitions).
        """
        targets = dict.fromkeys([device, torch.device("cpu")])
        table = pd.DataFrame([row for target in targets for row in self._measure(target)], columns=COLUMNS)
        products = table[table.job == "product"].groupby(["device", "threads"]).gflops.median()
        table["share_of_peak"] = table.gflops / table.device.map(products.groupby("device").max())
        return table

    def operations(self, replicas: int, batch: int) -> int:
        """Return the float32 operations of one step, matrix products only: each multiply-add is two."""
        return 2 * replicas * batch * training_multiply_adds(self._network(Seeds((0,), torch.device("cpu"))), POINTS)

    def _network(self, seeds: Seeds) -> nn.Sequential:
        return mlp(seeds.stream("weights"), depth=self.depth, width=self.width, activation=nn.ReLU, init=he)

    def _measure(self, device: torch.device) -> Iterator[tuple[object, ...]]:
        jobs: list[tuple[str, int, int, int, Callable[[], object]]] = [
            ("product", 0, 0, 2 * self.side**3, self._product(device))
        ]
        jobs += [
            ("step", replicas, batch, self.operations(replicas, batch), self._steps(device, replicas, batch))
            for replicas in self.replicas
            for batch in self.batches
        ]
        for seed, threads, (job, replicas, batch, operations, work) in product(
            self.seed_range(), _threads(device), jobs
        ):
            timer = Timer("work()", globals={"work": work}, num_threads=threads)
            seconds = timer.blocked_autorange(min_run_time=self.duration).median
            where, rates = (
                (devices.describe(device), device.type),
                (replicas * batch / seconds, operations / seconds / 1e9),
            )
            yield *where, threads, job, replicas, batch, seed, seconds, *rates

    def _steps(self, device: torch.device, replicas: int, batch: int) -> Callable[[], None]:
        """Return a function that does one training step on random examples."""
        seeds = Seeds(tuple(range(self.first_seed, self.first_seed + replicas)), device)
        model = self._network(seeds)
        examples = seeds.stream("examples")
        pair = examples.normal(batch, POINTS), examples.integers(batch, below=10)
        optimiser = SGD(model, lr=0.01)
        return lambda: train(model, optimiser, [pair])

    def _product(self, device: torch.device) -> Callable[[], Tensor]:
        """Return a function that multiplies two square matrices."""
        stream = Seeds((self.first_seed, self.first_seed + 1), device).stream("matrices")
        a, b = stream.normal(self.side, self.side)
        return partial(torch.mm, a, b, out=torch.empty_like(a))


def _threads(device: torch.device) -> list[int]:
    """Return the numbers of threads to compare: 1, 2 and all, as far as there are cores. A GPU is driven by one."""
    return sorted({1, min(2, joblib.cpu_count()), joblib.cpu_count()}) if device.type == "cpu" else [1]
