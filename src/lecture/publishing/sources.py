"""A page with the code behind each claim: the predicate and the experiments, so that the link needs no public repository."""

import importlib
import inspect
from collections.abc import Iterator
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any

from sphinx.application import Sphinx

from lecture.claims.claim import Claim
from lecture.publishing.evidence import evidence_of


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages to write: those whose sources changed since they were written."""
    for claim in evidence_of(app.env).claims.values():
        if claim.judge is None:
            continue
        modules = modules_of(claim)
        page = f"code/{claim.id}"
        written = Path(app.builder.get_outfilename(page))  # type: ignore[attr-defined]
        changed = max(_source(module).stat().st_mtime for module in modules)
        if not written.exists() or written.stat().st_mtime < changed:
            yield (
                page,
                {"title": f"The code behind claim {claim.id}", "body": _body(app, claim, modules), "parents": []},
                "page.html",
            )


def modules_of(claim: Claim) -> list[ModuleType]:
    """Return the module of the predicate and those of the experiments that it judges."""
    assert claim.judge is not None
    names = dict.fromkeys([claim.judge.__module__, *(experiment.__module__ for experiment in claim.experiments)])
    return [importlib.import_module(name) for name in names]


def _body(app: Sphinx, claim: Claim, modules: list[ModuleType]) -> str:
    ledger = app.builder.get_relative_uri(f"code/{claim.id}", "ledger")
    parts = [
        f"<h1>The code behind claim {claim.id}</h1>",
        f"<blockquote><p>{escape(claim.statement.says)}</p></blockquote>",
        f"<p>First the predicate that decides, then the experiments whose records it reads. "
        f'<a href="{ledger}#{claim.id}">The claim in the ledger</a></p>',
    ]
    for module in modules:
        code = app.builder.highlighter.highlight_block(inspect.getsource(module), "python")  # type: ignore[attr-defined]
        parts.append(f"<h2><code>{module.__name__}</code></h2>{code}")
    return "\n".join(parts)


def _source(module: ModuleType) -> Path:
    return Path(inspect.getfile(module))


def setup(app: Sphinx) -> None:
    """Write the pages at the end of an HTML build."""
    app.connect("html-collect-pages", pages)
