"""A page with the code behind each claim, so that the link needs no public repository."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from lecture.claims.claim import Claim
from lecture.publishing.evidence import evidence_of


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages to write: those whose sources changed since they were written.

    Where every other page was written anew, for a new template or another public address, these are too.
    """
    evidence = evidence_of(app.env)
    anew = set(app.env.found_docs) <= getattr(app, "lecture_written", set())
    for id, files in evidence.code.items():
        page = f"code/{id}"
        written = Path(app.builder.get_outfilename(page))  # type: ignore[attr-defined]
        changed = max(Path(file).stat().st_mtime for file in files.values())
        if anew or not written.exists() or written.stat().st_mtime < changed:
            body = _body(app, evidence.claim(id), files)
            yield page, {"title": f"The code behind claim {id}", "body": body, "parents": []}, "page.html"


def _body(app: Sphinx, claim: Claim, files: dict[str, str]) -> str:
    ledger = app.builder.get_relative_uri(f"code/{claim.id}", "ledger")
    parts = [
        f"<h1>The code behind claim {claim.id}</h1>",
        f"<blockquote><p>{escape(claim.statement.says)}</p></blockquote>",
        f"<p>First the predicate that decides, then the experiments whose records it reads. "
        f'<a href="{ledger}#{claim.id}">The claim in the ledger</a></p>',
    ]
    for module, file in files.items():
        source = Path(file).read_text(encoding="utf-8")
        code = app.builder.highlighter.highlight_block(source, "python")  # type: ignore[attr-defined]
        parts.append(f"<h2><code>{module}</code></h2>{code}")
    return f'<div class="code-of">{"".join(parts)}</div>'


def setup(app: Sphinx) -> None:
    """Write the pages at the end of an HTML build."""
    app.connect("html-collect-pages", pages)
