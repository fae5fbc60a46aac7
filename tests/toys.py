"""Experiments that take no time, for the tests of the store, the schedule and the command line."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pandas as pd
import torch

from lecture.experiments.experiment import Experiment
from lecture.records.hopeless import Hopeless


@dataclass(frozen=True, kw_only=True)
class Toy(Experiment):
    """Draws numbers, and leaves a line for each run in a file.

    Attributes:
        rows: Rows a seed.
        journal: File that gets a line for each run.
    """

    seeds: int = 2
    rows: int = 3
    journal: str = ""

    size: ClassVar[str] = "{rows} rows"
    presets: ClassVar = {"smoke": {"rows": 1}, "full": {"rows": 9}}

    @classmethod
    def name(cls) -> str:
        return f"toys.{cls.__name__.lower()}"

    def run(self, device: torch.device) -> pd.DataFrame:
        if self.journal:
            with Path(self.journal).open("a") as file:
                file.write(f"{self.name()} {os.getpid()} {torch.get_num_threads()}\n")
        rows = [(seed, row, (seed + 1) / (row + 1)) for seed in self.seed_range() for row in range(self.rows)]
        return pd.DataFrame(rows, columns=["seed", "row", "value"])


class Other(Toy):
    """Another one."""

    core_seconds: ClassVar[float] = 5.0


class Timing(Toy):
    """Measures time."""

    exclusive: ClassVar[bool] = True
    core_seconds: ClassVar[float] = 50.0


class Broken(Toy):
    """Fails."""

    core_seconds: ClassVar[float] = 3.0

    def run(self, device: torch.device) -> pd.DataFrame:
        raise ZeroDivisionError("nothing to divide by")


class Untidy(Toy):
    """Returns a table with an index."""

    def run(self, device: torch.device) -> pd.DataFrame:
        return super().run(device).set_index("seed")


class Greedy(Toy):
    """Keeps 200 MB for ever."""

    kept: ClassVar[list[torch.Tensor]] = []

    def run(self, device: torch.device) -> pd.DataFrame:
        self.kept.append(torch.ones(25_000_000, dtype=torch.float64))
        time.sleep(0.4)
        return super().run(device)


class Slow(Toy):
    """Takes a while."""

    core_seconds: ClassVar[float] = 0.1

    def run(self, device: torch.device) -> pd.DataFrame:
        table = super().run(device)
        time.sleep(float(os.environ.get("TOY_SECONDS", "60")))
        return table


class Full(Toy):
    """Finds the disk full, as :class:`Patient` hears."""

    core_seconds: ClassVar[float] = 3.0

    def run(self, device: torch.device) -> pd.DataFrame:
        super().run(device)
        raise Hopeless("the cache folder is full: free some space there")


class Patient(Toy):
    """Waits until :class:`Full` has left its line in the journal, and a little longer."""

    def run(self, device: torch.device) -> pd.DataFrame:
        while "toys.full" not in Path(self.journal).read_text():
            time.sleep(0.05)
        time.sleep(0.2)
        return super().run(device)


class TooOld(Toy):
    """Runs on a GPU that torch was not built for."""

    core_seconds: ClassVar[float] = 3.0

    def run(self, device: torch.device) -> pd.DataFrame:
        raise RuntimeError("CUDA error: no kernel image is available for execution on the device\nSearch for `cuda...")
