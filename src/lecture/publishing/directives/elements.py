"""Document nodes that the directives build: HTML elements, ready HTML, links to things wherever they stand, late lists.

A web page is written from them as they are; for paper and e-books :mod:`lecture.publishing.directives.plain` puts
docutils' own nodes in their place.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

WEB = ("html", "dirhtml", "singlehtml")
"""The builders that write web pages; an e-book is HTML too, but without our style sheets and generated pages."""


class Element(nodes.General, nodes.Element):
    """An HTML element, as in ``Element("p", child, attributes={"class": "top"})``."""

    def __init__(self, tag: str = "div", *children: nodes.Node, attributes: dict[str, str] | None = None, **rest: Any):
        super().__init__("", *children, tag=tag, html=attributes or {}, **rest)

    def copy(self) -> "Element":
        """Return the node without its children, as docutils expects."""
        return Element(self["tag"], attributes=dict(self["html"]), ids=list(self["ids"]), names=list(self["names"]))


class Markup(nodes.General, nodes.Inline, nodes.Element):
    """Ready HTML; its children say the same in words where there is no web page, nothing where it only decorates.

    Not docutils' ``raw``: of that Sphinx strips the tags and puts what is left into the search index, where the labels
    of a drawing run together to ``0255075step``.
    """


class Link(nodes.reference):
    """A resolved link that may stand anywhere; of an ordinary reference Sphinx's HTML demands that it stand in text."""


class Late(nodes.General, nodes.Element):
    """A list that depends on other pages, and so is built when all are read."""

    def build(self, env: BuildEnvironment) -> list[nodes.Node]:
        """Return what stands in its place."""
        raise NotImplementedError


class BuildLate(SphinxPostTransform):
    """Build the late lists of a page about to be written, before the links in them are resolved."""

    default_priority = 2

    def run(self, **_: Any) -> None:
        """Put each list in its place."""
        for place in list(self.document.findall(Late)):
            place.replace_self(place.build(self.env))


def markup(html: str, *words: nodes.Node) -> Markup:
    """Return ready HTML, and what says the same where there is no web page."""
    return Markup("", *words, html=html)


def text(tag: str, content: str, css: str = "") -> Element:
    """Return an element that holds text; a browser's translation leaves code alone."""
    names = {"class": css} if css else {}
    return Element(tag, nodes.Text(content), attributes=names | ({"translate": "no"} if tag == "code" else {}))


def link(
    kind: str, target: str, shown: str = "", otherwise: str = "", css: Iterable[str] = (), must: bool = False
) -> addnodes.pending_xref:
    """Return a link that Sphinx resolves when a page is written, wherever its target then stands.

    Args:
        kind: One of those that :class:`lecture.publishing.places.Places` tells.
        target: What it leads to, as the kind names it.
        shown: The link's text.
        otherwise: The text where the target does not exist, if another.
        css: Classes of the link.
        must: Whether the page is wrong if the target does not exist.
    """
    content: list[nodes.Node] = [nodes.Text(shown or target)]
    if otherwise:
        content = [
            addnodes.pending_xref_condition("", "", nodes.Text(words), condition=when)
            for words, when in ((shown, "resolved"), (otherwise, "*"))
        ]
    return addnodes.pending_xref(
        "", *content, refdomain="lecture", reftype=kind, reftarget=target, refwarn=must, classes=list(css)
    )


def joined(parts: Sequence[Sequence[nodes.Node]], between: str = " · ") -> list[nodes.Node]:
    """Join runs of nodes with a separator, leaving empty runs out."""
    result: list[nodes.Node] = []
    for part in parts:
        if part:
            result += [nodes.Text(between), *part] if result else list(part)
    return result


def _visit_element(writer: HTML5Translator, node: Element) -> None:
    writer.body.append(writer.starttag(node, node["tag"], "", **node["html"]))


def _depart_element(writer: HTML5Translator, node: Element) -> None:
    if node["tag"] != "input":
        writer.body.append(f"</{node['tag']}>")


def _visit_markup(writer: HTML5Translator, node: Markup) -> None:
    writer.body.append(node["html"])
    raise nodes.SkipNode


def _visit_link(writer: HTML5Translator, node: Link) -> None:
    to = f"#{node['refid']}" if "refid" in node else node["refuri"] or "#"  # empty: the page itself
    writer.body.append(writer.starttag(node, "a", "", href=to))


def _depart_link(writer: HTML5Translator, node: Link) -> None:
    writer.body.append("</a>")


def add_nodes(app: Sphinx) -> None:
    """Register the nodes with the HTML writer: no other meets them."""
    app.add_node(Element, html=(_visit_element, _depart_element))
    app.add_node(Markup, html=(_visit_markup, None))
    app.add_node(Link, html=(_visit_link, _depart_link))
