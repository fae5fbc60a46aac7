"""Each page's paragraphs in a file of their own, from which the search quotes.

Sphinx's search fetches whole pages for that: half a megabyte where a chapter has many figures, and nothing at all when
the site is opened from a disk. These are scripts, like Sphinx's index, and so load from there as well.
"""

import json
import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from lecture.publishing.directives.elements import Element

FOLDER = "_passages"

_COMMANDS = re.compile(r"\\(?:math[a-z]+|text|operatorname|left|right|[,;!])|[\\{}]")


def passages(tree: nodes.document) -> dict[str, list[str]]:
    """Return a page's paragraphs and captions by the anchor of their section, without a claim card's small print."""
    found: dict[str, list[str]] = {}
    for node in tree.findall(nodes.Element):
        caption = isinstance(node, Element) and node["tag"] == "figcaption"
        if caption or (isinstance(node, nodes.paragraph) and "meta" not in node["classes"]):
            section = node.parent
            while section and not isinstance(section, nodes.section):
                section = section.parent
            if text := text_of(node):
                found.setdefault(section["ids"][0] if section else "", []).append(text)
    return found


def text_of(node: nodes.Element) -> str:
    """Return what a reader sees of a paragraph in a line; of a formula roughly, its TeX without the commands."""
    parts = (
        _COMMANDS.sub("", text.astext().replace(r"\times", " × "))
        if isinstance(text.parent, nodes.math)
        else text.astext()
        for text in node.findall(nodes.Text)
        if not isinstance(text.parent, nodes.raw)
    )
    return " ".join("".join(parts).split())


def write(app: Sphinx, page: str, tree: nodes.document | None) -> None:
    """Write the file of a page that the search finds."""
    if tree is not None and app.builder.search and "nosearch" not in app.env.metadata[page]:  # type: ignore[attr-defined]
        path = Path(app.outdir) / FOLDER / f"{page}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        written = json.dumps(passages(tree), ensure_ascii=False)
        path.write_text(f"Search.passages[{json.dumps(page)}] = {written};\n", encoding="utf-8")


def forget_gone(app: Sphinx) -> None:
    """Delete the files of pages that are gone."""
    folder = Path(app.outdir) / FOLDER
    for path in folder.rglob("*.js"):
        if path.relative_to(folder).with_suffix("").as_posix() not in app.env.found_docs:
            path.unlink()
