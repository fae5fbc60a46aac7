"""The cells of several pages run at once, before the pages are read: Sphinx alone would run one page after another."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from myst_nb.core.execute.base import ExecutionError
from myst_nb.core.execute.cache import NotebookClientCache
from myst_nb.core.read import create_nb_reader
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from lecture.publishing.freshness import cache_of, cells, digest

MOST = 4
"""Pages at once, at most: each has a kernel of its own that holds torch."""

_log = logging.getLogger(__name__)


class _Quiet:
    """What a notebook client may say here: that it runs a page. A failure is told when the page itself is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def info(self, message: str, **_: object) -> None:
        _log.info("%s: %s", self.path, message)

    def warning(self, message: str, **_: object) -> None:
        """Say nothing."""


def run(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Execute the pages about to be read whose outputs are not in their cache, several at once."""
    waiting = []
    for docname in docnames:
        path = Path(env.doc2path(docname))
        if path.suffix == ".md" and (code := cells(text := path.read_text(encoding="utf-8"))):
            folder = cache_of(app, docname, digest(code))
            if not folder.exists():
                waiting.append((path, text, folder))
    if len(waiting) > 1:
        with ThreadPoolExecutor(min(MOST, os.cpu_count() or 1)) as pool:
            list(pool.map(lambda page: _execute(env, *page), waiting))


def _execute(env: BuildEnvironment, path: Path, text: str, folder: Path) -> None:
    config = env.mystnb_config.copy(execution_cache_path=str(folder))  # type: ignore[attr-defined]
    reader = create_nb_reader(str(path), env.myst_config, config, text)  # type: ignore[attr-defined]
    if reader is None:
        return
    client = NotebookClientCache(reader.read(text), path, config, _Quiet(path), read_fmt=reader.read_fmt)
    with suppress(ExecutionError), client:
        pass


def setup(app: Sphinx) -> None:
    """Run when Sphinx knows which pages it will read."""
    app.connect("env-before-read-docs", run)
