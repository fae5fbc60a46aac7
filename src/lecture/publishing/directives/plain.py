"""The same pages on paper and in e-books: docutils' own nodes in place of HTML elements; every writer knows those.

Cards become boxes, the ledger a table, a drawn scale its numbers in words, drawings image files. What is only for the
screen goes: filters, folding, small pictures that decorate.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.nodes import raw_latex

from lecture.publishing.directives.elements import WEB, Element, Markup
from lecture.publishing.directives.pictures import Drawing

INLINE = {"b": nodes.strong, "strong": nodes.strong, "code": nodes.literal, "small": nodes.inline,
          "span": nodes.inline, "time": nodes.inline}  # fmt: skip
SCREEN = ("form", "input")
NARROWEST, WIDEST = 8, 40  # characters of a column in a text file; on paper, columns have these proportions


class OffScreen(SphinxPostTransform):
    """Whatever is no web page: words in place of drawn numbers, image files in place of inline drawings."""

    default_priority = 6

    def is_supported(self) -> bool:
        """Tell whether the builder writes something else than web pages."""
        return self.app.builder.name not in WEB

    def run(self, **_: Any) -> None:
        """Mend the whole page; an e-book keeps HTML elements, for paper they become docutils' nodes."""
        book = self.app.builder.format == "html"
        for element in list(self.document.findall(Element)):
            if element["tag"] in SCREEN or (element["html"].get("aria-hidden") and not book):
                element.parent.remove(element)
        for image in list(self.document.findall(nodes.image)):
            if "dark" in image["classes"]:
                image.parent.remove(image)
            elif book and isinstance(image, Drawing):
                image["uri"] = image["candidates"]["*"] = f"{image['file']}.light.svg"
                self.env.images.add_file(self.env.docname, image["uri"])
        for drawing in list(self.document.findall(Drawing)):
            drawing.replace_self(nodes.image("", **drawing.attributes))
        for links in list(self.document.findall(nodes.inline)):
            if "links" in links["classes"]:  # below a figure: nobody downloads its data from here
                links.children = [link for link in links if isinstance(link, addnodes.pending_xref)]
        for drawn in list(self.document.findall(Markup)):
            drawn.replace_self(drawn.children)
        if not book:
            _rewrite(self.document)


class PlainCaptions(SphinxPostTransform):
    """On paper, cite in captions without a link: sphinxcontrib-bibtex writes one at which LaTeX stops there."""

    default_priority = 20  # when citations are resolved
    formats = ("latex",)

    def run(self, **_: Any) -> None:
        """Leave the text of each link."""
        for caption in self.document.findall(nodes.caption):
            for command in list(caption.findall(raw_latex)):
                command.parent.remove(command)


def _rewrite(parent: nodes.Element) -> None:
    for child in list(parent.children):
        if isinstance(child, Element):
            parent.replace(child, words([child]) if isinstance(parent, nodes.TextElement) else blocks([child]))
        elif isinstance(child, nodes.Element):
            _rewrite(child)


