"""The chapters as cards: a figure, the time in the talk, the reading time, how many claims."""

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from lecture.claims.talk import STATEMENTS
from lecture.publishing.elements import Element, PageLink, markup, text
from lecture.publishing.evidence import evidence_of, note
from lecture.publishing.outcomes import glance, tally
from lecture.publishing.prose import reading_minutes, title_of
from lecture.publishing.svg import placed

END = "10:00"  # of the talk
PANEL = 209  # points: the height of a phone's first panel (scraper.PANEL, which would import matplotlib)


_log = logging.getLogger(__name__)


class Chapters(SphinxDirective):
    """``{chapters}``: one card for each chapter of the talk that has a page, in the order of the talk.

    The body gives each card its sentence, a line a chapter, and the gallery script of its picture:
    ``history, plot_contest: The assembly line before 2012.``
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the list of cards."""
        note(self.env, "verdicts")
        told: dict[str, tuple[str, str]] = {}
        for line in self.content:
            names, _, teaser = line.partition(":")
            chapter, _, script = names.partition(",")
            told[chapter.strip()] = script.strip(), teaser.strip()
        cards = [
            self._card(chapter, *told.get(chapter, ("", ""))) for chapter in chapters() if page_of(self.env, chapter)
        ]
        return [Element("ul", *cards, attributes={"class": "chapters"})]

    def _card(self, chapter: str, script: str, teaser: str) -> Element:
        source = Path(self.env.doc2path(chapter))
        note(self.env, f"page:{chapter}")
        written = source.read_text(encoding="utf-8")
        ids = [id for id, statement in STATEMENTS.items() if statement.chapter == chapter]
        start, end = span(chapter)
        inner = [
            self._picture(chapter, script),
            Element("strong", PageLink(chapter, title_of(written, chapter))),
            text("span", teaser),
            text("small", f"{start} to {end} in the talk · {reading_minutes(written)} min to read"),
            *glance(tally(evidence_of(self.env), ids), short=True),
        ]
        return Element("li", Element("article", *(node for node in inner if node)))

    def _picture(self, chapter: str, script: str) -> nodes.Node | None:
        """Return a script's first figure, as decoration: the chapter itself describes it.

        A card is small: it shows the top of the phone's drawing, which is a single panel, and without its words.
        """
        name = f"gallery/{chapter}/images/sphx_glr_{script}_001.narrow.svg"
        path = Path(self.env.srcdir) / name
        note(self.env, f"file:{name}")
        if not path.is_file():
            if script:
                _log.error(
                    "{chapters}: gallery/%s/%s.py has drawn no figure", chapter, script, location=self.get_location()
                )
            return None
        picture = placed(path.read_text(encoding="utf-8"), f"card-{chapter}")
        picture = re.sub(r' role="img" aria-label="[^"]*"', "", picture)
        picture = re.sub(r'viewBox="0 0 (\S+) [^"]+"', rf'viewBox="0 0 \1 {PANEL}"', picture, count=1)
        return markup(f'<div class="picture" aria-hidden="true">{picture}</div>')


def chapters() -> list[str]:
    """Return the chapters in the order of the talk."""
    return list(dict.fromkeys(statement.chapter for statement in STATEMENTS.values()))


def span(chapter: str) -> tuple[str, str]:
    """Return when the talk treats a chapter: from its first statement to the next chapter's first."""
    statements = list(STATEMENTS.values())
    at = [n for n, statement in enumerate(statements) if statement.chapter == chapter]
    return statements[at[0]].time, statements[at[-1] + 1].time if at[-1] + 1 < len(statements) else END


def page_of(env: BuildEnvironment, chapter: str) -> str | None:
    """Return the page of a chapter, None while it has none."""
    return chapter if chapter in env.found_docs else None


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chapters", Chapters)
