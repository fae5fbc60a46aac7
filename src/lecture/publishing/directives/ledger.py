"""All parts of the thirty claims in one table, and the verdicts on the claims by chapter."""

from collections.abc import Mapping

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lecture.claims.assessment import Assessment, PartAssessment
from lecture.claims.talk import STATEMENTS, Kind
from lecture.claims.verdict import Verdict
from lecture.publishing.directives import numbers
from lecture.publishing.directives.cards import source
from lecture.publishing.directives.chapters import chapters
from lecture.publishing.directives.elements import Element, link, markup, text
from lecture.publishing.directives.outcomes import tally
from lecture.publishing.directives.signs import SIGNS, of_witness
from lecture.publishing.evidence import Evidence, evidence_of, note
from lecture.statistics import LEVEL

HEADS = ("Claim and part", "Verdict", "Measured here", "Reported")
OTHERS, FULL = FURTHER = ("Other seeds", "At full scale")
"""Columns that are there where some part has something in them."""


class Ledger(SphinxDirective):
    """``{ledger}``: a group of rows a claim, a row a part; they are ``ledger.html#C12`` and ``ledger.html#C12-a``."""

    def run(self) -> list[nodes.Node]:
        """Return what to expect of so many verdicts, the filters, and the table."""
        note(self.env, "verdicts")
        evidence = evidence_of(self.env)
        parts = [part for found in evidence.assessments.values() for part in found.parts]
        heads = [*HEADS, *(head for head in FURTHER if any(_further(part)[head] for part in parts))]
        cells = (Element("th", nodes.Text(head), attributes={"scope": "col"}) for head in heads)
        groups = (self._group(evidence, found, heads) for found in evidence.assessments.values())
        table = Element("table", Element("thead", Element("tr", *cells)), *groups, attributes={"class": "ledger"})
        names = {"class": "ledger-box", "role": "region", "aria-label": "Ledger of all parts", "tabindex": "0"}
        expected = nodes.paragraph("", expected_errors(evidence))
        return [expected, self._filters(evidence), Element("div", table, attributes=names)]

    def _filters(self, evidence: Evidence) -> Element:
        """Return groups of buttons; the style sheet hides the rows that are not chosen, so no script is needed."""
        kinds = [kind for kind in Kind if any(evidence.kind(part) is kind for part in evidence.parts())]
        titles = {str(n): link("title", chapter) for n, chapter in enumerate(chapters(), 1)}
        only = Element("fieldset", text("legend", "Only"))
        box = Element("input", attributes={"type": "checkbox", "name": "disagree"}, ids=["disagree"])
        only += Element("label", box, nodes.Text("where small and large disagree"))
        return Element(
            "form",
            _choice("verdict", {sign.name: nodes.Text(sign.text) for sign in tally(evidence)}),
            _choice("kind", {kind.value: nodes.Text(kind.value) for kind in kinds}),
            _choice("chapter", titles),
            *([only] if evidence.disagreements() else []),
            attributes={"class": "filters"},
        )

    def _group(self, evidence: Evidence, found: Assessment, heads: list[str]) -> Element:
        id, statement, sign = found.claim.id, found.claim.statement, evidence.sign(found.claim.id)
        says = link("place", f"claim-{id}", statement.says)
        told = Element("p", text("b", id), text("small", statement.time), sign.element())
        headline = text("p", found.headline, "headline")
        head = Element(
            "th", told, Element("p", says), headline, attributes={"scope": "rowgroup", "colspan": str(len(heads))}
        )
        facts = {"data-verdict": sign.name, "data-chapter": str(chapters().index(statement.chapter) + 1)}
        rows = (self._row(evidence, found, part, heads[len(HEADS) :]) for part in found.parts)
        return Element("tbody", Element("tr", head, attributes={"class": "head"}), *rows, attributes=facts, ids=[id])

    def _row(self, evidence: Evidence, found: Assessment, part: PartAssessment, further: list[str]) -> Element:
        id, key = found.claim.id, part.part.key
        saying, sign = found.claim.saying(key), evidence.sign(f"{id}.{key}")
        facts = {
            "data-verdict": sign.name,
            "data-kind": saying.kind.value,
            **({"data-disagree": ""} if part.disagree else {}),
        }
        said = [text("b", f"{id}.{key}"), nodes.Text(f" {saying.says}"), text("small", saying.kind)]
        cells = [
            _cell("Verdict", sign.element()),
            _cell("Measured here", *_here(part)),
            _cell("Reported", *self._there(part)),
        ]
        cells += [_cell(head, *_further(part)[head]) for head in further]
        label = Element("th", *said, attributes={"scope": "row"})
        return Element("tr", label, *cells, attributes=facts, ids=[f"{id}-{key}"])

    def _there(self, part: PartAssessment) -> list[nodes.Node]:
        there, value = part.part.published, numbers.reported(part.part)
        if not there:
            return []
        words = [text("b", value)] if value else []
        return [*words, *of_witness(part, there.verdict), Element("small", *source(self, there))]


