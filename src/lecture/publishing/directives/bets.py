"""A bet at the head of a section: one tap, before the evidence; the card at the section's end remembers it."""

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from lecture.claims.verdict import Verdict
from lecture.errors import LectureError
from lecture.publishing.directives.elements import Element, Markup, markup
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
        bet = Element("div", *self.parse_content_to_nodes(), _choices(id), attributes={"class": "bet"})
        self.set_source_info(bet)
        return [bet]


def _choices(id: str) -> Markup:
    """Return a radio button for each verdict; it is no word of the page, so neither paper nor the search has it."""
    buttons = "".join(
        f'<label><input type="radio" name="bet-{id}" value="{SIGNS[bet].name}">{SIGNS[bet].word}</label>'
        for bet in OFFERED
    )
    legend = f"<legend>Your bet on {id}: what the talk says</legend>"
    return markup(f'<form class="choices"><fieldset>{legend}{buttons}</fieldset></form>')


def remembered(verdict: Verdict) -> Markup:
    """Return what a card says of a bet on its claim: a line for each choice, of which the style sheet shows one."""
    otherwise = f"The records say: {SIGNS[verdict].word}."
    lines = "".join(
        f'<span class="bet-{SIGNS[bet].name}">Your bet: {SIGNS[bet].word}. '
        f"{'Right.' if bet is verdict else otherwise}</span>"
        for bet in OFFERED
    )
    return markup(f'<output class="remembered">{lines}</output>')
