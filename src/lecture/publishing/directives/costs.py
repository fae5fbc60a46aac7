"""Where the time of a first build goes: the seconds of every experiment, by chapter, from the records themselves."""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from lecture.publishing.directives.elements import Element, markup, text
from lecture.publishing.evidence import evidence_of, note

LONGEST = 12
"""Experiments that are named one by one."""


class Costs(SphinxDirective):
    """``{costs}``: a sentence with the whole, a bar for each chapter, and a table of the longest experiments."""

    def run(self) -> list[nodes.Node]:
        """Return what the experiments took."""
        known = evidence_of(self.env).provenance
        note(self.env, *(f"experiment:{name}" for name in known))
        seconds = {name: float(record["seconds"]) for name, record in known.items()}
        devices = ", ".join(sorted({record["device_name"] for record in known.values()}))
        total = sum(seconds.values())
        said = nodes.paragraph(
            "",
            f"All experiments together, {len(seconds)}, took {total:,.0f} seconds of one core ({devices}), "
            f"so {total / 120:.0f} minutes on two.",
        )
        return [said, _chapters(seconds), _longest(seconds)] if seconds else []


def _chapters(seconds: dict[str, float]) -> Element:
    """Return a list of the chapters with a bar for each."""
    whole: dict[str, float] = {}
    for name, took in seconds.items():
        chapter = name.partition(".")[0]
        whole[chapter] = whole.get(chapter, 0.0) + took
    most = max(whole.values())
    rows = []
    for chapter, took in sorted(whole.items(), key=lambda row: -row[1]):
        width = 100 * took / most
        drawn = f'<rect width="{width:.1f}%" height="100%"/>'
        bar = f'<svg class="bar" width="100%" height="10" aria-hidden="true">{drawn}</svg>'
        name = chapter.replace("_", " ").capitalize() if chapter != "gpu" else "GPU"
        head = Element("th", nodes.Text(name), attributes={"scope": "row"})
        rows.append(Element("tr", head, text("td", f"{took:,.0f} s"), Element("td", markup(bar))))
    return Element("table", Element("tbody", *rows), attributes={"class": "costs"})


def _longest(seconds: dict[str, float]) -> Element:
    """Return the longest experiments, folded."""
    longest = sorted(seconds.items(), key=lambda row: -row[1])[:LONGEST]
    rows = [
        Element("tr", Element("th", text("code", name), attributes={"scope": "row"}), text("td", f"{took:,.0f} s"))
        for name, took in longest
    ]
    table = Element("div", Element("table", Element("tbody", *rows)), attributes={"class": "table-box"})
    return Element("details", text("summary", "The longest"), table, attributes={"class": "provenance"})
