"""Files of published data sets: found where the machine has them, else downloaded once; their content is checked."""

import gzip
import logging
import os
import zlib
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pooch
from platformdirs import user_cache_path

from lecture.errors import LectureError


def downloads() -> Path:
    """Return the folder of what was downloaded."""
    return user_cache_path("lecture", appauthor=False) / "data"


def places(folder: str, name: str, also: Sequence[Path] = ()) -> list[Path]:
    """Return where a file may lie, packed by gzip or not.

    Args:
        folder: Of its set, below that of ``LECTURE_DATA``; the files may also lie in the latter itself.
        name: Of the file, unpacked.
        also: Further folders.
    """
    folders = [*also, downloads(), downloads() / folder]
    if chosen := os.environ.get("LECTURE_DATA"):
        folders = [Path(chosen).expanduser(), Path(chosen).expanduser() / folder, *folders]
    return [place / file for place in folders for file in (f"{name}.gz", name)]


def content(path: Path, digest: str, data: str) -> bytes:
    """Return what is in a file, unpacked if it is packed by gzip.

    Args:
        path: The file.
        digest: The sha256 of its unpacked content: packagers compress files anew.
        data: What the set is called.

    Raises:
        LectureError: It cannot be read, or is not the published file.
    """
    found = unpacked(path)
    if sha256(found).hexdigest() != digest:
        raise LectureError(f"{path} is not the published file of {data}: delete it, then try again")
    return found


def unpacked(path: Path) -> bytes:
    """Return what is in a file, unpacked if it is packed by gzip, whatever it is.

    Raises:
        LectureError: It cannot be read.
    """
    try:
        return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise LectureError(f"cannot read {path} ({error}): delete it, then try again") from error


def download(
    url: str, data: str, way_out: str, digest: str | None = None, unpack: bool = False, folder: str = ""
) -> list[Path]:
    """Download a file once, and return it; or the files in it if it is an archive to unpack.

    Args:
        url: Where it is.
        data: What the set is called.
        way_out: What a person can do who has no network.
        digest: The file's sha256, if it is known.
        unpack: Whether it is a tar archive.
        folder: Where it is kept, below :func:`downloads`.

    Raises:
        LectureError: It cannot be downloaded, or is another file.
    """
    pooch.get_logger().setLevel(logging.WARNING)
    known = f"sha256:{digest}" if digest else None
    try:
        found = pooch.retrieve(
            url, known_hash=known, fname=url.rpartition("/")[2], path=downloads() / folder,
            processor=pooch.Untar(extract_dir=".") if unpack else None,
        )  # fmt: skip
    except Exception as error:  # each transport has its own; whichever it is, the way out is the same
        raise LectureError(
            f"{data} is not on this machine and cannot be downloaded ({type(error).__name__}): {way_out}"
        ) from error
    return [Path(path) for path in (found if unpack else [found])]
