"""The end of each page: when and on what its numbers were computed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from lecture.publishing.directives.elements import Element, text
from lecture.publishing.evidence import evidence_of, experiments_behind, note, shown_on

FOOTER = "sphx-glr-footer"  # where sphinx-gallery offers script and notebook


class provenance_place(nodes.General, nodes.Element):
    """Where the provenance goes, once the whole page is read."""


class Provenance(SphinxDirective):
    """``{provenance}``: how the numbers on this page were computed, for each experiment that it uses."""

    def run(self) -> list[nodes.Node]:
        """Return a place to be filled when the page is read."""
        place = provenance_place()
        self.set_source_info(place)
        return [place]


def fill(app: Sphinx, doctree: nodes.document) -> None:
    """Put the provenance of what the page shows in its place; on a script's page, of what the script reads."""
    page = app.env.docname
    for place in list(doctree.findall(provenance_place)):
        names = dict.fromkeys(shown_on(app.env, page, "experiment"))
        for id in shown_on(app.env, page, "claim"):
            names |= dict.fromkeys(evidence_of(app.env).experiments(id))
        place.replace_self(_provenance(app, names))
    script = Path(app.env.doc2path(page)).with_suffix(".py")
    if page.startswith("gallery/") and script.is_file():
        footers = doctree.findall(lambda node: isinstance(node, nodes.container) and FOOTER in node["classes"])
        for footer in list(footers)[:1]:
            names = dict.fromkeys(experiments_behind(app.env, script.read_text(encoding="utf-8")))
            footer.parent.insert(footer.parent.index(footer), _provenance(app, names))


def _provenance(app: Sphinx, names: Iterable[str]) -> list[nodes.Node]:
    """Return how experiments were computed, and note that the page depends on them."""
    note(app.env, *(f"experiment:{name}" for name in names))
    known = evidence_of(app.env).provenance
    found = {name: known[name] for name in names if name in known}
    return [_section(found)] if found else []


def _section(found: dict[str, dict[str, Any]]) -> nodes.Element:
    """Return a folded table with a summary line above it."""
    seconds = sum(record["seconds"] for record in found.values())
    devices = sorted({record["device_name"] for record in found.values()})
    versions = next(iter(found.values()))["versions"] | {"python": next(iter(found.values()))["python"]}
    count = f"{len(found)} experiment{'s' if len(found) > 1 else ''}"
    when = days(record["date"] for record in found.values())
    summary = f"Computed on {', '.join(devices)}, {when}: {count} in {seconds:,.0f} s"
    heads = ("Experiment", "Preset", "Seeds", "Seconds", "Device", "Threads", "Date")
    head = Element("thead", Element("tr", *(Element("th", nodes.Text(h), attributes={"scope": "col"}) for h in heads)))
    body = Element("tbody")
    for name, record in found.items():
        cells = (
            record["preset"] or "own settings", str(len(record["seeds"]) or "none needed"), f"{record['seconds']:,.1f}",
            record["device_name"], str(record["threads"]), record["date"][:10],
        )  # fmt: skip
        label = Element("th", text("code", name), attributes={"scope": "row"})
        body += Element("tr", label, *(text("td", cell) for cell in cells))
    table = Element("div", Element("table", head, body), attributes={"class": "table-box"})
    libraries = ", ".join(f"{name} {number}" for name, number in versions.items())
    again = nodes.paragraph(
        "", "", nodes.Text(f"With {libraries}. Compute it again: "), nodes.literal("", "lecture run " + " ".join(found))
    )
    return Element("details", text("summary", summary), table, again, attributes={"class": "provenance"})


def days(dates: Iterable[str]) -> str:
    """Return the days of the first and the last of some moments, in words; of one day only that."""
    known = sorted(date[:10] for date in dates)
    first, last = known[0], known[-1]
    return first if first == last else f"{first} to {last}"


def add_nodes(app: Sphinx) -> None:
    """Register the directive."""
    app.add_node(provenance_place)
