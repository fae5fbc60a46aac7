"""The folder that holds the records: where it lies, who may write, and how a file appears whole or not at all."""

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

from filelock import BaseFileLock, FileLock, Timeout
from platformdirs import user_cache_path

from lecture.records.hopeless import Hopeless

_RECORD = re.compile(r"(smoke|book|full|custom-[0-9a-f]{8})-(cpu|cuda|mps)\.parquet")
UNFINISHED = ".unfinished"
"""What the folder beside a record is called in which a run that is under way keeps what it has done so far."""
ROOM = 2**20
"""Bytes that must be free before anything is computed: several times the largest record."""


def cache() -> Path:
    """Return the cache folder: ``LECTURE_CACHE``, else the platform's own place for caches. It need not exist yet."""
    chosen = os.environ.get("LECTURE_CACHE")
    return Path(chosen).expanduser().absolute() if chosen else user_cache_path("lecture", appauthor=False)


def require_room() -> None:
    """Write a little and forget it: what cannot be stored need not be computed.

    Raises:
        Hopeless: The folder is full or cannot be written to.
    """
    with _told():
        cache().mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=cache()) as probe:
            probe.write(os.urandom(ROOM))  # random, since some file systems store zeros in no room at all
            probe.flush()  # to its end: a bare write stops where the room ends and says nothing


@contextmanager
def locked(path: Path, timeout: float = -1) -> Iterator[BaseFileLock]:
    """Hold the lock of a record, so that two processes never compute the same one.

    The operating system frees it however a process ends. Leftovers of a process that was killed while it wrote are
    removed on the way: whoever holds the lock knows that nobody else is writing.

    Raises:
        Hopeless: The folder cannot be written to.
        TimeoutError: Somebody else holds it for longer than ``timeout`` seconds.
    """
    with _told():
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_suffix(".lock"))
        try:
            lock.acquire(timeout=timeout)
        except Timeout as error:
            raise TimeoutError(f"{path} is being written by another process") from error
    try:
        with _told():
            for leftover in path.parent.glob(f".{path.stem}.*.tmp"):
                leftover.unlink(missing_ok=True)
        yield lock
    finally:
        lock.release()


def write(path: Path, data: bytes) -> None:
    """Put a file in place atomically: readers see the old one or the new one, never half of it.

    Raises:
        Hopeless: The folder is full or cannot be written to; the old file is untouched.
    """
    temporary = path.with_name(f".{path.stem}.{os.getpid()}-{secrets.token_hex(4)}.tmp")
    with _told():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def forget_unfinished(path: Path) -> None:
    """Remove what runs that did not come to their end have left beside a record."""
    shutil.rmtree(path.with_suffix(UNFINISHED), ignore_errors=True)


def is_record(name: str) -> bool:
    """Return whether a record is named so below the cache folder, such as ``history.cures/book-cpu.parquet``."""
    experiment, _, file = name.partition("/")
    return bool(re.fullmatch(r"\w+\.\w+", experiment) and _RECORD.fullmatch(file))


def records(names: Iterable[str] | None = None) -> list[Path]:
    """Return the files that hold records, whole or damaged, of these experiments (by default all)."""
    wanted = None if names is None else set(names)
    return sorted(
        path
        for path in cache().glob("*.*/*.parquet")
        if _RECORD.fullmatch(path.name) and (wanted is None or path.parent.name in wanted)
    )


def remove(paths: Iterable[Path]) -> list[Path]:
    """Remove records, their locks and the folders they leave empty; return those that another process is writing.

    Raises:
        Hopeless: The folder cannot be written to.
    """
    busy = []
    for path in paths:
        try:
            with locked(path, timeout=0), _told():
                path.unlink(missing_ok=True)
                path.with_suffix(".lock").unlink(missing_ok=True)
                forget_unfinished(path)
            with suppress(OSError):  # not empty, then: something there is not ours
                path.parent.rmdir()
        except TimeoutError:
            busy.append(path)
    return busy


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the operating system refuses into one line with the way out."""
    try:
        yield
    except TimeoutError:
        raise
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = "it is a file" if isinstance(error, FileExistsError | NotADirectoryError) else error.strerror or error
        trouble = "is full" if full else f"cannot be written to ({reason})"
        way_out = "free some space there, or set" if full else "mend that, or set"
        raise Hopeless(f"the cache folder {cache()} {trouble}: {way_out} LECTURE_CACHE to another folder") from error
