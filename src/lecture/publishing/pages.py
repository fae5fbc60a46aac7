"""What goes to the browser with each page: only what that page needs."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

_ONLY_IN_GALLERY = ("sg_gallery",)
_ONLY_WITH_FORMULAS = ("katex",)


def lighten(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Leave out style sheets that the page has no use for."""
    unwanted: list[str] = []
    if not page.startswith("gallery/"):
        unwanted += _ONLY_IN_GALLERY
    if doctree is None or not (
        next(doctree.findall(nodes.math), None) or next(doctree.findall(nodes.math_block), None)
    ):
        unwanted += _ONLY_WITH_FORMULAS
    context["css_files"] = [
        sheet for sheet in context["css_files"] if not any(name in str(sheet.filename) for name in unwanted)
    ]


def drop_repeated_ids(app: Sphinx, doctree: nodes.document) -> None:
    """Remove the id that sphinx-gallery gives to each of several empty lists of tags on one page."""
    for raw in list(doctree.findall(nodes.raw)):
        if "sg-tag-list" in raw.astext():
            raw.parent.remove(raw)


def setup(app: Sphinx) -> None:
    """Look at each page after everybody else has added to it."""
    app.connect("doctree-read", drop_repeated_ids)
    app.connect("html-page-context", lighten, priority=900)
