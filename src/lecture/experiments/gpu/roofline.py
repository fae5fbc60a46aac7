"""How fast memory and arithmetic are here, and the layers of two networks between the two limits."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, NamedTuple

import pandas as pd
import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d, linear

from lecture import devices
from lecture.experiments.experiment import Experiment
from lecture.models.alexnet import alexnet
from lecture.models.counting import count
from lecture.seeds import Seeds

BYTES = 4  # of a float32 number


class Job(NamedTuple):
    """Something to time.

    Attributes:
        kind: ``"copy"``, ``"triad"``, ``"product"``, ``"full"`` or ``"convolution"``.
        layer: Name of the layer, or the way of computing a product; empty for memory.
        batch: Examples at once; 0 where it is no layer.
        operations: Floating-point operations, each multiplication and each addition is one.
        bytes: To and from memory, if each number travels once.
        work: Does it.
    """

    kind: str
    layer: str
    batch: int
    operations: int
    bytes: int
    work: Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Roofline(Experiment):
    """Times memory, arithmetic and layers: what a roof over the speed of a machine is made of (Williams et al. 2009).

    Memory is timed as McCalpin's STREAM does it, on arrays too long for the caches: ``copy`` moves an array, ``triad``
    computes ``a = b + s c``. Arithmetic is the product of two square matrices, and a convolution with many maps, which
    is a product too but may come from another library; the peak is that of the faster one. Below the roof stand the
    layers of AlexNet and one of a small network, forward, in float32, for several numbers of examples; what would take
    more than ``most`` operations is left out.

    Each round times all of them in turn, and keeps the fastest of the repetitions that fit into ``duration``: another
    program can only make it slower. The chosen device is measured, and one thread of the CPU beside it.

    Attributes:
        seeds: Rounds; the number of one is in the column ``seed``.
        numbers: Length of the arrays.
        side: Rows of the square matrices.
        width: Inputs and outputs of the small network's layer.
        batches: Examples at once, fully connected layers.
        images: The same, convolutional layers.
        narrow: Divides the numbers of AlexNet's maps and units.
        most: Operations of the largest job.
        duration: Shortest time over which a job is repeated in each round, in seconds.
    """

    seeds: int = 5
    numbers: int = 2**25
    side: int = 512
    width: int = 200
    batches: tuple[int, ...] = (1, 4, 16, 64, 256, 1024, 4096)
    images: tuple[int, ...] = (1, 8, 32)
    narrow: int = 1
    most: float = 8e10
    duration: float = 0.03

    presets: ClassVar = {
        "smoke": {
            "seeds": 2, "numbers": 2**20, "side": 256, "batches": (1, 16, 256), "images": (1,), "narrow": 8,
            "duration": 0.002,
        },
        "full": {"seeds": 20, "numbers": 2**28, "side": 8192, "images": (1, 8, 32, 128), "most": 1e13},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 13.0
    exclusive: ClassVar[bool] = True
    size: ClassVar[str] = (
        "layers of AlexNet, {batches} examples (convolutions {images}); arrays of {numbers} numbers; matrices of "
        "{side} rows"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each device, job and round.

        ``kind`` of the device, ``job``, ``layer``, ``batch``, ``operations`` and ``bytes`` as in :class:`Job`;
        ``seconds`` of the fastest repetition.
        """
        before = torch.get_num_threads()
        torch.set_num_threads(1)  # several wait for each other, and so for whatever else the machine does
        rows = [
            (devices.describe(target), target.type, job.kind, job.layer, job.batch, job.operations, job.bytes, seed, s)
            for target in dict.fromkeys([device, torch.device("cpu")])
            for seed, job, s in self._timed(target)
        ]
        torch.set_num_threads(before)
        columns = ["device", "kind", "job", "layer", "batch", "operations", "bytes", "seed", "seconds"]
        return pd.DataFrame(rows, columns=columns)

    def _timed(self, device: torch.device) -> Iterator[tuple[int, Job, float]]:
        jobs = list(self.jobs(device))
        for job in jobs:
            job.work()  # the first time is slower: memory is handed out, code is loaded
        for seed in self.seed_range():
            for job in jobs:
                yield seed, job, _fastest(job.work, self.duration, device)

    def jobs(self, device: torch.device) -> Iterator[Job]:
        """Yield everything that is timed, with what it operates on."""
        stream = Seeds((self.first_seed,), device).stream("numbers")
        n, side = self.numbers, self.side
        a, b, c = (stream.uniform(n)[0] for _ in range(3))
        yield Job("copy", "", 0, 0, 2 * n * BYTES, partial(a.copy_, b))
        yield Job("triad", "", 0, 2 * n, 3 * n * BYTES, partial(torch.add, b, c, alpha=3.0, out=a))
        x, y = stream.normal(side, side)[0], stream.normal(side, side)[0]
        operations, moved = 2 * side**3, 3 * side**2 * BYTES
        yield Job("product", "matrices", 0, operations, moved, partial(torch.mm, x, y, out=torch.empty_like(x)))
        half, places = side // 2, 16  # a convolution is a product, too
        z, kernel = stream.normal(1, half, places, places)[0], stream.normal(half, half, 3, 3)[0]
        operations, moved = 2 * z.numel() * kernel[0].numel(), BYTES * (2 * z.numel() + kernel.numel())
        yield Job("product", "convolution", 0, operations, moved, partial(conv2d, z, kernel, padding=1))
        yield from self._layers(device)

    def _layers(self, device: torch.device) -> Iterator[Job]:
        with torch.device("meta"):
            small = nn.Linear(self.width, self.width)
            model = alexnet(narrow=self.narrow)
            seen, _ = count(model, torch.empty(1, 3, 224, 224))
        before = [(3, 224, 224), *(layer.shape for layer in seen)]  # what goes into each layer
        layers = [
            (layer.name, model.get_submodule(layer.name), shape) for layer, shape in zip(seen, before, strict=False)
        ]
        for name, layer, shape in [("small", small, (self.width,)), *layers]:
            if isinstance(layer, nn.Linear | nn.Conv2d):
                weight = torch.full(layer.weight.shape, 0.01, device=device)
                for batch in self.batches if isinstance(layer, nn.Linear) else self.images:
                    outputs = layer(torch.empty(batch, *shape, device="meta")).numel()
                    operations = 2 * outputs * weight[0].numel()
                    if operations <= self.most:
                        x = torch.full((batch, *shape), 0.5, device=device)
                        moved = BYTES * (x.numel() + weight.numel() + outputs)
                        yield Job(_kind(layer), name, batch, operations, moved, _forward(layer, x, weight))


def _kind(layer: nn.Linear | nn.Conv2d) -> str:
    return "full" if isinstance(layer, nn.Linear) else "convolution"


def _forward(layer: nn.Linear | nn.Conv2d, x: Tensor, weight: Tensor) -> Callable[[], Tensor]:
    """Return a function that computes the layer, without its bias."""
    if isinstance(layer, nn.Linear):
        return partial(linear, x, weight)
    return partial(conv2d, x, weight, None, layer.stride, layer.padding, layer.dilation, layer.groups)


def _fastest(work: Callable[[], object], duration: float, device: torch.device) -> float:
    """Return the seconds of the fastest repetition."""
    wait = _nothing if device.type == "cpu" else torch.accelerator.synchronize
    best, begin = float("inf"), time.perf_counter()
    while time.perf_counter() - begin < duration:
        start = time.perf_counter()
        work()
        wait()
        best = min(best, time.perf_counter() - start)
    return best


def _nothing() -> None:
    """Do not wait: a processor is done when it says so."""
