"""Every experiment there is: what it asks, its settings, its presets, its cost, and what it decides."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from lecture.publishing import docstrings
from lecture.publishing.caches import experiments_in
from lecture.publishing.directives.chapters import chapters
from lecture.publishing.directives.elements import Element, joined, link, text
from lecture.publishing.directives.reference import ROOT, Told
from lecture.publishing.evidence import evidence_of, note

if TYPE_CHECKING:
    from lecture.experiments.experiment import Experiment

ABOUT = {"how_we_test": "How we test"}
"""Rooms that are no chapter of the talk, with the page that shows what they find."""


class Experiments(Told):
    """``{experiments}``: every experiment, folded, a section a chapter; each is ``experiments.html#chapter.name``."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        from lecture.experiments.registry import experiments  # here: it imports torch, and most builds need not

        for path in sorted((ROOT / "experiments").rglob("*.py")):
            note(self.env, f"file:{path}")
        note(self.env, "verdicts", *(f"experiment:{name}" for name in experiments()))
        drawn = self._scripts()
        sections: list[nodes.Node] = []
        for chapter in [*chapters(), *ABOUT]:
            mine = {name: one for name, one in experiments().items() if name.startswith(f"{chapter}.")}
            entries = [self._entry(name, one, drawn.get(name, [])) for name, one in mine.items()]
            if entries:
                sections.append(self.section(chapter, f"experiments-{chapter}", *entries))
        return sections

    def _entry(self, name: str, experiment: "type[Experiment]", scripts: list[str]) -> Element:
        again = nodes.paragraph("", "", nodes.Text("Compute it: "), text("code", f"lecture run {name}"))
        facts = Element("ul", *(Element("li", *fact) for fact in self._facts(name, experiment, scripts)))
        return self.entry(
            name, "experiment", name, name, _without_settings(experiment.__doc__ or ""),
            nodes.paragraph("", "", text("code", f"from {experiment.__module__} import {experiment.__name__}")),
            Element("dl", *self._settings(experiment), attributes={"class": "settings"}), facts, again,
        )  # fmt: skip

    def _settings(self, experiment: "type[Experiment]") -> Iterator[Element]:
        """Yield each setting with its default, with what the other presets take instead, and with its meaning."""
        meanings: dict[str, str] = {}
        for above in reversed(experiment.__mro__):
            meanings |= docstrings.named(above.__doc__ or "", "Attributes")
        known = experiment.preset("book" if "book" in experiment.offered else "full").settings()
        for setting, value in known.items():
            others = [f"{name} {_written(changes[setting])}" for name, changes in experiment.presets.items()
                      if setting in changes]  # fmt: skip
            beside = [nodes.Text(" "), text("small", ", ".join(others))] if others else []
            term = Element("dt", text("code", f"{setting} = {_written(value)}"), *beside)
            yield Element("div", term, Element("dd", *self.line(meanings.get(setting, ""))))

    def _facts(self, name: str, experiment: "type[Experiment]", scripts: list[str]) -> Iterator[list[nodes.Node]]:
        """Yield what else there is to say, a line each."""
        evidence = evidence_of(self.env)
        at = "" if "book" in experiment.offered else f", at the preset {' or '.join(experiment.offered)} alone"
        cost = f"Cost: about {_duration(experiment.core_seconds)} on one core{at}."
        if name in evidence.provenance:
            record = evidence.provenance[name]
            cost += f" For this site: {_duration(record['seconds'])} on {record['device_name']}."
        yield [nodes.Text(cost)]
        parts = [
            address
            for address in evidence.parts()
            if name in [record["experiment"] for record in evidence.part(address).provenances]
        ]
        shown: list[list[nodes.Node]] = [[link("place", part.replace(".", "-"), part)] for part in parts]
        yield [nodes.Text("Decides: "), *(joined(shown, ", ") or [nodes.Text("no part of a claim")])]
        if scripts:
            yield [nodes.Text("Drawn by: "), *joined([[link("page", f"gallery/{one}", one)] for one in scripts], ", ")]

    def _scripts(self) -> dict[str, list[str]]:
        """Return the gallery scripts that read each experiment, ``chapter/plot_name``."""
        found: dict[str, list[str]] = {}
        folder = Path(self.env.srcdir) / "gallery"
        for script in sorted(folder.rglob("plot_*.py")):
            note(self.env, f"file:{script}")
            for name in experiments_in(script.read_text(encoding="utf-8")):
                found.setdefault(name, []).append(script.relative_to(folder).with_suffix("").as_posix())
        return found


def _without_settings(docstring: str) -> str:
    """Return a docstring without its last section: the list of settings says the same with their defaults."""
    return docstring.partition("Attributes:\n")[0]


def _written(value: Any) -> str:
    """Return a setting as one would type it."""
    return f"{value:g}" if isinstance(value, float) and abs(value) >= 1e6 else repr(value)


def _duration(seconds: float) -> str:
    """Return a time in the unit that suits it."""
    for unit, size in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {unit}"
    return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:,.0f} s"
