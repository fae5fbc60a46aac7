"""Document nodes: an HTML element with children, ready HTML, and a link to a page of the site.

The page of a link may be a generated one.
"""

from collections.abc import Sequence
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


class Element(nodes.General, nodes.Element):
    """An HTML element, as in ``Element("p", child, attributes={"class": "top"})``; elsewhere its children alone."""

    def __init__(self, tag: str = "div", *children: nodes.Node, attributes: dict[str, str] | None = None, **rest: Any):
        super().__init__("", *children, tag=tag, html=attributes or {}, **rest)

    def copy(self) -> "Element":
        """Return the node without its children, as docutils expects."""
        return Element(self["tag"], attributes=dict(self["html"]), ids=list(self["ids"]), names=list(self["names"]))


class Markup(nodes.General, nodes.Inline, nodes.Element):
    """Ready HTML, left out in other formats.

    Not docutils' ``raw``: of that Sphinx strips the tags and puts what is left into the search index, where the labels
    of a drawing run together to ``0255075step``.
    """


class PageLink(nodes.Inline, nodes.TextElement):
    """A link to a page by its name, resolved when the page is written: also to pages that have no source."""

    def __init__(self, page: str = "", text: str = "", anchor: str = "", **rest: Any):
        super().__init__(text, text, page=page, anchor=anchor, **rest)

    def copy(self) -> "PageLink":
        """Return the node without its text, as docutils expects."""
        return PageLink(self["page"], anchor=self["anchor"], classes=list(self["classes"]))


def _visit_element(writer: HTML5Translator, node: Element) -> None:
    writer.body.append(writer.starttag(node, node["tag"], "", **node["html"]))


def _depart_element(writer: HTML5Translator, node: Element) -> None:
    if node["tag"] != "input":
        writer.body.append(f"</{node['tag']}>")


def _visit_markup(writer: HTML5Translator, node: Markup) -> None:
    writer.body.append(node["html"])
    raise nodes.SkipNode


def _visit_link(writer: HTML5Translator, node: PageLink) -> None:
    target = writer.builder.get_relative_uri(writer.builder.current_docname, node["page"])
    anchor = f"#{node['anchor']}" if node["anchor"] else ""
    writer.body.append(writer.starttag(node, "a", "", href=target + anchor))


def _depart_link(writer: HTML5Translator, node: PageLink) -> None:
    writer.body.append("</a>")


def _pass(writer: nodes.NodeVisitor, node: nodes.Element) -> None:
    """Write nothing but the children."""


def setup(app: Sphinx) -> None:
    """Register the nodes with every format."""
    others: dict[str, Any] = dict.fromkeys(("latex", "text", "man", "texinfo", "xml"), (_pass, _pass))
    app.add_node(Element, html=(_visit_element, _depart_element), **others)
    app.add_node(Markup, html=(_visit_markup, None), **others)
    app.add_node(PageLink, html=(_visit_link, _depart_link), **others)


def markup(html: str) -> Markup:
    """Return ready HTML, left out in other formats and in the search index."""
    return Markup("", html=html)


def text(tag: str, content: str, css: str = "") -> Element:
    """Return an element that holds text."""
    return Element(tag, nodes.Text(content), attributes={"class": css} if css else {})


def joined(parts: Sequence[Sequence[nodes.Node]], between: str = " · ") -> list[nodes.Node]:
    """Join runs of nodes with a separator, leaving empty runs out."""
    result: list[nodes.Node] = []
    for part in parts:
        if part:
            result += [nodes.Text(between), *part] if result else list(part)
    return result
