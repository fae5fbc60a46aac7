"""What the pages show: every claim as it was assessed, every experiment with its provenance, by the present records."""

import importlib
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from sphinx.environment import BuildEnvironment

from lecture.claims.assessment import Assessment, PartAssessment
from lecture.claims.measurement import Measurement, Published
from lecture.claims.predicates import Change
from lecture.claims.talk import STATEMENTS, Kind
from lecture.claims.verdict import Verdict
from lecture.errors import LectureError
from lecture.publishing.caches import experiments_in
from lecture.publishing.directives.signs import Sign, sign_of
from lecture.publishing.state import SHOWN, remembered, short_digest, state_of
from lecture.statistics import Interval


@dataclass(frozen=True)
class Evidence:
    """All that pages may show, gathered once for each build.

    Attributes:
        assessments: All claims by id, in the order of the talk, without what is code in them.
        code: The files behind each tested claim, by module: the predicates' first, then their experiments'.
        provenance: Where each experiment's records come from, by the experiment's name (see :mod:`lecture.records`).
        changes: The last change of each part's predicate, by the part's id (see :mod:`lecture.claims.predicates`).
        digests: The first digits of the SHA-256 of each experiment's record, as `records.json` in the archive lists it.
        alexnet: What AlexNet's own training on ImageNet came to, a sentence; empty where nobody has run it.
    """

    assessments: dict[str, Assessment]
    code: dict[str, dict[str, str]] = field(default_factory=dict)
    provenance: dict[str, dict[str, Any]] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    alexnet: str = ""

    @cached_property
    def partial(self) -> bool:
        """Whether the preset leaves settings out (fewer depths), so that a key may lack its number."""
        return any(assessment.preset == "smoke" for assessment in self.assessments.values())

    def assessment(self, id: str) -> Assessment:
        """Return a claim as it was assessed.

        Raises:
            LectureError: There is none of that id.
        """
        if id not in self.assessments:
            raise LectureError(f"there is no claim {id!r}: the claims are {min(STATEMENTS)} to {max(STATEMENTS)}")
        return self.assessments[id]

    def part(self, address: str) -> PartAssessment:
        """Return a part by its address, ``C10.a``.

        Raises:
            LectureError: There is no such claim, or it has no such part.
        """
        id, _, key = address.partition(".")
        parts = {part.part.key: part for part in self.assessment(id).parts}
        if key not in parts:
            raise LectureError(f"claim {id} has no part {key!r}: its parts are {', '.join(parts)}")
        return parts[key]

    def kind(self, address: str) -> Kind:
        """Return what sort of statement a part is."""
        id, _, key = address.partition(".")
        return self.assessment(id).claim.saying(key).kind

    def verdict(self, address: str) -> Verdict:
        """Return the verdict on a claim, ``C10``, or on a part of one, ``C10.a``."""
        return self.part(address).verdict if "." in address else self.assessment(address).verdict

    def sign(self, address: str) -> Sign:
        """Return how the verdict on a claim or on a part is shown."""
        verdict = self.verdict(address)
        return sign_of(verdict, map(self.kind, [address] if "." in address else self.parts([address])))

    def parts(self, ids: Iterable[str] = STATEMENTS) -> list[str]:
        """Return the addresses of the parts of claims."""
        return [f"{id}.{part.part.key}" for id in ids for part in self.assessment(id).parts]

    def disagreements(self) -> list[str]:
        """Return the addresses of the parts on which we and the literature have different signs."""
        return [address for address in self.parts() if self.part(address).disagree]

    def measurement(self, address: str) -> Measurement:
        """Return a measurement by its address: ``C10.key``, or ``C10.a`` for the number that decides a part.

        Raises:
            LectureError: The claim or the key does not exist; the message names those that do.
        """
        id, dot, key = address.partition(".")
        found = self.assessment(id).measurements
        if not dot:
            raise LectureError(f"claim {id} lacks a key: write for example C10.a")
        if key not in found and self.partial and found:
            return Measurement(key, "the smoke preset does not measure this", Interval.exact(math.nan))
        if key not in found:
            raise LectureError(f"claim {id} has no number {key!r}: its keys are {', '.join(found) or 'none yet'}")
        return found[key]

    def part_of(self, address: str) -> str:
        """Return the part whose finding has a measurement, ``C10.a`` for ``C10.error``; empty if none has."""
        id, _, key = address.partition(".")
        for part in self.assessment(id).parts:
            found = (part.number, part.confirmed, *(part.finding.numbers if part.finding else ()))
            if any(number and number.key == key for number in found):
                return f"{id}.{part.part.key}"
        return ""

    def published(self, address: str) -> Measurement:
        """Return what was reported of the quantity of a part, ``C12.c``, or of a measurement.

        Raises:
            LectureError: There is no such quantity, or no value of it was reported.
        """
        if address in self.parts([address.partition(".")[0]]):
            part = self.part(address).part
            quantity, there = part.quantity, part.published
            if quantity and there and there.value is not None:
                source = Published(there.value, there.source, there.where)
                value = Interval.exact(there.value)
                return Measurement(part.key, quantity.words, value, quantity.unit, quantity.spec, source)
        else:
            found = self.measurement(address)
            if found.published or math.isnan(found.interval.value):
                value = Interval.exact(found.published.value if found.published else math.nan)
                return Measurement(found.key, found.quantity, value, found.unit, found.spec, found.published)
        raise LectureError(f"{address} has no published value")

    def experiments(self, id: str) -> list[str]:
        """Return the names of the experiments behind a claim."""
        records = [record for part in self.assessment(id).parts for record in part.provenances]
        return list(dict.fromkeys(record["experiment"] for record in records))

    def setting(self, address: str) -> Any:
        """Return a setting of an experiment as it was run, ``gradient_vanishing.activations.width``.

        Raises:
            LectureError: There is no such experiment, or it has no such setting.
        """
        name, _, setting = address.rpartition(".")
        if name not in self.provenance:
            raise LectureError(f"there is no experiment {name!r}: write for example gradient_vanishing.race.width")
        settings = self.provenance[name]["settings"]
        if setting not in settings:
            raise LectureError(f"{name} has no setting {setting!r}: it has {', '.join(settings)}")
        return settings[setting]

    def digest(self, shown: str) -> str:
        """Return what changes when a thing that a page shows changes.

        Args:
            shown: ``claim:C10``, ``experiment:chapter.name``, ``alexnet``, or ``verdicts``, all of the ledger.
        """
        kind, _, name = shown.partition(":")
        if kind == "verdicts":
            return short_digest("".join(self.digest(f"claim:{id}") for id in STATEMENTS))
        if kind == "alexnet":
            return short_digest(self.alexnet)
        if kind == "experiment":
            return short_digest(repr((sorted(self.provenance.get(name, {}).items()), self.digests.get(name))))
        told = [self.changes.get(part) for part in self.parts([name])]
        return short_digest(repr((STATEMENTS[name], self.assessment(name), told)))


