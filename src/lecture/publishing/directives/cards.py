"""The claim card: what the talk says, part by part; what we measured, beside what was reported at scale."""

from collections.abc import Sequence
from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from lecture.claims.assessment import Assessment, PartAssessment
from lecture.claims.claim import Reported
from lecture.claims.full_scale import AtFull
from lecture.claims.measurement import Measurement
from lecture.claims.predicates import Change
from lecture.claims.talk import Kind
from lecture.claims.verdict import Verdict
from lecture.errors import LectureError
from lecture.publishing.directives import bets, numbers
from lecture.publishing.directives.elements import Element, joined, link, markup, text
from lecture.publishing.directives.outcomes import is_open
from lecture.publishing.directives.signs import SIGNS, of_witness
from lecture.publishing.drawing import scale
from lecture.publishing.evidence import Evidence, evidence_of, note

_log = logging.getLogger(__name__)


class ClaimCard(SphinxDirective):
    """``{claim} C10``: the card, at the place in the prose where the claim is treated."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the card."""
        evidence = evidence_of(self.env)
        try:
            found = evidence.assessment(self.arguments[0])
        except LectureError as error:
            _log.error("{claim} %s: %s", self.arguments[0], error, location=self.get_location())
            return []
        id, statement, sign = found.claim.id, found.claim.statement, evidence.sign(found.claim.id)
        note(self.env, f"claim:{id}", *(f"experiment:{name}" for name in evidence.experiments(id)))
        names = {"class": f"claim {sign.css}", "aria-label": f"Claim {id}: {sign.word}"}
        card = Element("section", attributes=names, ids=[f"claim-{id}"])
        self.set_source_info(card)
        time = text("span", f"{statement.time} in the talk")
        card += Element("header", link("place", id, id), time, sign.element("outcome"))
        card += nodes.block_quote("", nodes.paragraph("", statement.says))
        card += nodes.paragraph("", found.headline, classes=["headline"])
        card += bets.remembered(found.verdict)
        card += [text("p", line, "disagree") for line in disagreement(found)]
        card += Element("ol", *(self._part(found, part) for part in found.parts), attributes={"class": "parts"})
        if found.claim.why:
            card += nodes.paragraph("", found.claim.why, classes=["why"])
        card += foot(evidence, found, self._links(found))
        return [card]

    def _part(self, found: Assessment, part: PartAssessment) -> Element:
        id, key = found.claim.id, part.part.key
        saying, sign = found.claim.saying(key), evidence_of(self.env).sign(f"{id}.{key}")
        letter = [text("b", key)] if len(found.parts) > 1 else []
        said = Element("span", *letter, nodes.Text(f" {saying.says} "), text("small", saying.kind))
        item = Element(
            "li", Element("p", said, sign.element(), attributes={"class": "said"}), ids=[f"claim-{id}-{key}"]
        )
        if witnesses := [*self._here(part), *self._published(part, saying.kind)]:
            item += Element("dl", *witnesses)
        if further := drawn(part):
            item += markup(scale.drawn(further), scale.told(further))
        if part.part.note:
            item += nodes.paragraph("", part.part.note, classes=["note"])
        if told := facts(part):
            item += Element("p", *(Element("span", *fact) for fact in told), attributes={"class": "facts"})
        return item

    def _here(self, part: PartAssessment) -> list[Element]:
        if not part.finding:
            return []
        number, smallest = part.number, part.part.smallest
        bar = smallest.value if smallest and not smallest.unit else None
        shown = [markup(scale.drawn([number], bar), scale.told([number], bar))] if number else []
        return [_witness(part, "Measured here", part.finding.verdict, shown)]

    def _published(self, part: PartAssessment, kind: Kind) -> list[Element]:
        there = part.part.published
        if not there:
            return []
        told = [text("p", there.says)] if there.says else []
        if value := numbers.reported(part.part):
            words = "" if part.number or not part.part.quantity else f" {part.part.quantity.words}"
            told.insert(0, Element("p", text("b", value), nodes.Text(words)))
        told += [Element("p", *source(self, there)), *([text("p", there.scale)] if there.scale else [])]
        name = "On record" if kind is Kind.RECORD else "Reported at scale"
        return [_witness(part, name, there.verdict, told)]

    def _links(self, found: Assessment) -> list[list[nodes.Node]]:
        """Return the links at the foot: figure, code, and the sources that no witness has named."""
        links: list[list[nodes.Node]] = []
        if found.claim.figure:
            links.append(self._figure(found))
        if found.claim.id in evidence_of(self.env).code:
            predicates = next(iter(evidence_of(self.env).code[found.claim.id]))
            links.append([link("code", found.claim.id, "code", f"code: {predicates}")])
        named = {part.part.published.source for part in found.parts if part.part.published}
        further = sorted({key for part in found.parts for key in part.citations} - named)
        return links + [cite(self, key) for key in further]

    def _figure(self, found: Assessment) -> list[nodes.Node]:
        id, figure = found.claim.id, found.claim.figure
        if (Path(self.env.srcdir) / f"gallery/{figure}.py").is_file():
            return [link("page", f"gallery/{figure}", "figure")]
        _log.error("claim %s names the figure %s: gallery/%s.py does not exist", id, figure, figure)
        return []