def words(run: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return a line of text; what a style sheet would set apart is parted by dots."""
    line: list[nodes.Node] = []
    said = " "
    for node in run:
        aside = isinstance(node, Element) and node["tag"] == "small" and said.strip()
        apart = said[-1:] not in (" ", "(") and not node.astext().startswith(" ")
        if (aside or apart) and not isinstance(node, nodes.Text):
            line.append(nodes.Text("· " if said.endswith(" ") else " · "))
        line += _inline(node)
        said = node.astext() or said
    return line


def _inline(node: nodes.Node) -> list[nodes.Node]:
    if not isinstance(node, Element):
        return [node]
    return [INLINE.get(node["tag"], nodes.inline)("", "", *words(node.children), ids=node["ids"])]


def blocks(children: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return paragraphs, lists, tables: each run of text between them becomes a paragraph."""
    found: list[nodes.Node] = []
    run: list[nodes.Node] = []
    for child in children:
        if isinstance(child, (nodes.Text, nodes.Inline)) or (isinstance(child, Element) and child["tag"] in INLINE):
            run.append(child)
            continue
        found += _paragraph(run)
        run = []
        found += _block(child)
    return found + _paragraph(run)


def _paragraph(run: Sequence[nodes.Node]) -> list[nodes.Node]:
    return [nodes.paragraph("", "", *words(run))] if "".join(node.astext() for node in run).strip() else []


def _block(node: nodes.Node) -> list[nodes.Node]:
    if not isinstance(node, Element):
        if isinstance(node, nodes.Element):
            _rewrite(node)
        return [node]
    made = _BLOCKS[node["tag"]](node) if node["tag"] in _BLOCKS else blocks(node.children)
    return made if node["tag"] == "figure" else [*_anchors(node), *made]


def _box(card: Element) -> list[nodes.Node]:
    header = _elements(card)[0]
    return [nodes.topic("", nodes.title("", "", *words(header.children)), *blocks(card.children[1:]))]


def _list(node: Element) -> list[nodes.Node]:
    items = [nodes.list_item("", *_anchors(item), *blocks(item.children)) for item in _elements(node)]
    return [nodes.bullet_list("", *items, bullet="*")] if items else []


def _definitions(node: Element) -> list[nodes.Node]:
    pairs = [(nodes.term("", "", *words(name.children)), blocks(told.children))
             for name, told in map(_elements, _elements(node))]  # fmt: skip
    items = [nodes.definition_list_item("", name, nodes.definition("", *told)) for name, told in pairs]
    return [nodes.definition_list("", *items)]


def _folded(node: Element) -> list[nodes.Node]:
    summary = _elements(node)[0]
    return [nodes.paragraph("", "", nodes.strong("", "", *words(summary.children))), *blocks(node.children[1:])]


def _figure(node: Element) -> list[nodes.Node]:
    (caption,) = _elements(node)
    return [nodes.figure("", node[0], nodes.caption("", "", *words(caption.children)), ids=node["ids"])]


def _table(node: Element) -> list[nodes.Node]:
    """Return a table; a cell that spans its row, such as a claim's above its parts, spans it here too."""
    rows = [row.children for group in _elements(node) for row in _elements(group)]
    columns = max(map(len, rows))
    full = [[min(WIDEST, len(cell.astext())) for cell in row] for row in rows if len(row) == columns]
    specs = [nodes.colspec("", colwidth=max(NARROWEST, *lengths)) for lengths in zip(*full, strict=True)]
    parts = {"thead": nodes.thead(), "tbody": nodes.tbody()}
    for group in _elements(node):
        for n, row in enumerate(_elements(group)):
            parts[group["tag"]] += _row(row, [*(_anchors(group) if n == 0 else []), *_anchors(row)])
    inside = [part for part in parts.values() if part.children]
    return [nodes.table("", nodes.tgroup("", *specs, *inside, cols=columns), classes=["colwidths-given"])]


def _row(row: Element, anchors: list[nodes.Node]) -> nodes.row:
    cells = []
    for cell in _elements(row):
        span = int(cell["html"].get("colspan", 1))
        inside = [*anchors, *blocks(cell.children)]
        cells.append(nodes.entry("", *inside, **({"morecols": span - 1} if span > 1 else {})))
        anchors = []
    return nodes.row("", *cells)


def _heading(node: Element) -> list[nodes.Node]:
    return [nodes.rubric("", "", *words(node.children))]


def _anchors(node: Element) -> list[nodes.Node]:
    return [nodes.target("", "", ids=node["ids"])] if node["ids"] else []


def _elements(node: nodes.Element) -> list[Element]:
    return [child for child in node.children if isinstance(child, Element)]


_BLOCKS: dict[str, Callable[[Element], list[nodes.Node]]] = {
    "section": _box, "ul": _list, "ol": _list, "dl": _definitions, "details": _folded, "figure": _figure,
    "table": _table, "h2": _heading, "h3": _heading,
}  # fmt: skip
