"""What is mended in pages that others wrote."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

_MENDED = {
    ' role="doc-biblioentry"': "",
    ' role="list" class="citation-list"': ' class="citation-list"',
    "<th></th>": "<td></td>",
}


def drop_repeated_ids(app: Sphinx, doctree: nodes.document) -> None:
    """Remove sphinx-gallery's empty lists of tags: all of one page have the same id."""
    for raw in list(doctree.findall(nodes.raw)):
        if "sg-tag-list" in raw.astext():
            raw.parent.remove(raw)


def accessible(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None) -> None:
    """Mend what docutils and pandas write for the eye alone: roles that no longer exist, empty heads."""
    if isinstance(body := context.get("body"), str):
        for written, better in _MENDED.items():
            body = body.replace(written, better)
        context["body"] = body


def setup(app: Sphinx) -> None:
    """Look at each page when it is read, and before it is written."""
    app.connect("html-page-context", accessible)
    app.connect("doctree-read", drop_repeated_ids)
