"""The chapters as cards: a figure, the time in the talk, the reading time, how many claims."""

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from lecture.claims.talk import STATEMENTS
from lecture.publishing.elements import Element, PageLink, markup, text
from lecture.publishing.evidence import evidence_of, note
from lecture.publishing.prose import reading_minutes, title_of
from lecture.publishing.svg import placed

END = "10:00"  # of the talk


class Chapters(SphinxDirective):
    """``{chapters}``: one card for each chapter of the talk that has a page, in the order of the talk.

    The body gives each card its sentence, a line a chapter: ``history: The assembly line before 2012.``
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the list of cards."""
        note(self.env, "verdicts")
        teasers = {name.strip(): text.strip() for name, _, text in (line.partition(":") for line in self.content)}
        cards = [self._card(chapter, teasers.get(chapter, "")) for chapter in chapters() if page_of(self.env, chapter)]
        return [Element("ul", *cards, attributes={"class": "chapters"})]

    def _card(self, chapter: str, teaser: str) -> Element:
        source = Path(self.env.doc2path(chapter))
        note(self.env, f"page:{chapter}")
        written = source.read_text(encoding="utf-8")
        ids = [id for id, statement in STATEMENTS.items() if statement.chapter == chapter]
        start, end = span(chapter)
        claims = f"{len(ids)} claim{'s' if len(ids) > 1 else ''}"
        facts = f"{start} to {end} in the talk · {reading_minutes(written)} min · {claims}"
        inner = [
            self._picture(ids),
            text("strong", title_of(written, chapter)),
            text("span", teaser),
            text("small", facts),
        ]
        return Element(
            "li", Element("article", *(node for node in inner if node), PageLink(chapter, title_of(written, chapter)))
        )

    def _picture(self, ids: list[str]) -> nodes.Node | None:
        """Return the first figure among the chapter's claims, as decoration: the chapter itself describes it."""
        evidence = evidence_of(self.env)
        for id in ids:
            folder, _, stem = evidence.claim(id).figure.rpartition("/")
            name = f"gallery/{folder}/images/sphx_glr_{stem}_001.wide.svg"
            path = Path(self.env.srcdir) / name
            if stem and path.is_file():
                note(self.env, f"file:{name}")
                picture = placed(path.read_text(encoding="utf-8"), f"card-{id}")
                picture = re.sub(r' role="img" aria-label="[^"]*"', "", picture)
                return markup(f'<div class="picture" aria-hidden="true">{picture}</div>')
        return None


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
