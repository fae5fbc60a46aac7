"""A build either publishes a whole site or leaves the old one as it was; two builds never get in each other's way.

Pages are written to a folder beside the published one and moved over, file by file, when everything has succeeded.
"""

import filecmp
import os
import shutil
from pathlib import Path

from filelock import FileLock, Timeout
from myst_nb.core.execute.base import ExecutionError
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util import logging

_STATE = ".building"

_log = logging.getLogger(__name__)


class BookError(SphinxError):
    """Something that a person can mend: the build ends with this one line."""

    category = "The book"


def begin(app: Sphinx) -> bool:
    """Take the build folder for this build.

    Returns:
        Whether the last build was killed, so that its caches cannot be trusted.

    Raises:
        BookError: Another build has it.
    """
    folder = Path(app.config.lecture_build)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BookError(f"another build is using {folder}: wait until it is done, or stop it") from error
    app.lecture_lock = lock  # type: ignore[attr-defined]  # held as long as the application lives
    killed = (folder / _STATE).exists()
    (folder / _STATE).touch()
    return killed


def stage(app: Sphinx) -> None:
    """Redirect what the builder writes to the staging folder."""
    if app.builder.format == "html":
        app.lecture_published = Path(app.outdir)  # type: ignore[attr-defined]
        staged = Path(app.outdir).with_name("." + Path(app.outdir).name)
        staged.mkdir(parents=True, exist_ok=True)
        app.outdir = app.builder.outdir = type(app.outdir)(staged)


def finish(app: Sphinx, error: Exception | None) -> None:
    """Publish if all went well, and give the build folder back.

    A warning counts as a failure, at every build until it is mended: nothing is published, and since Sphinx reads
    everything again next time, it is reported again.

    Raises:
        BookError: A cell raised; the line names the page and the exception.
    """
    warnings = app._warncount if error is None else 0
    published = getattr(app, "lecture_published", None)
    if published:
        if error is None and not warnings:
            forget_gone(app)
            publish(Path(app.outdir), published)
        app.outdir = type(app.outdir)(published)
    release(app)
    if warnings:
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)
        app.statuscode = 1
        _log.info(
            "not published because of %s: see above, mend, build again",
            "a warning" if warnings == 1 else f"{warnings} warnings",
        )
    if isinstance(error, ExecutionError):
        cause = error.__cause__
        said = f"{getattr(cause, 'ename', type(cause).__name__)}: {getattr(cause, 'evalue', cause)}"
        raise BookError(
            f"not published because a cell of {Path(str(error)).name} raised {said.splitlines()[0]}"
        ) from None


def forget_gone(app: Sphinx) -> None:
    """Delete staged pages that no longer exist: Sphinx only ever adds to what it wrote before.

    A page is there if it has a source, or was written in this build; of pages without a source all are written in each
    build that writes anything, but for those of the code behind the claims.
    """
    written: set[str] = getattr(app, "lecture_written", set())
    if not written:
        return
    code = {f"code/{id}" for id in app.lecture_evidence.code}  # type: ignore[attr-defined]
    kept = {"index"} | code | written | set(app.env.found_docs)
    staged = Path(app.outdir)
    for page in staged.rglob("*.html"):
        name = page.relative_to(staged).as_posix().removesuffix(".html")
        if name not in kept and not name.startswith("_static/"):
            page.unlink()


def note_written(app: Sphinx, page: str, *_: object) -> None:
    """Remember that a page is written in this build."""
    app.lecture_written = getattr(app, "lecture_written", set()) | {page}  # type: ignore[attr-defined]


def release(app: Sphinx) -> None:
    """Give the build folder back."""
    (Path(app.config.lecture_build) / _STATE).unlink(missing_ok=True)
    if lock := getattr(app, "lecture_lock", None):
        lock.release()


def publish(staged: Path, published: Path) -> None:
    """Make one folder like the other; each file appears whole or not at all."""
    wanted = {path.relative_to(staged) for path in staged.rglob("*") if path.is_file()}
    for name in sorted(wanted):
        source, target = staged / name, published / name
        if target.is_file() and filecmp.cmp(source, target, shallow=False):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.new")
        shutil.copy2(source, temporary)
        os.replace(temporary, target)
    for path in sorted(published.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(published) not in wanted:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
