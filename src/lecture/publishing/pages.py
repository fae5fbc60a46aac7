"""What is remembered of a page that was read, until it is read again: what stands on it, and where its links lead."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from lecture.claims.talk import STATEMENTS
from lecture.publishing.directives.elements import Element, Late
from lecture.publishing.directives.pictures import Drawing
from lecture.publishing.site.passages import text_of

DOMAIN = "lecture"
SCRIPTS = "gallery/"
"""Pages of scripts: what they show stands in a chapter too."""
WORDS_A_MINUTE = 200

_log = logging.getLogger(__name__)


@dataclass
class Page:
    """What is remembered of a page.

    Attributes:
        anchors: The ids of cards, rows, figures and exercises, in their order.
        figures: The figures that it shows: script and number of each.
        terms: The glossary on it: anchor, name and definition of each term.
        entries: Experiments, functions and classes that it explains: kind, anchor, name and first sentence.
        exercises: On it: anchor, title and first sentence.
        minutes: To read it.
        links: Kinds and targets of its links to things whose place may change.
        lists: Whether it has a list that depends on other pages.
        title: Of a script, as its docstring says.
        claims: The claims that a script tests, likewise.
    """

    anchors: list[str] = field(default_factory=list)
    figures: list[tuple[str, int]] = field(default_factory=list)
    terms: list[tuple[str, str, str]] = field(default_factory=list)
    entries: list[tuple[str, str, str, str]] = field(default_factory=list)
    exercises: list[tuple[str, str, str]] = field(default_factory=list)
    minutes: int = 1
    links: list[tuple[str, str]] = field(default_factory=list)
    lists: bool = False
    title: str = ""
    claims: list[str] = field(default_factory=list)


def page_of(env: BuildEnvironment, docname: str, document: nodes.document) -> Page:
    """Return what is remembered of a page, read off its tree."""
    script = Path(env.doc2path(docname)).with_suffix(".py")
    title, claims = told_by(script.read_text(encoding="utf-8")) if is_script(docname) and script.is_file() else ("", [])
    for unknown in sorted(set(claims) - STATEMENTS.keys()):
        _log.warning("%s.py names claim %s, which the talk does not make", docname, unknown, location=docname)
    items = [
        item
        for glossary in document.findall(addnodes.glossary)
        for item in glossary.findall(nodes.definition_list_item)
    ]
    return Page(
        [id for node in document.findall(nodes.Element) if _is_target(node) for id in node["ids"]],
        [(node["script"], node["number"]) for node in document.findall(Drawing)],
        [entry for item in items for entry in _entries(item)],
        [
            (kind, node["ids"][0], name, told)
            for node in document.findall(Element)
            if "entry" in node
            for kind, name, told in [node["entry"]]
        ],
        [node["exercise"] for node in document.findall(nodes.Element) if "exercise" in node],
        reading_minutes(document),
        [
            (node["reftype"], node["reftarget"])
            for node in document.findall(addnodes.pending_xref)
            if node.get("refdomain") == DOMAIN
        ],
        any(document.findall(Late)),
        title,
        [id for id in claims if id in STATEMENTS],
    )


def _is_target(node: nodes.Element) -> bool:
    return isinstance(node, (Element, nodes.admonition)) or "anchor" in node


def is_script(page: str) -> bool:
    """Tell whether a page is that of a gallery script."""
    return page.startswith(SCRIPTS) and page != f"{SCRIPTS}index"


def _entries(item: nodes.definition_list_item) -> Iterator[tuple[str, str, str]]:
    definition = " ".join(text_of(part) for part in item.findall(nodes.definition))
    for term in item.findall(nodes.term):
        yield term["ids"][0], term.astext(), definition


def reading_minutes(page: nodes.document) -> int:
    """Estimate the time to read a page: the words of its paragraphs."""
    words = sum(len(paragraph.astext().split()) for paragraph in page.findall(nodes.paragraph))
    return max(1, round(words / WORDS_A_MINUTE))


def told_by(script: str) -> tuple[str, list[str]]:
    """Return a gallery script's title and the claims that its docstring names."""
    title, _, about = (ast.get_docstring(ast.parse(script)) or "").partition("\n")
    return title, sorted(set(re.findall(r"\bC\d\d\b", about)))
