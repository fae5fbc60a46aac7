"""Stored records of experiments: read them if they are still true, else compute and store them first."""

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import pandas as pd
import torch
from threadpoolctl import threadpool_limits

from lecture import devices
from lecture.errors import LectureError
from lecture.records import fingerprint, folder
from lecture.records.key import Recordable, circumstances, difference, key, settings_digest
from lecture.records.record import DamagedRecord, Record, decode, encode

_log = logging.getLogger("lecture")


class Status(StrEnum):
    """Whether a stored record can be used."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class State:
    """What the store holds for an experiment.

    Attributes:
        status: Fresh means: what a run would give now.
        reason: Why it is not fresh; empty if it is.
        record: The record, unless it is missing or damaged.
    """

    status: Status
    reason: str = ""
    record: Record | None = None

    @property
    def fresh(self) -> bool:
        """Whether the record is what a run would give now."""
        return self.status is Status.FRESH


def read(experiment: Recordable, device: torch.device | None = None) -> pd.DataFrame:
    """Return the records of an experiment, computed and stored first unless a fresh record is there.

    Returns:
        The tidy table; ``table.attrs["provenance"]`` says where it comes from.

    Raises:
        LectureError: The cache folder cannot be written to.
    """
    found = state(experiment, device)
    if found.status is Status.DAMAGED:
        _log.warning("%s: stored record damaged (%s), computing it again", experiment.name(), found.reason)
    return _table(found.record if found.fresh and found.record else compute(experiment, device))


def provenance(experiment: Recordable, device: torch.device | None = None) -> dict[str, Any]:
    """Return where the records of an experiment come from: device, seeds, seconds, versions, date, source digests."""
    found: dict[str, Any] = read(experiment, device).attrs["provenance"]
    return found


def state(experiment: Recordable, device: torch.device | None = None) -> State:
    """Return whether the stored record of these settings can be used, and if not why."""
    path = path_of(experiment, device or devices.pick())
    try:
        record = decode(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return State(Status.MISSING, "never computed")
    except DamagedRecord as error:
        return State(Status.DAMAGED, str(error))
    except OSError as error:
        return State(Status.DAMAGED, f"cannot be read: {error.strerror}")
    reason = difference(record.provenance, key(experiment, device or devices.pick()))
    return State(Status.STALE if reason else Status.FRESH, reason, record)


def compute(experiment: Recordable, device: torch.device | None = None, again: bool = False) -> Record:
    """Run an experiment and store what it gives; return the stored record if another process was faster.

    Args:
        experiment: The settings.
        device: By default the one in force.
        again: Run it even if a fresh record is there.

    Raises:
        LectureError: The cache folder cannot be written to, or the source was edited under the running process.
    """
    device = device or devices.pick()
    path = path_of(experiment, device)
    with folder.locked(path):
        found = state(experiment, device)
        if found.fresh and found.record and not again:
            return found.record
        wanted = key(experiment, device)
        threads = (os.cpu_count() or 1) if experiment.exclusive else 1
        with _prepared(threads):
            start = time.perf_counter()
            table = experiment.run(device)
            seconds = time.perf_counter() - start
        if edited := fingerprint.edited(fingerprint.closure(type(experiment).__module__)):
            raise LectureError(
                f"{experiment.name()}: not stored, because {edited[0]} was edited while this process ran: start again"
            )
        data = _encoded(experiment, Record(table, wanted | circumstances(experiment, table, device, threads, seconds)))
        folder.write(path, data)
        return decode(data)


def path_of(experiment: Recordable, device: torch.device) -> Path:
    """Return the file of a record: a folder an experiment, a file for each preset (or other settings) and device."""
    preset = experiment.preset_name() or f"custom-{settings_digest(experiment)}"
    return folder.cache() / experiment.name() / f"{preset}-{device.type}.parquet"


def _table(record: Record) -> pd.DataFrame:
    record.table.attrs["provenance"] = record.provenance
    return record.table


def _encoded(experiment: Recordable, record: Record) -> bytes:
    try:
        return encode(record)
    except ValueError as error:
        raise ValueError(f"{experiment.name()}: {error}") from error


@contextmanager
def _prepared(threads: int) -> Iterator[None]:
    """Compute with this many threads and without denormal numbers; give the calling program its own ways back.

    Without that, what a notebook computes after reading would depend on whether the record was there already.
    """
    before = torch.get_num_threads()
    flushing = sys.float_info.min / 2 == 0
    devices.prepare(threads)
    try:
        with threadpool_limits(threads):
            yield
    finally:
        torch.set_num_threads(before)
        torch.set_flush_denormal(flushing)
