"""The talk by the clock: each passage with its time, its verdict, and the way to where the book treats it."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from lecture.claims.talk import STATEMENTS, Statement
from lecture.publishing.chapters import chapters, page_of, span
from lecture.publishing.elements import Element, PageLink, text
from lecture.publishing.evidence import evidence_of, note
from lecture.publishing.ledger import title_on
from lecture.publishing.roles import verdict_class, verdict_text


class Outline(SphinxDirective):
    """``{outline}``: the chapters in the talk's order, and under each what is said when."""

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        note(self.env, "verdicts")
        return [Element("ol", *(self._chapter(chapter) for chapter in chapters()), attributes={"class": "outline"})]

    def _chapter(self, chapter: str) -> Element:
        start, end = span(chapter)
        page, title = page_of(self.env, chapter), title_on(self.env, chapter)
        name = PageLink(page, title) if page else nodes.inline("", title)
        said = [self._passage(statement) for statement in STATEMENTS.values() if statement.chapter == chapter]
        heading = Element("span", name, attributes={"class": "chapter"})
        return Element("li", heading, text("span", f" {start} to {end}", "meta"), Element("ol", *said))

    def _passage(self, statement: Statement) -> Element:
        verdict = evidence_of(self.env).verdict(statement.id)
        page = page_of(self.env, statement.chapter)
        anchor = f"claim-{statement.id}"
        says = PageLink(page, statement.says, anchor) if page else nodes.inline("", statement.says)
        outcome = text("span", verdict_text(verdict), verdict_class(verdict))
        return Element("li", text("time", statement.time), Element("span", says), nodes.Text(" "), outcome)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("outline", Outline)
