"""All figures on one page: a small picture of each, what it tests, and the way back to its place in the chapter."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from lecture.publishing.chapters import chapters
from lecture.publishing.elements import Element, PageLink, joined, text
from lecture.publishing.evidence import evidence_of, note
from lecture.publishing.prose import figures_in, title_of
from lecture.publishing.roles import verdict_class, verdict_text
from lecture.publishing.thumbnails import thumbnail


class Shown(NamedTuple):
    """A figure at its place in the book.

    Attributes:
        page: The page that shows it.
        script: Its gallery script, ``chapter/plot_name``.
        number: Which of the script's figures, from 1.
    """

    page: str
    script: str
    number: int

    @property
    def anchor(self) -> str:
        """The id of the figure on its page, ``fig-plot_name``; a script's second figure ends on ``-2``."""
        return anchor(self.script, self.number)

    @property
    def file(self) -> str:
        """The saved figure without its ending, relative to the sources."""
        chapter, _, stem = self.script.rpartition("/")
        return f"gallery/{chapter}/images/sphx_glr_{stem}_{self.number:03}"


def anchor(script: str, number: int) -> str:
    """Return the id that a figure has wherever it is shown."""
    return f"fig-{script.rpartition('/')[2]}" + (f"-{number}" if number > 1 else "")


def shown(env: BuildEnvironment) -> Iterator[Shown]:
    """Yield what :func:`places` does, for the page being read: it is read again when that changes."""
    note(env, "figures")
    yield from places(env)


def places(env: BuildEnvironment) -> Iterator[Shown]:
    """Yield the figures that the pages show, each at its first place, in the order of the book."""
    others = sorted(page for page in env.found_docs if not page.startswith("gallery/") and page not in chapters())
    seen = set()
    for page in [*(page for page in chapters() if page in env.found_docs), *others]:
        for script, number in figures_in(Path(env.doc2path(page)).read_text(encoding="utf-8")):
            if (script, number) not in seen and f"gallery/{script}" in env.found_docs:
                seen.add((script, number))
                yield Shown(page, script, number)


class FigureList(SphinxDirective):
    """``{figures}``: every figure that a page shows, under the title of its page."""

    def run(self) -> list[nodes.Node]:
        """Return a heading and a list for each page that shows figures."""
        note(self.env, "verdicts")
        found: dict[str, list[Element]] = {}
        for figure in shown(self.env):
            if item := self._item(figure):
                found.setdefault(figure.page, []).append(item)
        return [node for page, items in found.items() for node in self._part(page, items)]

    def _part(self, page: str, items: list[Element]) -> list[nodes.Node]:
        title = title_of(Path(self.env.doc2path(page)).read_text(encoding="utf-8"), page)
        heading = Element("h2", PageLink(page, title), ids=[f"figures-{page}"])
        return [heading, Element("ul", *items, attributes={"class": "figures"})]

    def _item(self, figure: Shown) -> Element | None:
        script = Path(self.env.doc2path(f"gallery/{figure.script}")).with_suffix(".py")
        picture = Path(self.env.srcdir) / f"{figure.file}.wide.svg"
        note(self.env, f"file:{figure.file}.wide.svg", f"file:{script.relative_to(self.env.srcdir).as_posix()}")
        if not picture.is_file():  # its place in the chapter complains already
            return None
        title, ids = told_by(script.read_text(encoding="utf-8"))
        link = PageLink(figure.page, title, figure.anchor)
        claims = [self._claim(id) for id in ids]
        about = Element("small", *joined([*claims, [PageLink(f"gallery/{figure.script}", "script")]]))
        return Element(
            "li", Element("article", thumbnail(Path(self.env.srcdir), picture), Element("strong", link), about)
        )

    def _claim(self, id: str) -> list[nodes.Node]:
        """Return a claim's id with its verdict, as a link to its card."""
        evidence = evidence_of(self.env)
        verdict = evidence.verdict(id)
        sign = verdict_text(verdict)
        link = PageLink(evidence.claim(id).statement.chapter, id, f"claim-{id}")
        return [link, nodes.Text(" "), text("span", sign, verdict_class(verdict))]


def told_by(script: str) -> tuple[str, list[str]]:
    """Return a gallery script's title and the claims that its docstring names."""
    title, _, about = (ast.get_docstring(ast.parse(script)) or "").partition("\n")
    return title, sorted(set(re.findall(r"\bC\d\d\b", about)))


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("figures", FigureList)
