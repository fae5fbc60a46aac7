"""How the talk came out, at a glance: parts counted under each verdict, and where small and large disagree."""

from collections import Counter
from collections.abc import Iterable
from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lecture.claims.assessment import PartAssessment
from lecture.claims.talk import STATEMENTS
from lecture.claims.verdict import Verdict
from lecture.publishing.directives import numbers
from lecture.publishing.directives.elements import Element, joined, link, markup
from lecture.publishing.directives.signs import ALL, Sign
from lecture.publishing.evidence import Evidence, evidence_of, note


class Outcomes(SphinxDirective):
    """``{outcomes}``: the verdicts at a glance, a bar with its legend."""

    def run(self) -> list[nodes.Node]:
        """Return bar and legend."""
        note(self.env, "verdicts")
        return glance(tally(evidence_of(self.env)))


class Disagreements(SphinxDirective):
    """``{disagreements}``: the parts on which our experiment and the literature have different signs, in a line."""

    def run(self) -> list[nodes.Node]:
        """Return the paragraph."""
        note(self.env, "verdicts")
        evidence = evidence_of(self.env)
        differ = evidence.disagreements()
        opposed = [address for address in differ if not is_open(evidence.part(address))]
        said: list[nodes.Node] = [nodes.Text("Small and large disagree nowhere. ")]
        if opposed:
            places = [[link("place", f"claim-{address.replace('.', '-')}", address)] for address in opposed]
            links = joined(places, ", ")
            said = [nodes.Text("Small and large disagree on "), *links, nodes.Text(". ")]
        if n := len(differ) - len(opposed):
            first = next(iter(STATEMENTS))  # the ledger begins with it, on whatever page it is
            more = link("place", first, f"{n} {'more' if opposed else 'parts' if n > 1 else 'part'}")
            said += [nodes.Text("On "), more, nodes.Text(" our experiment is undecided, and the literature is not.")]
        return [nodes.paragraph("", "", *said, classes=["disagreements"])]


def is_open(part: PartAssessment) -> bool:
    """Tell whether our experiment leaves a part undecided."""
    return bool(part.finding and part.finding.verdict is Verdict.UNDECIDED)


def glance(counts: dict[Sign, int], short: bool = False) -> list[nodes.Node]:
    """Return a tally as a bar with a legend; in short, the legend gives marks and numbers without words."""
    said = Element("p", nodes.Text(sentence(counts)), attributes={"class": "visually-hidden"})
    return [markup(_bar(counts) + _legend(counts, short)), said]


def tally(evidence: Evidence, ids: Iterable[str] = STATEMENTS) -> dict[Sign, int]:
    """Count the parts of claims under each verdict, in the fixed order; verdicts without a part are left out."""
    counts = Counter(evidence.sign(address) for address in evidence.parts(ids))
    return {sign: counts[sign] for sign in ALL if counts[sign]}


def sentence(counts: dict[Sign, int]) -> str:
    """Say the tally in words."""
    total = sum(counts.values())
    parts = f"Of {total} parts" if total > 1 else "Of one part"
    return f"{parts} {', '.join(f'{n} {_words(sign, n)}' for sign, n in counts.items())}."


def _words(sign: Sign, n: int) -> str:
    return sign.one if n == 1 else sign.many


def _bar(counts: dict[Sign, int]) -> str:
    total, start, parts = sum(counts.values()), 0, []
    for sign, n in counts.items():
        left, width = 100 * start / total, 100 * n / total
        parts.append(f'<rect class="{sign.css}" x="{left:.3f}%" width="{width:.3f}%" height="100%"/>')
        start += n
    return f'<svg class="tally" width="100%" height="12" aria-hidden="true">{"".join(parts)}</svg>'


def _legend(counts: dict[Sign, int], short: bool) -> str:
    items = []
    for sign, n in counts.items():
        words = "" if short else escape(f" {_words(sign, n)}")
        items.append(f'<span class="{sign.css}">{sign.mark}{numbers.SPACE}{n}{words}</span>')
    return f'<p class="legend" aria-hidden="true">{"".join(items)}</p>'
