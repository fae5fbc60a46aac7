"""What a run that takes hours has done so far: files in a folder beside its record, gone when that is stored.

The folder is named after all that decides the numbers, as the record's key is: other settings, other code, other data
or another kind of device never go on from there. A run that nobody stores, as in a test, keeps nothing.
"""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any

from lecture.records import folder

_current: ContextVar["Unfinished | None"] = ContextVar("unfinished", default=None)
SECONDS = "seconds"
"""Name of the file that says how long the run has taken so far."""


class Unfinished:
    """The files of one run.

    Args:
        place: The folder; it need not exist yet.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self._started = time.perf_counter()
        self._before = float(self.read(SECONDS) or 0)

    @property
    def seconds(self) -> float:
        """Wall seconds of the run, those of earlier attempts included up to the last file that they wrote."""
        return self._before + time.perf_counter() - self._started

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is none."""
        try:
            return (self.place / name).read_bytes()
        except OSError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all.

        Raises:
            Hopeless: The cache folder is full or cannot be written to.
        """
        folder.write(self.place / name, data)
        folder.write(self.place / SECONDS, repr(self.seconds).encode())

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        (self.place / name).unlink(missing_ok=True)


def current() -> Unfinished | None:
    """Return the files of the run that is being computed for the store; None outside of one."""
    return _current.get()


@contextmanager
def kept_beside(record: Path, key: dict[str, Any]) -> Iterator[Unfinished]:
    """Let a run keep files beside its record; what runs with another key have left there is removed first."""
    decides = {name: value for name, value in key.items() if name not in ("preset", "modules")}
    name = sha256(json.dumps(decides, sort_keys=True, default=str).encode()).hexdigest()[:16]
    runs = record.with_suffix(folder.UNFINISHED)
    for other in runs.glob("*"):
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)
    found = Unfinished(runs / name)
    before = _current.set(found)
    try:
        yield found
    finally:
        _current.reset(before)
