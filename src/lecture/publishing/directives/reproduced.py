"""The last comparison of two computations that this machine's store holds, part by part."""

import json
from collections import Counter
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from lecture.claims.reproduction import FILE, Sameness
from lecture.publishing.directives.elements import WEB, Element, Late, Link, link, text
from lecture.publishing.directives.provenance import days
from lecture.publishing.evidence import evidence_of, note
from lecture.publishing.site.archive import NAME as ARCHIVE

HEADS = ("Part", "Compared", "There", "Here", "Measured there", "Measured here")


class Records(SphinxDirective):
    """``{records}``: where the site's own records are, and when the oldest and the newest were computed."""

    def run(self) -> list[nodes.Node]:
        """Return the place of the sentence."""
        known = evidence_of(self.env).provenance
        note(self.env, *(f"experiment:{name}" for name in known))
        when = f", computed {days(record['date'] for record in known.values())}" if known else ""
        return [RecordsLink("", page=self.env.docname, when=when)]


class RecordsLink(Late):
    """A sentence with a link to the archive beside the pages, wherever the builder puts this page."""

    def build(self, env: BuildEnvironment) -> list[nodes.Node]:
        """Return the sentence; where there are no web pages, without a link."""
        found: nodes.Node = nodes.literal("", ARCHIVE)
        if env.app.builder.name in WEB:
            address = relative_uri(env.app.builder.get_target_uri(self["page"]), ARCHIVE)
            found = Link("", "", nodes.Text(ARCHIVE), refuri=address)
        return [
            nodes.paragraph(
                "",
                "",
                nodes.Text("The records of this very site are one file, "),
                found,
                nodes.Text(f"{self['when']}."),
            )
        ]


class Reproduced(SphinxDirective):
    """``{reproduced}``: what ``lecture reproduce`` found last; its body is shown where nobody has run it."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return a sentence and the folded table."""
        from lecture.records import folder  # here, not above: it imports torch

        file = folder.cache() / FILE
        note(self.env, f"file:{file}")
        try:
            told = json.loads(file.read_text(encoding="utf-8"))
            return [_sentence(told), _details(told)]
        except (OSError, ValueError, KeyError, TypeError):  # there is none, or it is not whole
            return self.parse_content_to_nodes()


def _sentence(told: dict[str, Any]) -> nodes.paragraph:
    counts = Counter(part["sameness"] for part in told["parts"])
    said = ", ".join(f"{counts[kind]} {kind}" for kind in Sameness if counts[kind])
    turned = sum(part["there"] != part["here"] for part in told["parts"])
    verdicts = (
        f"{turned} verdict{'s' * (turned != 1)} came out otherwise" if turned else "no verdict came out otherwise"
    )
    where, when = ", ".join(told["there"]["devices"]), days(told["there"]["dates"])
    return nodes.paragraph(
        "",
        f"Last recomputed on {told['date']}. We compared {len(told['parts'])} parts with {told['source']}, "
        f"computed {when} on {where}: {said}; {verdicts}.",
    )


def _details(told: dict[str, Any]) -> Element:
    head = Element("thead", Element("tr", *(Element("th", nodes.Text(h), attributes={"scope": "col"}) for h in HEADS)))
    body = Element("tbody")
    for part in told["parts"]:
        place = link("place", f"claim-{part['part'].replace('.', '-')}", part["part"])
        cells = (part["sameness"], part["there"], part["here"], part["measured_there"], part["measured_here"])
        body += Element(
            "tr",
            Element("th", nodes.paragraph("", "", place), attributes={"scope": "row"}),
            *(text("td", c) for c in cells),
        )
    table = Element("div", Element("table", head, body), attributes={"class": "table-box"})
    sides = nodes.paragraph(
        "", f"There: {', '.join(told['there']['versions'])}. Here: {', '.join(told['here']['versions'])}."
    )
    summary = text("summary", "All parts")
    return Element("details", summary, table, sides, attributes={"class": "provenance"})
