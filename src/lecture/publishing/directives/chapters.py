"""The chapters as cards with a figure, times and verdicts; and the talk by the clock."""

import re
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from lecture.claims.talk import STATEMENTS, Statement
from lecture.publishing.directives.elements import Element, Late, link, markup, text
from lecture.publishing.directives.outcomes import glance, tally
from lecture.publishing.drawing.svg import placed
from lecture.publishing.evidence import evidence_of, note
from lecture.publishing.places import places

END = "10:00"  # of the talk
PANEL = 209  # points: the height of a phone's first panel (scraper.PANEL, which would import matplotlib)


_log = logging.getLogger(__name__)


class ChapterCards(Late):
    """A card for each chapter of the talk that has a page, wherever that is."""

    def build(self, env: BuildEnvironment) -> list[nodes.Node]:
        """Return the list of cards."""
        found = {chapter: page for chapter in chapters() if (page := places(env).chapter(chapter))}
        cards = [self._card(env, chapter, places(env).pages[page].minutes) for chapter, page in found.items()]
        return [Element("ul", *cards, attributes={"class": "chapters"})]

    def _card(self, env: BuildEnvironment, chapter: str, minutes: int) -> Element:
        picture, teaser = self["told"].get(chapter, ("", ""))
        ids = [id for id, statement in STATEMENTS.items() if statement.chapter == chapter]
        start, end = span(chapter)
        inner: list[nodes.Node] = [
            *([markup(picture)] if picture else []),
            Element("strong", link("chapter", chapter)),
            text("span", teaser),
            text("small", f"{start} to {end} in the talk · {minutes} min to read"),
            *glance(tally(evidence_of(env), ids), short=True),
        ]
        return Element("li", Element("article", *inner))


class Chapters(SphinxDirective):
    """``{chapters}``: one card for each chapter of the talk that has a page, in the order of the talk.

    The body gives each card its sentence, a line a chapter, and the gallery script of its picture:
    ``history, plot_contest: The assembly line before 2012.``
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the place of the list."""
        note(self.env, "verdicts")
        told: dict[str, tuple[str, str]] = {}
        for line in self.content:
            names, _, teaser = line.partition(":")
            chapter, _, script = (name.strip() for name in names.partition(","))
            told[chapter] = self._picture(chapter, script) if script else "", teaser.strip()
        return [ChapterCards(told=told)]

    def _picture(self, chapter: str, script: str) -> str:
        """Return a script's first figure, as decoration: the chapter itself describes it.

        A card is small: it shows the top of the phone's drawing, which is a single panel, and without its words.
        """
        name = f"gallery/{chapter}/images/sphx_glr_{script}_001.narrow.svg"
        path = Path(self.env.srcdir) / name
        note(self.env, f"file:{name}")
        if not path.is_file():
            _log.error(
                "{chapters}: gallery/%s/%s.py has drawn no figure", chapter, script, location=self.get_location()
            )
            return ""
        picture = placed(path.read_text(encoding="utf-8"), f"card-{chapter}")
        picture = re.sub(r' role="img" aria-label="[^"]*"', "", picture)
        picture = re.sub(r'viewBox="0 0 (\S+) [^"]+"', rf'viewBox="0 0 \1 {PANEL}"', picture, count=1)
        return f'<div class="picture" aria-hidden="true">{picture}</div>'


def chapters() -> list[str]:
    """Return the chapters in the order of the talk."""
    return list(dict.fromkeys(statement.chapter for statement in STATEMENTS.values()))


def span(chapter: str) -> tuple[str, str]:
    """Return when the talk treats a chapter: from its first statement to the next chapter's first."""
    statements = list(STATEMENTS.values())
    at = [n for n, statement in enumerate(statements) if statement.chapter == chapter]
    return statements[at[0]].time, statements[at[-1] + 1].time if at[-1] + 1 < len(statements) else END


class Outline(SphinxDirective):
    """``{outline}``: the chapters in the talk's order, and under each what is said when."""

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        note(self.env, "verdicts")
        return [Element("ol", *(self._chapter(chapter) for chapter in chapters()), attributes={"class": "outline"})]

    def _chapter(self, chapter: str) -> Element:
        start, end = span(chapter)
        said = [self._passage(statement) for statement in STATEMENTS.values() if statement.chapter == chapter]
        heading = Element("span", link("chapter", chapter), attributes={"class": "chapter"})
        return Element("li", heading, text("span", f" {start} to {end}", "meta"), Element("ol", *said))

    def _passage(self, statement: Statement) -> Element:
        says = link("place", f"claim-{statement.id}", statement.says)
        outcome = evidence_of(self.env).sign(statement.id).element()
        return Element("li", text("time", statement.time), Element("span", says), nodes.Text(" "), outcome)
