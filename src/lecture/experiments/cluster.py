"""Experiments on the machines of a Dask cluster, which need not share this machine's cache folder.

Each worker computes a whole record and sends it back encoded; it is stored here. Dask gives work to whoever is idle,
to workers that join later too, and repeats the work of one that is lost.
"""

import time
from collections.abc import Iterator
from typing import Any

import torch

from lecture.errors import LectureError
from lecture.experiments.experiment import Experiment
from lecture.experiments.plan import Outcome, Plan
from lecture.records import folder, store
from lecture.records.hopeless import Hopeless

WAIT = 10  # seconds for an answer from the scheduler


def elsewhere(plan: Plan, address: str) -> Iterator[Outcome]:
    """Compute a plan's jobs on a cluster, and yield each outcome when its record is stored here.

    On a GPU a worker must offer the resource ``GPU`` (``dask worker ... --resources GPU=1``): one experiment a GPU.

    Raises:
        LectureError: Dask is not installed, nobody answers at that address, or the connection is lost.
    """
    try:
        from distributed import Client, as_completed
        from distributed.comm.core import CommClosedError
    except ImportError as error:
        raise LectureError("a cluster needs Dask: pip install -e '.[cluster]'") from error
    try:
        client = Client(address, timeout=WAIT, set_as_default=False)  # type: ignore[no-untyped-call]  # no types
    except (OSError, ValueError) as error:
        raise LectureError(f"no Dask scheduler answers at {address}: start one with 'dask scheduler'") from error
    resources = {} if plan.device.type == "cpu" else {"GPU": 1}
    try:
        with client, client.as_current():
            futures = {
                client.submit(
                    _record, job.experiment, plan.device.type, pure=False, resources=resources
                ): job.experiment
                for job in (*plan.jobs, *plan.alone)
            }
            for future in as_completed(futures, raise_errors=False):  # type: ignore[no-untyped-call]  # no types
                experiment = futures.pop(future)
                yield _outcome(experiment, plan.device, future)
                future.release()
    except CommClosedError as error:
        raise LectureError(f"the connection to {address} was lost: what is finished is kept, run again") from error


def _outcome(experiment: Experiment, device: torch.device, future: Any) -> Outcome:
    seconds, error = 0.0, ""
    try:
        data, seconds = future.result()
        store.keep(experiment, device, data)
    except Hopeless:
        raise
    except Exception as trouble:
        error = f"{type(trouble).__name__}: {trouble}".splitlines()[0]
        if isinstance(trouble, LectureError):
            error = str(trouble).removeprefix(f"{experiment.name()}: ")
    return Outcome(experiment.name(), seconds, error)


def _record(experiment: Experiment, device: str) -> tuple[bytes, float]:
    """Compute one record; runs on a worker, which need not keep what it had begun any longer."""
    start, place = time.perf_counter(), torch.device(device)
    data = store.computed(experiment, place)
    folder.forget_unfinished(store.path_of(experiment, place))
    return data, time.perf_counter() - start
