"""Stored records of experiments: read them if they are still true, else compute and store them first."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import torch
from threadpoolctl import threadpool_limits

from lecture import devices
from lecture.errors import LectureError
from lecture.records import fingerprint, folder, unfinished
from lecture.records.hopeless import Hopeless
from lecture.records.key import circumstances, difference, key, settings_digest
from lecture.records.record import DamagedRecord, Record, decode, encode

if TYPE_CHECKING:
    from lecture.experiments.experiment import Experiment

_log = logging.getLogger("lecture")


class Status(StrEnum):
    """Whether a stored record can be used."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"
    DAMAGED = "damaged"


TAKEN, HERE, STALE, OTHER_CODE = FATES = ("taken", "already here", "stale", "of other code")
"""What may become of a record that comes from another machine."""


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


def read(experiment: "Experiment", device: torch.device | None = None) -> pd.DataFrame:
    """Return the records of an experiment, computed and stored first unless a fresh record is there.

    Returns:
        The tidy table; ``table.attrs["provenance"]`` says where it comes from.

    Raises:
        Hopeless: See :func:`compute`.
    """
    found = state(experiment, device)
    if found.status is Status.DAMAGED:
        _log.warning("%s: stored record damaged (%s), computing it again", experiment.name(), found.reason)
    return _table(found.record if found.fresh and found.record else compute(experiment, device))


def provenance(experiment: "Experiment", device: torch.device | None = None) -> dict[str, Any]:
    """Return where the records of an experiment come from: device, seeds, seconds, versions, date, source digests."""
    found: dict[str, Any] = read(experiment, device).attrs["provenance"]
    return found


def state(experiment: "Experiment", device: torch.device | None = None) -> State:
    """Return whether the stored record of these settings can be used, and if not why."""
    device = device or devices.pick()
    path = path_of(experiment, device)
    if not path.exists():  # then nobody need load the data, which may have to be downloaded
        return State(Status.MISSING, "never computed")
    return _compared(path, key(experiment, device))


def _compared(path: Path, wanted: dict[str, Any]) -> State:
    try:
        record = decode(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return State(Status.MISSING, "never computed")
    except DamagedRecord as error:
        return State(Status.DAMAGED, str(error))
    except OSError as error:
        return State(Status.DAMAGED, f"cannot be read: {error.strerror}")
    reason = difference(record.provenance, wanted)
    return State(Status.STALE if reason else Status.FRESH, reason, record)


def fate(experiment: "type[Experiment]", record: Record) -> tuple[str, str]:
    """Return what becomes of a record from elsewhere, one of :data:`FATES`, and why if it is not simply taken.

    Raises:
        LectureError: The experiment has no such preset.
    """
    known = record.provenance
    settings, device = experiment.preset(known["preset"]), torch.device(known["device"])
    wanted = key(settings, device)
    ours = {part: known.get(part) for part in ("format", "settings", "source")}
    if ours != {part: wanted[part] for part in ours}:
        return OTHER_CODE, difference(known, wanted)
    if reason := difference(known, wanted):
        return STALE, reason
    return (HERE, "") if state(settings, device).fresh else (TAKEN, "")


def compute(experiment: "Experiment", device: torch.device | None = None, again: bool = False) -> Record:
    """Run an experiment and store what it gives; return the stored record if another process was faster.

    With ``again`` it runs even if a fresh record is there.

    Raises:
        Hopeless: The cache folder is full or cannot be written to, or torch cannot use the GPU.
        LectureError: The source was edited under the running process.
    """
    device = device or devices.pick()
    path = path_of(experiment, device)
    with folder.locked(path):
        wanted = key(experiment, device)
        found = _compared(path, wanted)
        if found.fresh and found.record and not again:
            return found.record
        folder.require_room()
        data = computed(experiment, device)
        folder.write(path, data)
        folder.forget_unfinished(path)
        return decode(data)


def computed(experiment: "Experiment", device: torch.device) -> bytes:
    """Run an experiment and return its record, encoded and not yet stored.

    What it keeps on the way (see :mod:`lecture.records.unfinished`) is there until somebody stores the record.

    Raises:
        Hopeless: Torch cannot use the GPU.
        LectureError: The source was edited under the running process.
    """
    wanted = key(experiment, device)
    threads = (os.cpu_count() or 1) if experiment.exclusive else 1
    with _prepared(threads), _usable(device), unfinished.kept_beside(path_of(experiment, device), wanted) as run:
        table = experiment.run(device)
        seconds = run.seconds
    if edited := fingerprint.edited(fingerprint.closure(type(experiment).__module__)):
        raise LectureError(
            f"{experiment.name()}: not stored, because {edited[0]} was edited while this process ran: start again"
        )
    return _encoded(experiment, Record(table, wanted | circumstances(experiment, table, device, threads, seconds)))


def keep(experiment: "Experiment", device: torch.device, data: bytes) -> None:
    """Store a record that another machine computed for us.

    Raises:
        LectureError: It is not what a run here would give: other code, other versions, another kind of device.
        Hopeless: The cache folder is full or cannot be written to.
    """
    if reason := difference(decode(data).provenance, key(experiment, device)):
        raise LectureError(f"computed by a machine that differs: {reason}")
    path = path_of(experiment, device)
    with folder.locked(path):
        folder.write(path, data)


def path_of(experiment: "Experiment", device: torch.device) -> Path:
    """Return the file of a record: a folder an experiment, a file for each preset (or other settings) and device."""
    preset = experiment.preset_name() or f"custom-{settings_digest(experiment)}"
    return folder.cache() / experiment.name() / f"{preset}-{device.type}.parquet"


def other_first_seeds(experiment: "Experiment", device: torch.device | None = None) -> set[int]:
    """Return the first seeds of fresh records whose settings differ from these in nothing but the first seed."""
    device = device or devices.pick()
    own, found = experiment.settings(), set()
    for path in path_of(experiment, device).parent.glob(f"custom-*-{device.type}.parquet"):
        try:
            seed = decode(path.read_bytes()).provenance["settings"].get("first_seed")
        except (DamagedRecord, OSError):
            continue
        other = replace(experiment, first_seed=seed)
        if seed != own["first_seed"] and path == path_of(other, device) and state(other, device).fresh:
            found.add(seed)
    return found


def _table(record: Record) -> pd.DataFrame:
    record.table.attrs["provenance"] = record.provenance
    return record.table


@contextmanager
def _usable(device: torch.device) -> Iterator[None]:
    """Name the way out where torch was built for other GPUs: it says so at the first operation only."""
    try:
        yield
    except RuntimeError as error:
        if "no kernel image" not in str(error):
            raise
        raise Hopeless(
            f"this build of torch has nothing for the GPU {devices.describe(device)}: use --device cpu (or "
            f"LECTURE_DEVICE=cpu), or see the README on installing torch for your GPU"
        ) from error


def _encoded(experiment: "Experiment", record: Record) -> bytes:
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
