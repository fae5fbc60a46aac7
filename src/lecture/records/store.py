"""Stored records of experiments: read them if they are still true, else compute and store them first."""

import json
import logging
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar, Protocol

import pandas as pd
import torch
from threadpoolctl import threadpool_limits

import lecture
from lecture import devices
from lecture.errors import LectureError
from lecture.records import fingerprint, folder
from lecture.records.record import FORMAT, DamagedRecord, Record, decode, encode

LIBRARIES = ("torch", "numpy", "scikit-learn")
"""Packages whose version can change a seed's numbers."""

_KEY = ("format", "experiment", "settings", "source", "data", "versions", "device")
_log = logging.getLogger("lecture")


class Recordable(Protocol):
    """What the store needs to know of an experiment (see :class:`lecture.experiments.experiment.Experiment`)."""

    exclusive: ClassVar[bool]

    @classmethod
    def name(cls) -> str:
        """Return the name it is stored under."""

    def preset_name(self) -> str | None:
        """Return the preset that has these settings, if one has."""

    def settings(self) -> dict[str, Any]:
        """Return the settings as plain values."""

    def seed_range(self) -> range:
        """Return the seeds."""

    def data_digest(self) -> str:
        """Return what identifies data from outside the source."""

    def run(self, device: torch.device) -> pd.DataFrame:
        """Compute the table."""


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
    reason = _difference(record.provenance, _key(experiment, device or devices.pick()))
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
        key = _key(experiment, device)
        threads = (os.cpu_count() or 1) if experiment.exclusive else 1
        with _threads(threads):
            start = time.perf_counter()
            table = experiment.run(device)
            seconds = time.perf_counter() - start
        if edited := fingerprint.edited(fingerprint.closure(type(experiment).__module__)):
            raise LectureError(
                f"{experiment.name()}: not stored, because {edited[0]} was edited while this process ran: start again"
            )
        data = _encoded(experiment, Record(table, key | _circumstances(experiment, table, device, threads, seconds)))
        folder.write(path, data)
        return decode(data)


def path_of(experiment: Recordable, device: torch.device) -> Path:
    """Return the file of a record: a folder an experiment, a file for each preset (or other settings) and device."""
    preset = experiment.preset_name() or f"custom-{sha256(_json(experiment.settings()).encode()).hexdigest()[:8]}"
    return folder.cache() / experiment.name() / f"{preset}-{device.type}.parquet"


def _table(record: Record) -> pd.DataFrame:
    record.table.attrs["provenance"] = record.provenance
    return record.table


def _key(experiment: Recordable, device: torch.device) -> dict[str, Any]:
    """Return all that decides the numbers, and the digest of each module, to say which one changed."""
    modules = fingerprint.closure(type(experiment).__module__)
    return {
        "format": FORMAT,
        "experiment": experiment.name(),
        "preset": experiment.preset_name(),
        "settings": json.loads(_json(experiment.settings())),
        "source": fingerprint.combine(modules),
        "modules": modules,
        "data": experiment.data_digest(),
        "versions": _versions(),
        "device": device.type,
    }


def _circumstances(
    experiment: Recordable, table: pd.DataFrame, device: torch.device, threads: int, seconds: float
) -> dict[str, Any]:
    return {
        "device_name": devices.describe(device),
        "threads": threads,
        "seconds": round(seconds, 3),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "seeds": list(experiment.seed_range()) if "seed" in table else [],
        "python": platform.python_version(),
        "lecture": lecture.__version__,
    }


def _difference(stored: dict[str, Any], wanted: dict[str, Any]) -> str:
    """Return in words in what a stored key differs from the wanted one; empty if in nothing."""
    if stored.get("format") != FORMAT:
        return "written by another version of lecture"
    reasons = []
    for part in _KEY:
        old, new = stored.get(part), wanted[part]
        if old == new:
            continue
        if part == "source":
            old, new = stored["modules"], wanted["modules"]
            changed = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
            more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
            reasons.append(f"source changed: {', '.join(changed[:3])}{more}")
        elif isinstance(old, dict) and isinstance(new, dict):
            names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
            reasons.append(f"{part} changed: " + ", ".join(f"{n} {old.get(n)} -> {new.get(n)}" for n in names))
        else:
            reasons.append(f"{part} changed")
    return "; ".join(reasons)


def _encoded(experiment: Recordable, record: Record) -> bytes:
    try:
        return encode(record)
    except ValueError as error:
        raise ValueError(f"{experiment.name()}: {error}") from error


def _json(settings: dict[str, Any]) -> str:
    return json.dumps(settings, sort_keys=True, default=str)


@cache
def _versions() -> dict[str, str]:
    return {library: version(library) for library in LIBRARIES}


@contextmanager
def _threads(threads: int) -> Iterator[None]:
    """Compute with this many threads, whatever the calling program uses for itself."""
    before = torch.get_num_threads()
    devices.prepare(threads)
    try:
        with threadpool_limits(threads):
            yield
    finally:
        torch.set_num_threads(before)
