"""A bet at the head of a section: one tap, before the evidence; the card at the section's end remembers it."""

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from lecture.claims.verdict import Verdict
from lecture.errors import LectureError
from lecture.publishing.directives.elements import Element, text
from lecture.publishing.directives.signs import SIGNS
from lecture.publishing.evidence import evidence_of

OFFERED = (Verdict.HOLDS, Verdict.IN_PART, Verdict.FAILS)


class Bet(SphinxDirective):
    """``{bet} C10``: the question in the directive's body, and below it what one may bet.

    A style sheet passes the choice on to the card of the same section, so no script is needed. On paper the question
    stands alone.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the question and the choices."""
        id = self.arguments[0]
        try:
            evidence_of(self.env).assessment(id)
        except LectureError as error:
            logging.getLogger(__name__).error("{bet} %s: %s", id, error, location=self.get_location())
            return []
        choices = (_choice(id, SIGNS[verdict].name, SIGNS[verdict].word) for verdict in OFFERED)
        asked = Element("fieldset", text("legend", f"Your bet on {id}: what the talk says"), *choices)
        bet = Element(
            "div", *self.parse_content_to_nodes(), Element("form", asked, attributes={"class": "choices"}),
            attributes={"class": "bet"},
        )  # fmt: skip
        self.set_source_info(bet)
        return [bet]


def _choice(id: str, value: str, word: str) -> Element:
    """Return a radio button with its label."""
    facts = {"type": "radio", "name": f"bet-{id}", "value": value}
    return Element("label", Element("input", attributes=facts), nodes.Text(word))


def remembered(verdict: Verdict) -> Element:
    """Return what a card says of a bet on its claim: a line for each choice, of which the style sheet shows one."""
    lines = (
        text(
            "span",
            f"Your bet: {SIGNS[bet].word}. {'Right.' if bet is verdict else _wrong(verdict)}",
            f"bet-{SIGNS[bet].name}",
        )
        for bet in OFFERED
    )
    return Element("output", *lines, attributes={"class": "remembered"})


def _wrong(verdict: Verdict) -> str:
    return f"The records say: {SIGNS[verdict].word}."
