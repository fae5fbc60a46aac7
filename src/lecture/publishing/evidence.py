"""What the pages show: every claim with its finding, every experiment with its provenance, by the present records."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.claims.talk import STATEMENTS
from lecture.errors import LectureError
from lecture.publishing.per_page import remembered, short_digest
from lecture.publishing.prose import figures_in, reading_minutes, title_of
from lecture.statistics import Interval

_ROOM = "lecture.experiments."


@dataclass(frozen=True)
class Evidence:
    """All that pages may show, gathered once for each build.

    Attributes:
        claims: By id, in the order of the talk; a claim that nobody has tested yet is there as well.
        findings: What was measured, for the tested ones.
        code: The files behind each tested claim, by module: the predicate's first, then its experiments'.
        provenance: Where each experiment's records come from, by the experiment's name (see :mod:`lecture.records`).
        surprises: Claims whose verdict is not the one that the prose was written for.
        partial: Whether the preset leaves settings out (fewer depths), so that a key may lack its number.
    """

    claims: dict[str, Claim]
    findings: dict[str, Finding]
    code: dict[str, dict[str, str]] = field(default_factory=dict)
    provenance: dict[str, dict[str, Any]] = field(default_factory=dict)
    surprises: tuple[str, ...] = ()
    partial: bool = False

    def claim(self, id: str) -> Claim:
        """Return a claim.

        Raises:
            LectureError: There is none of that id.
        """
        if id not in STATEMENTS:
            raise LectureError(f"there is no claim {id!r}: the claims are C01 to C{len(STATEMENTS)}")
        return self.claims.get(id) or Claim(id=id)

    def verdict(self, address: str) -> Verdict:
        """Return what was found about a claim, ``C23``, or about a part of one, ``C23.tabular``.

        Raises:
            LectureError: There is no such claim, or it has no such part.
        """
        id, dot, key = address.partition(".")
        if not dot:
            return self.findings[id].verdict if id in self.findings else self.claim(id).expected
        parts = {part.key: part.verdict for part in self.findings[id].parts} if id in self.findings else {}
        if key not in parts:
            raise LectureError(f"claim {id} has no part {key!r}: its parts are {', '.join(parts) or 'none'}")
        return parts[key]

    def measurement(self, address: str) -> Measurement:
        """Return a measurement by its address, ``C10.key``.

        Raises:
            LectureError: The claim or the key does not exist; the message names those that do.
        """
        id, dot, key = address.partition(".")
        self.claim(id)
        if not dot or id not in self.findings:
            problem = "is not tested yet and has no numbers" if dot else "lacks a key: write for example C10.headline"
            raise LectureError(f"claim {id} {problem}")
        found = {measurement.key: measurement for measurement in self.findings[id].measurements}
        if key not in found and self.partial and found:
            return Measurement(key, "the smoke preset does not measure this", Interval.exact(math.nan))
        if key not in found:
            raise LectureError(f"claim {id} has no number {key!r}: its keys are {', '.join(found) or 'none yet'}")
        return found[key]

    def experiments(self, id: str) -> list[str]:
        """Return the names of the experiments behind a claim."""
        return [name.removeprefix(_ROOM) for name in self.code.get(id, {}) if name.startswith(_ROOM)]

    def seeds(self, id: str) -> int:
        """Return the most seeds that any experiment behind a claim ran with, by its provenance; 0 if it needed none.

        Not by the measurements: an interval may count something else.
        """
        return max((len(self.provenance[name]["seeds"]) for name in self.experiments(id)), default=0)

    def seed_span(self, id: str) -> str:
        """Return the seeds of a claim's experiments in words, ``5`` or ``5 to 12``; single runs do not count."""
        counts = {len(self.provenance[name]["seeds"]) for name in self.experiments(id)} - {0, 1}
        return " to ".join(str(n) for n in sorted({min(counts), max(counts)})) if counts else str(self.seeds(id))

    def digest(self, shown: str) -> str:
        """Return what changes when a thing that a page shows changes.

        Args:
            shown: ``claim:C10``, ``experiment:chapter.name``, or ``verdicts`` for everything the ledger shows.
        """
        kind, _, name = shown.partition(":")
        if kind == "verdicts":
            return short_digest("".join(self.digest(f"claim:{id}") for id in STATEMENTS))
        if kind == "experiment":
            return short_digest(repr(sorted(self.provenance.get(name, {}).items())))
        claim, finding = self.claim(name), self.findings.get(name)
        told = (claim.why, claim.figure, claim.citations, claim.expected, claim.refuted_by)
        return short_digest(repr((STATEMENTS[name], told, self.experiments(name), finding)))


def install(app: Sphinx, evidence: Evidence) -> None:
    """Make the evidence known to all roles and directives of a build."""
    app.lecture_evidence = evidence  # type: ignore[attr-defined]


def evidence_of(env: BuildEnvironment) -> Evidence:
    """Return the evidence of the running build."""
    evidence: Evidence = env.app.lecture_evidence  # type: ignore[attr-defined]
    return evidence


def note(env: BuildEnvironment, *shown: str) -> None:
    """Remember that the page being read shows something, so that it is read again when that changes."""
    _shown(env).setdefault(env.docname, {}).update({name: digest(env, name) for name in shown})


def digest(env: BuildEnvironment, name: str) -> str:
    """Return the present state of what a page shows.

    As :meth:`Evidence.digest`; or of a ``file:``, of a ``page:``, or of the ``figures`` that any page shows.
    """
    if name.startswith("page:"):
        written = Path(env.doc2path(name.removeprefix("page:"))).read_text(encoding="utf-8")
        return f"{title_of(written, name)}, {reading_minutes(written)} min"
    if name == "figures":
        pages = sorted(page for page in env.found_docs if not page.startswith("gallery/"))
        sources = {page: Path(env.doc2path(page)).read_text(encoding="utf-8") for page in pages}
        return short_digest(repr([(page, title_of(text, page), figures_in(text)) for page, text in sources.items()]))
    if name.startswith("file:"):
        path = Path(env.srcdir) / name.removeprefix("file:")
        return short_digest(path.read_text(encoding="utf-8")) if path.is_file() else ""
    return evidence_of(env).digest(name)


def shown_on(env: BuildEnvironment, page: str, kind: str) -> list[str]:
    """Return the names of one kind that a page shows, in the order in which they were noted."""
    return [name.partition(":")[2] for name in _shown(env).get(page, {}) if name.startswith(kind + ":")]


def outdated(app: Sphinx, env: BuildEnvironment, *_: Iterable[str]) -> list[str]:
    """Tell Sphinx which pages show something that has changed since they were read."""
    return [page for page, shown in _shown(env).items() if page in env.found_docs and _changed(env, shown)]


def purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget what a page shows before it is read again, or when it is gone."""
    _shown(env).pop(docname, None)


def _changed(env: BuildEnvironment, shown: dict[str, str]) -> bool:
    return any(digest(env, name) != before for name, before in shown.items())


def _shown(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    return remembered(env, "lecture_shown")
