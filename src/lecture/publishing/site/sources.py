"""A page with the code behind each claim, so that the link needs no public repository."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from lecture.claims.talk import STATEMENTS
from lecture.publishing.evidence import evidence_of
from lecture.publishing.places import places
from lecture.publishing.state import state_of


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages to write: those whose sources changed since they were written.

    Where every other page was written anew, for a new template or another public address, these are too.
    """
    if app.builder.name not in ("html", "dirhtml"):
        return  # elsewhere a card names the modules (see lecture.publishing.places)
    evidence = evidence_of(app.env)
    anew = set(app.env.found_docs) <= state_of(app).written
    for id, files in evidence.code.items():
        page = f"code/{id}"
        written = Path(app.builder.get_outfilename(page))  # type: ignore[attr-defined]
        changed = max(Path(file).stat().st_mtime for file in files.values())
        if anew or not written.exists() or written.stat().st_mtime < changed:
            body = _body(app, id, files)
            yield page, {"title": f"The code behind claim {id}", "body": body, "parents": []}, "page.html"


def _body(app: Sphinx, id: str, files: dict[str, str]) -> str:
    found = places(app.env).find("place", id)
    ledger = app.builder.get_relative_uri(f"code/{id}", found[0]) + f"#{id}" if found else ""
    parts = [
        f"<h1>The code behind claim {id}</h1>",
        f"<blockquote><p>{escape(STATEMENTS[id].says)}</p></blockquote>",
        "<p>First the predicates that decide, then the experiments whose records they read."
        + (f' <a href="{ledger}">The claim in the ledger</a>' if found else "")
        + "</p>",
    ]
    for module, file in files.items():
        source = Path(file).read_text(encoding="utf-8")
        code = app.builder.highlighter.highlight_block(source, "python")  # type: ignore[attr-defined]
        parts.append(f'<h2><code translate="no">{module}</code></h2><div translate="no">{code}</div>')
    return f'<div class="code-of">{"".join(parts)}</div>'