class Verdicts(SphinxDirective):
    """``{verdicts}``: each chapter with the signs of its claims; a sign leads to its card and says what was claimed."""

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        note(self.env, "verdicts")
        evidence = evidence_of(self.env)
        rows: dict[str, list[Element]] = {}
        for id, statement in STATEMENTS.items():
            rows.setdefault(statement.chapter, []).append(self._sign(evidence, id))
        items = [Element("li", link("chapter", chapter), Element("span", *signs)) for chapter, signs in rows.items()]
        return [Element("ul", *items, attributes={"class": "verdicts"})]

    def _sign(self, evidence: Evidence, id: str) -> Element:
        sign, statement = evidence.sign(id), STATEMENTS[id]
        shown = f"{sign.mark}{numbers.SPACE}{id}"
        facts = {"class": sign.css, "title": f"{sign.word}: {statement.says}"}
        return Element("span", link("place", f"claim-{id}", shown), attributes=facts)


def expected_errors(evidence: Evidence) -> str:
    """Say how many wrong verdicts to expect among those that 95 % intervals decided."""
    answered = (Verdict.HOLDS, Verdict.IN_PART, Verdict.FAILS)
    decided = [
        part
        for address in evidence.parts()
        if evidence.kind(address) is Kind.MECHANISM and (part := evidence.part(address)).verdict in answered
        if part.number and not numbers.is_exact(part.number)
    ]
    n = len(decided)
    return (
        f"{n} of the {len(evidence.parts())} parts are decided by intervals of {100 * LEVEL:.0f}{numbers.SPACE}%:"
        f" chance alone is expected to make at most {(1 - LEVEL) * n:.2g} of these verdicts wrong."
    )


def _here(part: PartAssessment) -> list[nodes.Node]:
    if not part.finding:
        return []
    sign, number = of_witness(part, part.finding.verdict), part.number
    if not number:
        return [*sign]
    spread = [] if numbers.is_exact(number) else [text("small", numbers.interval(number))]
    return [text("b", numbers.value(number)), *sign, *spread, text("small", number.quantity)]


def _further(part: PartAssessment) -> dict[str, list[Element]]:
    """Return what other seeds and the full scale say of a part, by the column's head."""
    seeds = [
        Element("p", SIGNS[v].element(), nodes.Text(" "), text("small", f"from {n:,}")) for n, v in part.other_seeds
    ]
    full = part.at_full
    scale = [Element("p", SIGNS[full.verdict].element(), nodes.Text(" "), text("small", full.size))] if full else []
    return {OTHERS: seeds, FULL: scale}


def _cell(head: str, *inner: nodes.Node) -> Element:
    """Return a cell with its column's head, which the style sheet shows where a phone stacks the cells."""
    return Element("td", *([markup(f"<i>{head}</i>"), *inner] if inner else []))


def _choice(name: str, choices: Mapping[str, nodes.Node]) -> Element:
    group = Element("fieldset", text("legend", name.capitalize()))
    for value, label in {"all": nodes.Text("all"), **choices}.items():
        button = {"type": "radio", "name": name, "value": value}
        if value == "all":
            button["checked"] = "checked"
        group += Element("label", Element("input", attributes=button, ids=[f"{name}-{value}"]), label)
    return group