def _witness(part: PartAssessment, name: str, verdict: Verdict, told: Sequence[nodes.Node]) -> Element:
    return Element("div", Element("dt", nodes.Text(f"{name} "), *of_witness(part, verdict)), Element("dd", *told))


def drawn(part: PartAssessment) -> list[Measurement]:
    """Return the further measurements that the card draws, in the order that the claim gives."""
    if not part.finding:
        return []
    found = {number.key: number for number in part.finding.numbers}
    return [found[key] for key in part.finding.drawn if key in found]


def disagreement(found: Assessment) -> list[str]:
    """Return the lines that say on which parts our experiment and the literature have different signs."""
    differ = [part for part in found.parts if part.disagree]
    kinds = {
        "Small and large disagree": [part.part.key for part in differ if not is_open(part)],
        "Undecided here, decided at scale": [part.part.key for part in differ if is_open(part)],
    }
    lines = []
    for said, keys in kinds.items():
        where = f": part{'s' if len(keys) > 1 else ''} {numbers.listed(keys)}" if len(found.parts) > 1 else ""
        lines += [said + where] if keys else []
    return lines


def facts(part: PartAssessment) -> list[list[nodes.Node]]:
    """Return what else is known of our measurement: its size, what single runs say, how many trained, more."""
    told: list[list[nodes.Node]] = []
    if part.size:
        told.append([text("b", "Size"), nodes.Text(f" {part.size}")])
    if part.finding and part.finding.misled:
        wrong, runs = part.finding.misled
        cases = f" would have misled you in {wrong} of {runs} cases"
        told.append([text("b", "One run alone"), nodes.Text(cases)])
    if part.finding and (share := part.finding.trained):
        told.append([text("b", "Trained"), nodes.Text(f" {round(share.value * share.n)} of {share.n} runs")])
    for first, verdict in part.other_seeds:
        told.append([text("b", "On other seeds"), nodes.Text(f" (from {first:,}) "), SIGNS[verdict].element()])
    if part.at_full:
        told.append([text("b", "At full scale"), nodes.Text(" "), *_at_full(part.at_full)])
    return told


def _at_full(found: AtFull) -> list[nodes.Node]:
    """Return the verdict at full scale, the number that decides it, and how large that was, on what."""
    told = f"{found.size}, on {found.device}"
    if found.number:
        interval = "" if numbers.is_exact(found.number) else f" ({numbers.interval(found.number)})"
        told = f"{numbers.value(found.number)}{interval}; {told}"
    return [SIGNS[found.verdict].element(), nodes.Text(f" {told}")]


def foot(evidence: Evidence, found: Assessment, links: list[list[nodes.Node]]) -> list[Element]:
    """Return the foot of a card: the rules, folded, and beside them the links."""
    rules = [
        text("li", f"{letter}{rule}")
        for part in found.parts
        if (rule := rule_of(part, evidence.changes.get(f"{found.claim.id}.{part.part.key}")))
        for letter in [f"{part.part.key}: " if len(found.parts) > 1 else ""]
    ]
    inner: list[nodes.Node] = []
    if rules:
        folded = Element("details", text("summary", "The rule, and since when"), Element("ul", *rules))
        inner.append(folded)
        if names := evidence.experiments(found.claim.id):
            day = max(evidence.provenance[name]["date"] for name in names)[:10]
            again = text("code", f"lecture run {' '.join(names)}")
            same = text("code", f"lecture reproduce records.zip {found.claim.id}")
            folded += Element("p", nodes.Text(f"Records of {day}. Change it: "), again)
            folded += Element("p", nodes.Text("Compute it again and compare: "), same)
    if links:
        inner.append(Element("p", *joined(links)))
    return [Element("footer", *inner)] if inner else []


def rule_of(part: PartAssessment, change: Change | None) -> str:
    """Say what would refute a part, which effect counts and why, and what was known when that was written."""
    bar, quantity = part.part.smallest, part.part.quantity
    told = [f"Refuted by: {part.part.refuted_by}"] if part.part.refuted_by else []
    if bar and quantity:
        value = numbers.with_unit(numbers.number(bar.value, "g"), bar.unit or quantity.unit)
        told.append(f"The bar, the smallest effect that counts: {value}; {bar.reason}.")
    if change:
        when = "after" if change.seen else "before"
        told.append(f"Predicate last changed {change.date}, {when} its seeds had been seen.")
        told += [change.note] if change.note else []
    return " ".join(told)


def cite(directive: SphinxDirective, key: str) -> list[nodes.Node]:
    """Return a source as text with a link to its entry."""
    role = directive.env.get_domain("cite").role("t")
    assert role is not None
    found, _ = role("cite:t", f"{{cite:t}}`{key}`", key, directive.lineno, directive.state.inliner)
    return list(found)


def source(directive: SphinxDirective, there: Reported) -> list[nodes.Node]:
    """Return where something was reported: the source and the place in it."""
    return joined([cite(directive, there.source), [nodes.Text(there.where)] if there.where else []], ", ")
