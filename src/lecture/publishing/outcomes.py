"""How the claims came out, at a glance: counted under each verdict, in words and as a bar."""

from collections import Counter
from collections.abc import Iterable
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from lecture.claims.claim import Verdict
from lecture.claims.talk import STATEMENTS
from lecture.publishing import numbers
from lecture.publishing.elements import Element, markup
from lecture.publishing.evidence import Evidence, evidence_of, note
from lecture.publishing.roles import ICONS, verdict_class

WORDS = {
    Verdict.HOLDS: "hold", Verdict.CAVEAT: "hold with a caveat", Verdict.FAILS: "do not hold here",
    Verdict.CITED: "are cited", Verdict.UNTESTED: "are not yet tested",
}  # fmt: skip
"""How a number of claims is counted under each verdict, in the plural."""
ONE = {
    Verdict.HOLDS: "holds", Verdict.CAVEAT: "holds with a caveat", Verdict.FAILS: "does not hold here",
    Verdict.CITED: "is cited", Verdict.UNTESTED: "is not yet tested",
}  # fmt: skip
"""The same for a single claim."""


class Outcomes(SphinxDirective):
    """``{outcomes}``: the verdicts at a glance, a bar with its legend."""

    def run(self) -> list[nodes.Node]:
        """Return bar and legend."""
        note(self.env, "verdicts")
        return glance(tally(evidence_of(self.env)))


def glance(counts: dict[Verdict, int], short: bool = False) -> list[nodes.Node]:
    """Return a tally as a bar with a legend; in short, the legend gives signs and numbers without words."""
    said = Element("p", nodes.Text(sentence(counts)), attributes={"class": "visually-hidden"})
    return [markup(_bar(counts) + _legend(counts, short)), said]


def tally(evidence: Evidence, ids: Iterable[str] = STATEMENTS) -> dict[Verdict, int]:
    """Count claims under each verdict, in the fixed order; verdicts without a claim are left out."""
    counts = Counter(evidence.verdict(id) for id in ids)
    return {verdict: counts[verdict] for verdict in Verdict if counts[verdict]}


def sentence(counts: dict[Verdict, int]) -> str:
    """Say the tally in words."""
    total = sum(counts.values())
    claims = f"Of {total} claims" if total > 1 else "Of one claim"
    return f"{claims} {', '.join(f'{n} {_words(verdict, n)}' for verdict, n in counts.items())}."


def _words(verdict: Verdict, n: int) -> str:
    return (WORDS if n != 1 else ONE)[verdict]


def _bar(counts: dict[Verdict, int]) -> str:
    total, start, parts = sum(counts.values()), 0, []
    for verdict, n in counts.items():
        left, width = 100 * start / total, 100 * n / total
        parts.append(f'<rect class="{verdict_class(verdict)}" x="{left:.3f}%" width="{width:.3f}%" height="100%"/>')
        start += n
    return f'<svg class="tally" width="100%" height="12" aria-hidden="true">{"".join(parts)}</svg>'


def _legend(counts: dict[Verdict, int], short: bool) -> str:
    items = []
    for verdict, n in counts.items():
        words = "" if short else escape(f" {_words(verdict, n)}")
        items.append(f'<span class="{verdict_class(verdict)}">{ICONS[verdict]}{numbers.SPACE}{n}{words}</span>')
    return f'<p class="legend" aria-hidden="true">{"".join(items)}</p>'


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("outcomes", Outcomes)
