"""A build either publishes a whole site or leaves the old one as it was; two builds never get in each other's way.

The pages of the html builder are written to a folder of their own and moved over, file by file, when everything has
succeeded. What an earlier build published and this one did not make is then removed, and nothing else: who puts a
``CNAME`` there keeps it.
"""

import filecmp
import json
import logging
import os
import shutil
from pathlib import Path

from filelock import FileLock, Timeout
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import getLogger

from lecture.publishing import state
from lecture.publishing.state import BookError, BuildState, Complaints, short_digest, state_of

RUNNING, TROUBLED = "building", "troubled"
"""Notes: how far a build has come, and which pages the last one complained of."""

_log = getLogger(__name__)
_sphinx = logging.getLogger("sphinx")


def begin(app: Sphinx) -> BuildState:
    """Take the build folder for this build.

    Raises:
        BookError: Another build has it, or nobody can write there.
    """
    folder = Path(app.config.lecture_build)
    lock = FileLock(folder / ".lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BookError(f"another build is using {folder}: wait until it is done, or stop it") from error
    except OSError as error:
        raise BookError(f"cannot write to {folder}: {error.strerror}") from error
    found = BuildState(folder, lock, Complaints(app))
    running = found.note(RUNNING)
    found.interrupted = running.stat().st_mtime if running.exists() else None
    found.unwritten = found.noted(RUNNING) == "writing"
    found.alone = Path(app.outdir).parent.parent.name == "_page"  # where jupyter-book builds a page alone
    found.draft = bool(app.config.lecture_draft) or found.alone
    running.write_text(json.dumps("writing" if found.unwritten else "reading"))
    _sphinx.addHandler(found.complaints)
    state.begin(app, found)
    return found


def stage(app: Sphinx) -> None:
    """Let the html builder write to a folder of ours; no other builder may write into its site.

    Raises:
        BookError: Another builder would overwrite pages of the published site.
    """
    found, outdir = state_of(app), Path(app.outdir)
    theirs = manifest(found, outdir).exists()
    if app.builder.name == "html":
        found.published = outdir
        _redirect(app, found.folder / ".staged" / short_digest(str(outdir)))
    elif theirs and app.builder.format == "html":
        name = "pdfhtml" if app.builder.name == "singlehtml" else app.builder.name
        raise BookError(
            f"{name} would overwrite the site in {outdir}: give it a folder of its own, as in "
            f"'jupyter-book build book --builder {name} --path-output {found.folder.name}/{name}'"
        )
    elif theirs:  # linkcheck, which jupyter-book sends to the site's folder
        _redirect(app, found.folder / app.builder.name)


def _redirect(app: Sphinx, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app.outdir = app.builder.outdir = type(app.outdir)(folder)


def troubled(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """Return the pages of the last build's warnings: read again, they complain again until they are mended."""
    pages = state_of(app).noted(TROUBLED) or []
    return env.found_docs if None in pages else set(pages) & env.found_docs


def writing(app: Sphinx) -> None:
    """Note that from now on pages may be older than what Sphinx knows of them."""
    state_of(app).note(RUNNING).write_text(json.dumps("writing"))


def finish(app: Sphinx, error: Exception | None) -> None:
    """Publish if all went well, and give the build folder back.

    A warning, and so a cell that raised, counts as a failure, at every build until it is mended: nothing is published,
    except as a draft.
    """
    found = state_of(app)
    count = found.complaints.count
    if found.published:
        if error is None and (found.draft or not count):
            forget_gone(app, found)
            try:
                publish(Path(app.outdir), found.published, manifest(found, found.published))
            except OSError as trouble:
                raise BookError(f"not wholly published: {trouble.filename}: {trouble.strerror}; build again") from None
        app.outdir = type(app.outdir)(found.published)
    if error is None:
        found.note(TROUBLED).write_text(json.dumps(list(found.complaints.pages)))
    release(app, done=error is None)
    if error is None and count:
        cells = [f"a cell of {app.env.doc2path(page, False)} raised {words}" for page, words in found.raised.items()]
        told = "; ".join(cells) or ("a warning" if count == 1 else f"{count} warnings")
        if found.draft:
            _log.info("a draft, because of %s: see above", told)
        else:
            app.statuscode = 1
            _log.info("not published because of %s: see above, mend, build again", told)


def forget_gone(app: Sphinx, found: BuildState) -> None:
    """Delete staged pages that no longer exist: Sphinx only ever adds to what it wrote before.

    A page is there if it has a source, or was written in this build; of pages without a source all are written in each
    build that writes anything, but for those of the code behind the claims.
    """
    if not found.written or not found.evidence:
        return
    kept = {"index"} | {f"code/{id}" for id in found.evidence.code} | found.written | set(app.env.found_docs)
    staged = Path(app.outdir)
    for page in staged.rglob("*.html"):
        name = page.relative_to(staged).as_posix().removesuffix(".html")
        if name not in kept and not name.startswith("_static/"):
            page.unlink()


def release(app: Sphinx, done: bool) -> None:
    """Give the build folder back; ``done`` says that whatever was begun came to its end."""
    found = state_of(app)
    _sphinx.removeHandler(found.complaints)
    if done:
        found.note(RUNNING).unlink(missing_ok=True)
    found.lock.release()


def manifest(found: BuildState, published: Path) -> Path:
    """Return the file that lists what builds have published in a folder."""
    return found.note(f"published-{short_digest(str(published))}.json")


def publish(staged: Path, published: Path, listed: Path) -> None:
    """Move what is new over, each file whole or not at all; remove what ``listed`` says we once put there."""
    wanted = {path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file()}
    before = set(json.loads(listed.read_text(encoding="utf-8"))) if listed.exists() else set()
    listed.write_text(json.dumps(sorted(before | wanted)), encoding="utf-8")  # before the first file is there
    for name in sorted(wanted):
        source, target = staged / name, published / name
        if target.is_file() and filecmp.cmp(source, target, shallow=False):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.new")
        shutil.copy2(source, temporary)
        os.replace(temporary, target)
    for name in sorted(before - wanted, reverse=True):
        gone = published / name
        gone.unlink(missing_ok=True)
        for folder in gone.parents:
            if folder == published or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()
    listed.write_text(json.dumps(sorted(wanted)), encoding="utf-8")
