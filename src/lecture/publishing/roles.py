"""The roles for prose: a measured number, its interval, a verdict."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from lecture.claims.claim import Verdict
from lecture.errors import LectureError
from lecture.publishing import numbers
from lecture.publishing.elements import Element, PageLink
from lecture.publishing.evidence import evidence_of, note

ICONS = {Verdict.HOLDS: "✓", Verdict.CAVEAT: "◐", Verdict.FAILS: "✕", Verdict.CITED: "¶", Verdict.UNTESTED: "·"}
NAMES = {Verdict.UNTESTED: "not yet tested", Verdict.CITED: "cited"}
"""Verdicts whose word on the page differs from their value."""

_log = logging.getLogger(__name__)


def verdict_class(verdict: Verdict) -> str:
    """Return the CSS class of a verdict."""
    return f"verdict verdict-{verdict.name.lower()}"


def verdict_text(verdict: Verdict) -> str:
    """Return icon and word: colour is never the only sign."""
    return f"{ICONS[verdict]}{numbers.SPACE}{NAMES.get(verdict, verdict.value)}"


class _FromEvidence(SphinxRole):
    """A role that reads the evidence; a mistake in its text is an error that names the place."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            note(self.env, f"claim:{self.text.partition('.')[0]}")
            return [self.write()], []
        except LectureError as error:
            _log.error("{%s}`%s`: %s", self.name, self.text, error, location=self.get_location())
            return [nodes.literal(self.text, self.text)], []

    def write(self) -> nodes.Node:
        raise NotImplementedError


class Measured(_FromEvidence):
    """``{measured}`C10.key```: the value with its unit; its interval where the reader points at it."""

    def write(self) -> nodes.Node:
        """Return the number."""
        measurement = evidence_of(self.env).measurement(self.text)
        attributes = {"class": "num", "title": numbers.explanation(measurement)}
        return Element("span", nodes.Text(numbers.value(measurement)), attributes=attributes)


class Interval(_FromEvidence):
    """``{interval}`C10.key```: the interval in words, ``0.58 to 0.64``."""

    def write(self) -> nodes.Node:
        """Return the interval."""
        measurement = evidence_of(self.env).measurement(self.text)
        attributes = {"class": "num", "title": numbers.explanation(measurement)}
        return Element("span", nodes.Text(numbers.interval(measurement)), attributes=attributes)


class VerdictRole(_FromEvidence):
    """``{verdict}`C10```, or of a part ``{verdict}`C23.tabular```: icon and word, linked to the ledger's entry."""

    def write(self) -> nodes.Node:
        """Return the verdict."""
        verdict = evidence_of(self.env).verdict(self.text)
        return PageLink(
            "ledger", verdict_text(verdict), self.text.partition(".")[0], classes=verdict_class(verdict).split()
        )


class CardLink(_FromEvidence):
    """``{card}`C10```: the claim's identifier, linked to its card."""

    def write(self) -> nodes.Node:
        """Return the link."""
        claim = evidence_of(self.env).claim(self.text)
        return PageLink(claim.statement.chapter, claim.id, f"claim-{claim.id}")


def setup(app: Sphinx) -> None:
    """Register the roles."""
    app.add_role("card", CardLink())
    app.add_role("measured", Measured())
    app.add_role("interval", Interval())
    app.add_role("verdict", VerdictRole())
