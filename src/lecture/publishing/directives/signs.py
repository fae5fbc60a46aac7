"""The sign of each verdict: a mark, a word, and a colour that is never the only sign."""

from collections.abc import Iterable
from dataclasses import dataclass

from docutils import nodes

from lecture.claims.assessment import PartAssessment
from lecture.claims.talk import Kind
from lecture.claims.verdict import Verdict
from lecture.publishing.directives.elements import Element
from lecture.publishing.directives.numbers import SPACE


@dataclass(frozen=True)
class Sign:
    """How a verdict is shown.

    Attributes:
        name: In style sheets and scripts.
        mark: A character.
        word: The verdict in words.
        one: What one part does, ``"1 holds"``.
        many: What several do, ``"3 hold"``.
    """

    name: str
    mark: str
    word: str
    one: str
    many: str

    @property
    def css(self) -> str:
        """The classes of an element that has the verdict's colour."""
        return f"verdict verdict-{self.name}"

    @property
    def text(self) -> str:
        """Mark and word."""
        return f"{self.mark}{SPACE}{self.word}"

    def element(self, css: str = "") -> Element:
        """Return mark and word as an element."""
        return Element("span", nodes.Text(self.text), attributes={"class": f"{self.css} {css}".rstrip()})


SIGNS = {
    Verdict.HOLDS: Sign("holds", "✓", "holds", "holds", "hold"),
    Verdict.IN_PART: Sign("in_part", "◐", "holds in part", "holds in part", "hold in part"),
    Verdict.FAILS: Sign("fails", "✕", "does not hold", "does not hold", "do not hold"),
    Verdict.UNDECIDED: Sign("undecided", "?", "undecided", "is undecided", "are undecided"),
    Verdict.OPINION: Sign("opinion", "¶", "opinion", "is an opinion", "are opinions"),
    Verdict.UNTESTED: Sign("untested", "·", "not yet tested", "is not yet tested", "are not yet tested"),
}
ANNOUNCEMENT = Sign("announcement", "»", "announcement", "is an announcement", "are announcements")
ALL = (*list(SIGNS.values())[:-1], ANNOUNCEMENT, SIGNS[Verdict.UNTESTED])
"""In the order in which they are counted and offered."""


def sign_of(verdict: Verdict, kinds: Iterable[Kind]) -> Sign:
    """Return the sign of a verdict on parts of these kinds: nobody decides an announcement, yet it is no opinion."""
    announced = verdict is Verdict.OPINION and set(kinds) == {Kind.ANNOUNCEMENT}
    return ANNOUNCEMENT if announced else SIGNS[verdict]


def of_witness(part: PartAssessment, verdict: Verdict) -> list[Element]:
    """Return the sign of a witness; none where it is the only one, and its sign the part's."""
    alone = not (part.finding and part.part.published) and verdict is part.verdict
    return [] if alone else [SIGNS[verdict].element()]
