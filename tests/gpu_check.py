"""Ten minutes with somebody's GPU: every experiment for a few steps there and on the processor, side by side.

    python -m tests.gpu_check                     # on the best device there is
    python -m tests.gpu_check history --device mps

Each runs at the ``smoke`` preset on both and prints its seconds, and how far its numbers lie apart: they are the same
experiment, up to rounding and what a few steps make of it. What is offered at ``full`` alone runs a few steps on
made-up images, and then says how many steps a second its real trainings do. What fails is told, the rest goes on,
and the status is 1.
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest import mock

import numpy as np
import pandas as pd
import torch

from lecture import devices
from lecture.data import cifar10, whole_mnist
from lecture.experiments import foresight, registry
from lecture.experiments.experiment import Experiment
from tests import handwriting, photographs, pictures

CLOSE = 0.05
"""Share of a column's spread within which most numbers of a few steps lie on two devices."""


def apart(there: pd.DataFrame, here: pd.DataFrame) -> float:
    """Return how far two tables of one experiment lie apart: the largest median difference of a column of numbers.

    Differences are in units of the column's spread. Times, which are never the same, are left out.

    Raises:
        ValueError: They have other columns or rows.
    """
    if list(there.columns) != list(here.columns) or len(there) != len(here):
        raise ValueError(f"tables of {there.shape} and {here.shape}, columns {list(there.columns)}")
    found = 0.0
    for name in here.select_dtypes("number"):
        if "second" in name:
            continue
        a, b = there[name].to_numpy(float), here[name].to_numpy(float)
        both = np.isfinite(a) & np.isfinite(b)
        spread = float(np.ptp(b[both])) if both.any() else 0.0
        difference = np.abs(a[both] - b[both])
        if difference.size and difference.max() > 0:
            found = max(found, float(np.median(difference)) / (spread or float(np.abs(b[both]).max()) or 1.0))
    return found


def checked(experiment: Experiment, device: torch.device) -> tuple[float, float, float]:
    """Return the seconds there and on the processor, and how far apart the numbers are."""
    tables, seconds = [], []
    for place in (device, torch.device("cpu")):
        start = time.perf_counter()
        tables.append(experiment.run(place))
        if place.type == "cuda":
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - start)
    return seconds[0], seconds[1], apart(*tables)


@contextlib.contextmanager
def few_steps(experiment: type[Experiment]) -> Iterator[Experiment]:
    """Give settings that take seconds: those of ``smoke``, or few steps on made-up data where that is not offered."""
    if "smoke" in experiment.offered:
        yield experiment.preset("smoke")
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.object(cifar10, "load", photographs.made_up),
        mock.patch.object(whole_mnist, "load", handwriting.made_up),
        mock.patch.dict(os.environ, {"LECTURE_DATA": str(pictures.write(Path(folder)))}),
    ):
        yield experiment(**experiment.few_steps)


def speeds(experiment: type[Experiment], device: torch.device) -> Iterator[str]:
    """Yield for each training of the real run how many steps a second it does, as a line."""
    settings = experiment.preset("full")
    for name, steps in foresight.steps_a_second(settings, device):
        yield f"    {name:60} {steps:9.1f} steps/s"


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the experiments that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="experiments or chapters; all of them if none is named")
    parser.add_argument("--device", help="cuda, mps or cpu; by default the best there is")
    parser.add_argument("--quick", action="store_true", help="do not time what is offered at full alone")
    options = parser.parse_args(arguments)
    device = devices.pick(options.device) if options.device else devices.pick()
    devices.prepare()
    chosen = registry.select(options.names) if options.names else list(registry.experiments().values())
    print(f"{devices.describe(device)}, torch {torch.__version__}")
    failed = []
    for experiment in chosen:
        try:
            with few_steps(experiment) as settings:
                there, here, difference = checked(settings, device)
            told = list(speeds(experiment, device)) if "smoke" not in experiment.offered and not options.quick else []
        except Exception:
            failed.append(experiment.name())
            print(f"{experiment.name():50} FAILED\n{traceback.format_exc()}", flush=True)
            continue
        note = "" if experiment.exclusive or difference <= CLOSE else "   far apart: look"
        print(
            f"{experiment.name():50} {there:7.2f} s {here:7.2f} s on the cpu, apart by {difference:.1e}{note}",
            flush=True,
        )
        print(*told, sep="\n", end="\n" if told else "", flush=True)
    print(f"{len(chosen) - len(failed)} of {len(chosen)} ran" + (f"; failed: {', '.join(failed)}" if failed else ""))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
