"""Runs the cells of the pages about to be read, several pages at once, and leaves the outputs in myst-nb's cache."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from traitlets.config import Config

from lecture.publishing.caches import code_of, digest, folder_of, named_files, notebook_of, settings_of
from lecture.publishing.state import CELLS, BookError, remembered, short_digest, state_of

MOST = 4
"""Pages at once, at most: each has a kernel of its own that holds torch."""
ENCRYPTED = Config({"KernelManager": {"transport_encryption": "auto"}})
"""Else every kernel warns that whoever shares the machine could listen in."""

_log = logging.getLogger(__name__)


def execute(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Run the pages about to be read whose outputs the cache lacks, or has from other inputs; several at once.

    Sphinx alone would run one page after another. A failure is left to myst-nb, which runs the page again and
    warns: were it an exception, Sphinx would forget every page that it had read.
    """
    config, known = settings_of(env), remembered(env, CELLS)
    if config.execution_mode != "cache":
        return
    outputs, stamps = get_cache(config.execution_cache_path), Path(config.execution_cache_path) / "inputs"
    waiting: dict[str, tuple[NotebookNode, Path, str]] = {}
    for docname in docnames:
        before = known.pop(docname, None)
        notebook = notebook_of(env, docname)
        if notebook is None or not (code := code_of(notebook)):
            continue
        folder = folder_of(env, docname)
        same = state_of(app).unchanged and before and before[0] == code and not named_files(code, folder)
        now = before[1] if same and before else digest(code, folder)
        known[docname] = (code, now)
        stamp = stamps / docname
        with suppress(KeyError, OSError):
            outputs.match_cache_notebook(notebook)
            if stamp.read_text(encoding="utf-8") == short_digest(code + now):
                continue
        waiting[docname] = (notebook, stamp, short_digest(code + now))
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # else kernels side by side wait for each other's threads
    with ThreadPoolExecutor(min(MOST, os.cpu_count() or 1)) as pool:
        runs = pool.map(lambda page: _run(env, page, waiting[page][0]), waiting)
        for (docname, (_, stamp, inputs)), result in zip(waiting.items(), runs, strict=True):
            stamp.unlink(missing_ok=True)
            if result.err is not None:
                state_of(app).raised[docname] = _words(result.err)
            else:
                data = {"execution_seconds": result.time}
                bundle = CacheBundleIn(result.nb, env.doc2path(docname), data=data)
                outputs.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
                stamp.parent.mkdir(parents=True, exist_ok=True)
                stamp.write_text(inputs, encoding="utf-8")


def _words(error: Exception) -> str:
    """Return what a cell raised, in a line."""
    name, said = getattr(error, "ename", type(error).__name__), getattr(error, "evalue", error)
    return f"{name}: {said}".splitlines()[0]


def _run(env: BuildEnvironment, docname: str, notebook: NotebookNode) -> Any:
    config, folder = settings_of(env), str(folder_of(env, docname))
    options = folder, config.execution_timeout, config.execution_allow_errors
    for last in (False, True):  # a kernel may find its port taken by another's; the second one gets another port
        _log.info("%s: executing", env.doc2path(docname))
        try:
            return single_nb_execution(notebook, *options, config=ENCRYPTED)
        except RuntimeError as error:
            if last:
                raise BookError(f"the kernel that ran {env.doc2path(docname)} died: {error}") from None
    raise AssertionError
