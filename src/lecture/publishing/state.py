"""What one build knows of itself, and what it remembers of each page for the next one."""

import json
import logging
import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from docutils import nodes
from filelock import FileLock
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util.logging import WarningStreamHandler, is_suppressed_warning

if TYPE_CHECKING:
    from lecture.publishing.evidence import Evidence

SHOWN, CELLS = "lecture_shown", "lecture_cells"
"""What is remembered page by page: the things that it shows, and what its cells depend on."""


class BookError(SphinxError):
    """Something that a person can mend: the build ends with this one line."""

    category = "The book"


class Complaints(WarningStreamHandler):
    """Collects the warnings of a build that Sphinx shows: it holds handlers of this kind back while it reads.

    Attributes:
        pages: The pages that they are about; None stands for a warning about no page.
        count: How many there are.
    """

    def __init__(self, app: Sphinx):
        super().__init__()
        self.setLevel(logging.WARNING)
        self.app, self.count = app, 0
        self.pages: set[str | None] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Count a warning, unless the configuration suppresses it."""
        kind, detail = getattr(record, "type", ""), getattr(record, "subtype", "")
        if not is_suppressed_warning(kind, detail, self.app.config.suppress_warnings):
            self.count += 1
            if getattr(self.app, "env", None):  # a warning before there are pages comes again by itself
                self.pages.add(self._page(getattr(record, "location", None)))

    def _page(self, location: object) -> str | None:
        env = self.app.env
        if isinstance(location, nodes.Node):
            location = location.source or (location.document and location.document["source"])
        if isinstance(location, tuple):
            location = location[0]
        if not isinstance(location, str):
            return None
        name = location if location in env.found_docs else env.path2doc(re.sub(r":\d*$", "", location))
        return name if name in env.found_docs else None


@dataclass
class BuildState:
    """One build, from its first event to its last.

    Attributes:
        folder: Where builds keep what is theirs (the setting ``lecture_build``).
        lock: Held while the build runs: two builds never get in each other's way.
        complaints: The warnings so far.
        draft: Whether pages with warnings are published too, under a banner.
        alone: Whether one page is built by itself (``jupyter-book build book/history.md``).
        interrupted: When the last build began or began to write, if it did not come to its end.
        unwritten: Whether it stopped while it wrote pages, so that some are older than what Sphinx knows of them.
        evidence: What the pages show.
        unchanged: Whether all source and records behind the evidence are as they were at the last build.
        published: Where the site belongs; it is written elsewhere and moved there when all went well.
        written: Pages that this build has written.
        gallery: What changes with the gallery's scripts.
        told: Other hosts that the author has been told of.
        raised: What a cell raised, by page.
    """

    folder: Path
    lock: FileLock
    complaints: Complaints
    draft: bool = False
    alone: bool = False
    interrupted: float | None = None
    unwritten: bool = False
    evidence: "Evidence | None" = None
    unchanged: bool = False
    published: Path | None = None
    written: set[str] = field(default_factory=set)
    gallery: str = ""
    told: set[str] = field(default_factory=set)
    raised: dict[str, str] = field(default_factory=dict)

    def note(self, name: str) -> Path:
        """Return the file in which builds leave each other a note."""
        return self.folder / f".{name}"

    def noted(self, name: str) -> Any:
        """Return what the last build noted; None if nothing, or if it was cut short."""
        try:
            return json.loads(self.note(name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None


_states: WeakKeyDictionary[Sphinx, BuildState] = WeakKeyDictionary()


def begin(app: Sphinx, state: BuildState) -> None:
    """Let a build have its state."""
    _states[app] = state


def state_of(app: Sphinx) -> BuildState:
    """Return the state of a build that has begun."""
    return _states[app]


def has_begun(app: Sphinx) -> bool:
    """Tell whether a build has a state: one that is refused at its first event has none."""
    return app in _states


def remembered(env: BuildEnvironment, name: str) -> dict[str, Any]:
    """Return a memory, by page; empty at first, and stored with Sphinx's environment."""
    memory: dict[str, Any] = vars(env).setdefault(name, {})
    return memory


def forget(env: BuildEnvironment, page: str) -> None:
    """Forget what a page shows before it is read again, or when it is gone."""
    remembered(env, SHOWN).pop(page, None)


def merge(env: BuildEnvironment, pages: list[str], other: BuildEnvironment) -> None:
    """Take over what another process remembers of the pages that it has read."""
    for name in (SHOWN, CELLS):
        theirs = remembered(other, name)
        remembered(env, name).update({page: theirs[page] for page in pages if page in theirs})


def short_digest(text: str) -> str:
    """Return 16 hexadecimal digits that tell whether a text changed."""
    return sha256(text.encode()).hexdigest()[:16]