def cited(name: str) -> Any:
    """Return a constant of :mod:`lecture.data.literature` by its name there, ``alexnet.NEURONS``.

    Raises:
        LectureError: There is none of that name.
    """
    module, *rest = name.split(".")
    try:
        found: Any = importlib.import_module(f"lecture.data.literature.{module}")
        for step in rest:
            found = getattr(found, step)
    except (ImportError, AttributeError) as error:
        raise LectureError(f"lecture.data.literature has no {name}: {error}") from error
    return found


def evidence_of(env: BuildEnvironment) -> Evidence:
    """Return the evidence of the running build."""
    evidence = state_of(env.app).evidence
    assert evidence is not None, "evidence is gathered before anything is read"
    return evidence


def note(env: BuildEnvironment, *shown: str) -> None:
    """Remember that the page being read shows something, so that it is read again when that changes."""
    _shown(env).setdefault(env.docname, {}).update({name: digest(env, name) for name in shown})


def digest(env: BuildEnvironment, name: str) -> str:
    """Return the present state of what a page shows.

    As :meth:`Evidence.digest`; or of a ``file:``, or of something ``cited:``.
    """
    if name.startswith("cited:"):
        try:
            return short_digest(repr(cited(name.removeprefix("cited:"))))
        except LectureError:  # gone since: the page that shows it is read again, and says so
            return ""
    if name.startswith("file:"):
        path = Path(env.srcdir) / name.removeprefix("file:")
        return str(path.stat().st_mtime_ns) if path.is_file() else ""
    return evidence_of(env).digest(name)


def shown_on(env: BuildEnvironment, page: str, kind: str) -> list[str]:
    """Return the names of one kind that a page shows, in the order in which they were noted."""
    return [name.partition(":")[2] for name in _shown(env).get(page, {}) if name.startswith(kind + ":")]


def outdated(env: BuildEnvironment) -> Iterator[str]:
    """Yield the pages that show something that has changed since they were read."""
    now = cache(partial(digest, env))
    for page, shown in _shown(env).items():
        if page in env.found_docs and any(now(name) != before for name, before in shown.items()):
            yield page


def _shown(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    return remembered(env, SHOWN)


def experiments_behind(env: BuildEnvironment, code: str) -> list[str]:
    """Return the experiments whose records a script reads: those it imports, and those of a claim it imports from."""
    claims = {id.upper() for id in re.findall(r"lecture\.claims\.\w+\.(c\d\d)_", code)}
    found = [*experiments_in(code), *(name for id in sorted(claims) for name in evidence_of(env).experiments(id))]
    return list(dict.fromkeys(found))
