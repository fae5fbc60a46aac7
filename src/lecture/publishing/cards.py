"""The claim card: what the talk says, the verdict, our numbers to scale beside the published one, and why."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from lecture.claims.claim import Claim, Finding, Measurement, PartFinding, Verdict
from lecture.errors import LectureError
from lecture.publishing import numbers, scale
from lecture.publishing.elements import Element, PageLink, joined, markup, text
from lecture.publishing.evidence import evidence_of, note
from lecture.publishing.roles import verdict_class, verdict_text

_log = logging.getLogger(__name__)


class ClaimCard(SphinxDirective):
    """``{claim} C10``: the card, at the place in the prose where the claim is treated."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the card."""
        evidence = evidence_of(self.env)
        try:
            claim = evidence.claim(self.arguments[0])
        except LectureError as error:
            _log.error("{claim} %s: %s", self.arguments[0], error, location=self.get_location())
            return []
        note(self.env, f"claim:{claim.id}", *(f"experiment:{name}" for name in evidence.experiments(claim.id)))
        verdict = evidence.verdict(claim.id)
        finding = evidence.findings.get(claim.id, Finding(verdict, ()))
        names = {"class": f"claim {verdict_class(verdict)}", "aria-label": f"Claim {claim.id}: {verdict}"}
        card = Element("section", attributes=names, ids=[f"claim-{claim.id}"])
        self.set_source_info(card)
        card += Element(
            "header",
            PageLink("ledger", claim.id, claim.id),
            text("span", f"{claim.statement.time} in the talk"),
            text("span", verdict_text(verdict), "outcome"),
        )
        card += nodes.block_quote("", nodes.paragraph("", claim.statement.says))
        if finding.parts:
            card += Element("ul", *(self._part(part) for part in finding.parts), attributes={"class": "parts"})
        if finding.measurements:
            card += markup(scale.drawn(to_scale(finding)))
        if claim.why:
            card += nodes.paragraph(claim.why, claim.why, classes=["why"])
        card += nodes.paragraph("", "", *joined(self._about(claim, finding)), classes=["meta"])
        return [card]

    def _part(self, part: PartFinding) -> Element:
        outcome = text("span", verdict_text(part.verdict), verdict_class(part.verdict))
        return Element("li", text("span", part.says), nodes.Text(" "), outcome)

    def _about(self, claim: Claim, finding: Finding) -> list[list[nodes.Node]]:
        """Return the runs of the last line: seeds, how often one run misleads, figure, code, sources."""
        seeds = evidence_of(self.env).seeds(claim.id)
        parts: list[list[nodes.Node]] = []
        if finding.verdict is Verdict.UNTESTED:
            parts.append([nodes.Text("No experiment tests this yet")])
        elif not all(numbers.is_exact(m) for m in finding.measurements):
            parts.append([nodes.Text(f"{evidence_of(self.env).seed_span(claim.id)} seeds, 95 % intervals")])
        elif finding.measurements:
            parts.append([nodes.Text("Exact: nothing random is involved")])
        if finding.opposite is not None:
            parts.append([nodes.Text(misled(finding.opposite, seeds))])
        if claim.figure:
            parts.append(self._figure(claim))
        if claim.id in evidence_of(self.env).code:
            parts.append([PageLink(f"code/{claim.id}", "code")])
        published = {m.published.citation for m in finding.measurements if m.published}
        return parts + [self._cited(key) for key in sorted({*claim.citations, *published})]

    def _figure(self, claim: Claim) -> list[nodes.Node]:
        page = f"gallery/{claim.figure}"
        if page in self.env.found_docs:
            return [PageLink(page, "figure")]
        _log.error("claim %s names the figure %s: gallery/%s.py does not exist", claim.id, claim.figure, claim.figure)
        return []

    def _cited(self, key: str) -> list[nodes.Node]:
        role = self.env.get_domain("cite").role("t")
        assert role is not None
        found, _ = role("cite:t", f"{{cite:t}}`{key}`", key, self.lineno, self.state.inliner)
        return list(found)


def to_scale(finding: Finding) -> list[Measurement]:
    """Return the measurements that the card draws."""
    by_key = {measurement.key: measurement for measurement in finding.measurements}
    return [by_key[key] for key in finding.scale or tuple(by_key)[:1]]


def misled(opposite: float, seeds: int) -> str:
    """Say how often a single run would have told the opposite."""
    wrong = round(opposite * seeds)
    return f"{wrong} of {seeds} single runs would have told you otherwise"


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("claim", ClaimCard)
