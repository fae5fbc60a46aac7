"""All thirty claims in one table, and their verdicts by chapter."""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from lecture.claims.claim import Claim
from lecture.claims.talk import STATEMENTS
from lecture.publishing import numbers
from lecture.publishing.chapters import page_of
from lecture.publishing.elements import Element, PageLink, text
from lecture.publishing.evidence import Evidence, evidence_of, note
from lecture.publishing.outcomes import tally
from lecture.publishing.prose import title_of
from lecture.publishing.roles import ICONS, NAMES, verdict_class, verdict_text


class Ledger(SphinxDirective):
    """``{ledger}``: every claim with time, verdict, number, published figure; a row is ``ledger.html#C12``."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        note(self.env, "verdicts")
        evidence = evidence_of(self.env)
        heads = ("Claim", "The talk says", "Verdict", "Measured here", "Published")
        head = Element(
            "thead", Element("tr", *(Element("th", nodes.Text(h), attributes={"scope": "col"}) for h in heads))
        )
        body = Element("tbody", *(self._row(evidence, evidence.claim(id)) for id in STATEMENTS))
        table = Element("table", head, body, attributes={"class": "ledger"})
        chapters = {c: title_on(self.env, c) for c in dict.fromkeys(s.chapter for s in STATEMENTS.values())}
        verdicts = {verdict.name.lower(): verdict_text(verdict) for verdict in tally(evidence)}
        choices = Element(
            "form", _choice("verdict", verdicts), _choice("chapter", chapters), attributes={"class": "filters"}
        )
        return [
            choices,
            Element(
                "div",
                table,
                attributes={
                    "class": "ledger-box",
                    "role": "region",
                    "aria-label": "Ledger of all claims",
                    "tabindex": "0",
                },
            ),
        ]

    def _row(self, evidence: Evidence, claim: Claim) -> Element:
        verdict, statement = evidence.verdict(claim.id), claim.statement
        page = page_of(self.env, statement.chapter)
        says: list[nodes.Node] = [nodes.Text(statement.says)]
        if page:
            anchor = f"claim-{claim.id}" if claim.id in evidence.claims else ""
            says = [PageLink(page, statement.says, anchor)]
        finding = evidence.findings.get(claim.id)
        first = finding.measurements[0] if finding and finding.measurements else None
        measured = Element("td")
        if first:
            measured += text("b", numbers.value(first))
            measured += text(
                "small", first.quantity + ("" if numbers.is_exact(first) else f"; {numbers.interval(first)}")
            )
        published = Element("td")
        for measurement in finding.measurements if finding else ():
            if measurement.published:
                there = numbers.number(measurement.published.value, measurement.spec)
                published += text("b", numbers.with_unit(there, measurement.unit))
                what = "" if measurement is first else measurement.quantity
                published += text("small", "; ".join(filter(None, (what, measurement.published.where))))
                break
        label = Element("th", text("b", claim.id), text("small", statement.time), attributes={"scope": "row"})
        attributes = {"data-verdict": verdict.name.lower(), "data-chapter": statement.chapter}
        row = Element("tr", label, Element("td", *says), attributes=attributes, ids=[claim.id])
        row += Element("td", text("span", verdict_text(verdict), verdict_class(verdict)))
        row += [measured, published]
        return row


class Verdicts(SphinxDirective):
    """``{verdicts}``: each chapter with the signs of its claims; a sign leads to its card and says what was claimed."""

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        note(self.env, "verdicts")
        evidence = evidence_of(self.env)
        rows: dict[str, list[Element]] = {}
        for id, statement in STATEMENTS.items():
            rows.setdefault(statement.chapter, []).append(self._sign(evidence, id))
        items = [Element("li", self._title(chapter), Element("span", *signs)) for chapter, signs in rows.items()]
        return [Element("ul", *items, attributes={"class": "verdicts"})]

    def _sign(self, evidence: Evidence, id: str) -> Element:
        verdict, statement = evidence.verdict(id), STATEMENTS[id]
        sign = f"{ICONS[verdict]}{numbers.SPACE}{id}"
        page = page_of(self.env, statement.chapter)
        link = PageLink(page, sign, f"claim-{id}") if page else nodes.Text(sign)
        facts = {"class": verdict_class(verdict), "title": f"{NAMES.get(verdict, verdict.value)}: {statement.says}"}
        return Element("span", link, attributes=facts)

    def _title(self, chapter: str) -> nodes.Node:
        page, title = page_of(self.env, chapter), title_on(self.env, chapter)
        return PageLink(page, title) if page else nodes.inline("", title)


def title_on(env: BuildEnvironment, chapter: str) -> str:
    """Return the title of a chapter's page; its name while it has none."""
    page = page_of(env, chapter)
    if not page:
        return chapter
    note(env, f"page:{page}")
    return title_of(Path(env.doc2path(page)).read_text(encoding="utf-8"), page)


def _choice(name: str, choices: dict[str, str]) -> Element:
    """Return a group of radio buttons; the style sheet hides the rows that are not chosen, so no script is needed."""
    group = Element("fieldset", text("legend", name.capitalize()))
    for value, label in {"all": "all", **choices}.items():
        button = {"type": "radio", "name": name, "value": value}
        if value == "all":
            button["checked"] = "checked"
        group += Element("label", Element("input", attributes=button, ids=[f"{name}-{value}"]), nodes.Text(label))
    return group


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("ledger", Ledger)
    app.add_directive("verdicts", Verdicts)
