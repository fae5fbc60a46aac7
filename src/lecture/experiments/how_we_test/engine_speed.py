"""How fast this book trains: its engine beside the plain loop and vmap, and beside the products of a step alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

import pandas as pd
import torch

from lecture import devices
from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.experiments.how_we_test import products
from lecture.experiments.how_we_test.ways import (
    POINTS,
    WAYS,
    Network,
    Recipe,
    clock_of,
    convolutional,
    fully_connected,
)
from lecture.seeds import Seeds

PRODUCTS = "products alone"
CONVOLUTIONS = 3


@dataclass(frozen=True)
class Case:
    """Networks that are trained.

    Attributes:
        network: ``"MLP"`` or ``"CNN"``.
        depth: Its hidden layers.
        replicas: Number of networks, each from a seed of its own.
        batch: Examples a step.
    """

    network: str
    depth: int
    replicas: int
    batch: int


@dataclass(frozen=True, kw_only=True)
class EngineSpeed(Experiment):
    """Times a training step of several networks, one after another or at once, by each way to train them.

    One case is the usual one. Around it the number of networks, the depth and the batch vary, each alone; a
    convolutional network stands beside it. Each way trains from the start, for a few steps, and gets the same examples;
    building the networks is not timed. Beside the ways stand the matrix products of such a step by themselves, with all
    numbers in the caches: what a step of these shapes would take if it did nothing else.

    One thread computes, as wherever the book trains. Each round times all in turn, so that a slow moment of the machine
    falls on all alike.

    Attributes:
        seeds: Rounds; the number of one is in the column ``seed``.
        networks: Networks at once, usually.
        many: The other numbers of networks.
        depth: Hidden layers, usually.
        depths: The other depths.
        batch: Examples a step, usually.
        batches: The other batches.
        width: Units in each hidden layer.
        channels: Channels of the convolutional network.
        examples: Training examples.
        steps: Steps over which a time is taken.
        duration: Shortest time over which a product is repeated in each round, in seconds.
    """

    seeds: int = 4
    networks: int = 10
    many: tuple[int, ...] = (1, 3, 30, 100)
    depth: int = 2
    depths: tuple[int, ...] = (1, 4, 8)
    batch: int = 100
    batches: tuple[int, ...] = (10, 30, 300, 1000)
    width: int = 100
    channels: int = 25
    examples: int = 4000
    steps: int = 12
    duration: float = 0.005

    presets: ClassVar = {
        "smoke": {
            "seeds": 2, "networks": 2, "many": (1, 4), "depths": (1, 8), "batches": (10, 30), "width": 20,
            "channels": 4, "examples": 200, "steps": 2, "duration": 0.0005,
        },
        "full": {"seeds": 20, "many": (1, 3, 30, 100, 300, 1000), "steps": 100, "duration": 0.05},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 35.0
    exclusive: ClassVar[bool] = True
    size: ClassVar[str] = (
        "usually {networks} networks, {depth} hidden layers of {width} units, {batch} examples a step; besides {many} "
        "networks, {depths} layers, {batches} examples, and a network of three convolutions"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row for each case, way and round.

        ``way`` is one of those in :mod:`~lecture.experiments.how_we_test.ways`, or ``"products alone"``. ``seconds``
        are those of one step of all networks, ``operations`` are of its matrix products, for all networks.
        """
        before = torch.get_num_threads()
        torch.set_num_threads(1)
        where = {"device": devices.describe(device), "kind": device.type}
        rows = [{**where, **vars(case), **measured} for case, measured in self._timed(device)]
        torch.set_num_threads(before)
        return pd.DataFrame(rows)

    def cases(self) -> list[Case]:
        """Return what is trained, the usual case first."""
        usual = Case("MLP", self.depth, self.networks, self.batch)
        return [
            usual,
            *(replace(usual, replicas=replicas) for replicas in self.many),
            *(replace(usual, depth=depth) for depth in self.depths),
            *(replace(usual, batch=batch) for batch in self.batches),
            replace(usual, network="CNN", depth=CONVOLUTIONS),
        ]

    def network(self, case: Case) -> Network:
        """Return what is trained in a case."""
        return convolutional(self.channels) if case.network == "CNN" else fully_connected(case.depth, self.width)

    def _timed(self, device: torch.device) -> Iterator[tuple[Case, dict[str, object]]]:
        x, y = (part.to(device) for part in mnist1d.generate(self.examples, self.first_seed))
        clock = clock_of(device)
        sizes = {case: self._products(case) for case in self.cases()}
        for seed in (None, *self.seed_range()):
            for case, found in sizes.items():
                operations = case.replicas * products.operations(found)
                steps = self.steps if seed is not None else 1  # the first round is not told: code is loaded
                seeds = tuple(range(self.first_seed, self.first_seed + case.replicas))
                taken = {
                    name: way(self.network(case), Recipe(case.batch, steps), seeds, x, y, clock)[0] / steps
                    for name, way in WAYS.items()
                }
                if seed is not None:
                    stream = Seeds(seeds, device).stream("products")
                    taken[PRODUCTS] = products.seconds(found, stream, self.duration)
                    for way, seconds in taken.items():
                        yield case, {"way": way, "seed": seed, "seconds": seconds, "operations": operations}

    def _products(self, case: Case) -> dict[products.Size, int]:
        one = self.network(case).replicas(Seeds((self.first_seed,), torch.device("cpu")).stream("weights"))
        return products.sizes(one, case.batch, POINTS)
