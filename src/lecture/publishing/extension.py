"""The Sphinx extension: what happens when, during a build."""

import os
import sys
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

import lecture
from lecture.errors import LectureError
from lecture.publishing import (
    address,
    ahead,
    bundle,
    card,
    cards,
    chapters,
    elements,
    evidence,
    figure_list,
    figures,
    formulas,
    freshness,
    if_measured,
    ledger,
    memory,
    outcomes,
    outline,
    pages,
    passages,
    provenance,
    roles,
    search,
    sitemap,
    sources,
    staging,
    structured,
    surprises,
    thumbnails,
)
from lecture.publishing.evidence import Evidence
from lecture.publishing.staging import BookError

_log = logging.getLogger(__name__)

FIRST, LAST = 0, 950  # priorities of event handlers; Sphinx's default is 500


def configure(app: Sphinx, config: Config) -> None:
    """Refuse a build of the wrong folder, take the build folder, and set the formulas' renderer up."""
    source = Path(app.srcdir)
    if (source / "book" / "_toc.yml").exists():
        raise BookError(f"the sources are in {source.name}/book: run 'jupyter-book build book' in {source}")
    config.lecture_build = str((source / config.lecture_build).resolve())
    app.lecture_killed = staging.begin(app)  # type: ignore[attr-defined]
    if app.lecture_killed:  # type: ignore[attr-defined]
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)
    if os.environ.get("LECTURE_PRESET") == "smoke":
        config.html_theme_options["announcement"] = (
            "Built with the smoke preset: the numbers only show that everything runs."
        )


def prepare(app: Sphinx) -> None:
    """Before sphinx-gallery starts: records, verdicts, and which scripts must run again."""
    staging.stage(app)
    try:
        found = _evidence(app)
        evidence.install(app, found)
        surprises.refuse(app, found)
        if "sphinx_gallery_conf" in app.config and app.config.sphinx_gallery_conf.get("examples_dirs"):
            if app.lecture_killed:  # type: ignore[attr-defined]
                freshness.forget_gallery(app)
            freshness.gallery(app)
    except (LectureError, BookError) as error:
        staging.release(app)
        raise error if isinstance(error, BookError) else BookError(str(error)) from None


def _evidence(app: Sphinx) -> Evidence:
    place = Path(app.config.lecture_build) / ".evidence"
    found = None if app.lecture_killed else memory.recall(place)  # type: ignore[attr-defined]
    app.lecture_unchanged = found is not None  # type: ignore[attr-defined]
    if found is None:
        from lecture.publishing import gathering  # here, not above: it imports torch

        found = gathering.gather()
        memory.remember(place, found, gathering.record_files())
    else:
        _log.info("experiments: all %d records up to date, nothing behind the pages changed", len(found.provenance))
    return found


def _quietly(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Leave out jupyter-book's own traceback: Sphinx has said in a line what is wrong."""
    if kind is RuntimeError and "There was an error in building your book" in str(error):
        print("The book was not built: see above.", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)


def _version() -> int:
    """Return a number that changes with the code of this package: pages that other code made are then read again."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return int.from_bytes(sha256(b"".join(path.read_bytes() for path in sources)).digest()[:4])


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything."""
    sys.excepthook = _quietly
    app.add_config_value("lecture_build", "../_build", "", str)
    for part in (
        address,
        ahead,
        bundle,
        card,
        cards,
        chapters,
        elements,
        figure_list,
        figures,
        formulas,
        if_measured,
        ledger,
        outcomes,
        outline,
        pages,
        passages,
        provenance,
        roles,
        search,
        sitemap,
        sources,
        structured,
        thumbnails,
    ):
        part.setup(app)
    app.connect("config-inited", configure, priority=FIRST)
    app.connect("builder-inited", prepare, priority=FIRST)
    app.connect("env-get-outdated", evidence.outdated)
    app.connect("env-get-outdated", freshness.outdated)
    app.connect("env-purge-doc", evidence.purge)
    app.connect("source-read", freshness.choose_cache, priority=LAST)
    app.connect("html-page-context", staging.note_written)
    app.connect("build-finished", staging.finish, priority=LAST)
    return {
        "version": lecture.__version__,
        "env_version": _version(),
        "parallel_read_safe": False,
        "parallel_write_safe": True,
    }
