"""The folder that holds the records: where it lies, who may write, and how a file appears whole or not at all."""

import errno
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout
from platformdirs import user_cache_path

from lecture.errors import LectureError

_RECORD = re.compile(r"(smoke|book|full|custom-[0-9a-f]{8})-(cpu|cuda|mps)\.parquet")


def cache() -> Path:
    """Return the cache folder: ``LECTURE_CACHE``, else the platform's own place for caches. It need not exist yet."""
    chosen = os.environ.get("LECTURE_CACHE")
    if not chosen:
        return user_cache_path("lecture", appauthor=False)
    folder = Path(chosen).expanduser()
    if not folder.is_absolute():
        folder = folder.resolve()
        os.environ["LECTURE_CACHE"] = str(folder)  # kernels and workers start elsewhere and must find the same folder
    return folder


@contextmanager
def locked(path: Path, timeout: float = -1) -> Iterator[BaseFileLock]:
    """Hold the lock of a record, so that two processes never compute the same one.

    The operating system frees it however a process ends. Leftovers of a process that was killed while it wrote are
    removed on the way: whoever holds the lock knows that nobody else is writing.

    Raises:
        LectureError: The folder cannot be written to.
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
        LectureError: The folder is full or cannot be written to; the old file is untouched.
    """
    temporary = path.with_name(f".{path.stem}.{os.getpid()}-{secrets.token_hex(4)}.tmp")
    with _told():
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


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
        LectureError: The folder cannot be written to.
    """
    busy = []
    for path in paths:
        try:
            with locked(path, timeout=0), _told():
                path.unlink(missing_ok=True)
                path.with_suffix(".lock").unlink(missing_ok=True)
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
        trouble = "is full" if full else f"cannot be written to ({error.strerror or error})"
        way_out = "free some space there, or set" if full else "mend that, or set"
        raise LectureError(
            f"the cache folder {cache()} {trouble}: {way_out} LECTURE_CACHE to another folder"
        ) from error
