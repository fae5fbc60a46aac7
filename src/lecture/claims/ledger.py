"""The ledger: every claim of the talk with what was measured, in the order of the talk."""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import lecture.claims
from lecture.claims.claim import YEAR, Claim, Finding, Measurement, Verdict
from lecture.claims.talk import STATEMENTS
from lecture.errors import LectureError
from lecture.experiments.experiment import Experiment, current_preset
from lecture.records import read

JUDGED = ("book", "full")
"""Presets at which a verdict counts; ``smoke`` only has to run through."""


@dataclass(frozen=True)
class Assessment:
    """A claim and what the records say about it.

    Attributes:
        claim: The claim.
        finding: Verdict and measurements.
        provenances: Where the records come from, one for each of the claim's experiments.
        preset: The preset of the records.
        changes: Settings changed from the preset's, for example ``{"first_seed": 100}``.
    """

    claim: Claim
    finding: Finding
    provenances: tuple[dict[str, Any], ...]
    preset: str
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether the prose answers for the verdict: a judged preset, the book's own seeds, a claim that is tested."""
        return self.preset in JUDGED and not self.changes and self.claim.expected is not Verdict.UNTESTED

    @property
    def as_expected(self) -> bool:
        """Whether the measured verdicts, of the claim and of its parts, are those that the prose was written for."""
        parts = self.finding.parts
        return self.finding.verdict is self.claim.expected and all(p.verdict is p.expected for p in parts)


@cache
def claims() -> dict[str, Claim]:
    """Return all thirty claims by id, in the order of the talk; one that no module tests is untested.

    Raises:
        LectureError: A module has no ``CLAIM``, or its id is unknown, used twice or not the one in its name.
    """
    found: dict[str, Claim] = {}
    origin: dict[str, str] = {}
    for info in pkgutil.walk_packages(lecture.claims.__path__, "lecture.claims."):
        if not re.fullmatch(r"lecture\.claims\.\w+\.c\d\d_\w+", info.name):
            continue
        claim = _claim_of(info.name)
        if claim.id in origin:
            raise LectureError(f"claim {claim.id} is used twice: in {origin[claim.id]} and in {info.name}")
        found[claim.id], origin[claim.id] = claim, info.name
    return {id: found.get(id) or Claim(id=id) for id in STATEMENTS}


def claim(id: str) -> Claim:
    """Return the claim with that id.

    Raises:
        LectureError: There is none.
    """
    if id not in STATEMENTS:
        raise LectureError(f"unknown claim {id!r}: the talk has {min(STATEMENTS)} to {max(STATEMENTS)}")
    return claims()[id]


def needed(chosen: Iterable[Claim], preset: str | None = None, **changes: Any) -> list[Experiment]:
    """Return the experiments, with their settings, whose records the claims read; each once."""
    settings = (e.preset(preset, **changes) for claim in chosen for e in claim.experiments)
    return list(dict.fromkeys(settings))


def assess(claim: Claim, preset: str | None = None, **changes: Any) -> Assessment:
    """Judge a claim by its records, which are computed first if they are missing.

    Args:
        claim: What to judge.
        preset: By default the one in force.
        changes: Settings to change in all of its experiments, for example ``first_seed=100``.
    """
    preset = preset or current_preset()
    tables = [read(experiment.preset(preset, **changes)) for experiment in claim.experiments]
    provenances = tuple(table.attrs["provenance"] for table in tables)
    try:
        finding = claim.find(*tables)
    except LectureError:
        raise
    except Exception as error:
        raise LectureError(f"claim {claim.id} cannot be judged: {type(error).__name__}: {error}") from error
    return Assessment(claim, finding, provenances, preset, changes)


def mismatches(assessments: Iterable[Assessment]) -> list[str]:
    """Return a line for each claim whose measured verdict is not the one that the prose was written for.

    Only verdicts that count are looked at (see :attr:`Assessment.counts`).
    """
    return [
        f"claim {a.claim.id}{part} measured {str(measured)!r} but expects {str(expected)!r}"
        f" ({_headline(a.finding)}): mend the prose in book/{a.claim.statement.chapter}.md and 'expected', or the test"
        for a in assessments
        if a.counts
        for part, measured, expected in _verdicts(a)
        if measured is not expected
    ]


def rows(assessments: Sequence[Assessment]) -> list[dict[str, Any]]:
    """Return the ledger as plain JSON values, a row for each claim; the measured value is the headline's."""
    return [_row(assessment) for assessment in assessments]


def text(measurement: Measurement) -> str:
    """Return a measurement as a reader sees it: value, interval if there is one, unit."""
    found = measurement.interval
    value, low, high = (format(x, measurement.spec) for x in (found.value, found.low, found.high))
    interval = f" [{low}, {high}]" if found.low < found.high else ""
    unit = "" if measurement.unit == YEAR else measurement.unit
    return f"{value}{interval} {unit}".rstrip()


def _verdicts(assessment: Assessment) -> Iterator[tuple[str, Verdict, Verdict]]:
    """Yield name, measured and expected verdict of the claim (its name is empty) and of each of its parts."""
    yield "", assessment.finding.verdict, assessment.claim.expected
    for part in assessment.finding.parts:
        yield f" ({part.says})", part.verdict, part.expected


def _row(assessment: Assessment) -> dict[str, Any]:
    claim, finding = assessment.claim, assessment.finding
    headline = _values(finding.measurements[0] if finding.measurements else None)
    statement = claim.statement
    provenances = assessment.provenances
    return {
        "id": claim.id,
        "time": statement.time,
        "chapter": statement.chapter,
        "claim": statement.says,
        "expected": str(claim.expected),
        "verdict": str(finding.verdict),
        **headline,
        "seeds": max((len(p["seeds"]) for p in provenances), default=0) or None,
        "opposite": finding.opposite,
        "experiment": ", ".join(p["experiment"] for p in provenances) or None,
        "preset": assessment.preset if provenances else None,
        "changes": assessment.changes if provenances else {},
        "device": provenances[0]["device"] if provenances else None,
        "device_name": provenances[0]["device_name"] if provenances else None,
        "citations": list(claim.citations),
        "refuted_by": claim.refuted_by,
        "why": claim.why,
        "figure": claim.figure or None,
        "parts": {part.key: str(part.verdict) for part in finding.parts},
        "measurements": [{"key": m.key, **_values(m)} for m in finding.measurements],
    }


def _values(measurement: Measurement | None) -> dict[str, Any]:
    published = measurement.published if measurement else None
    return {
        "quantity": measurement.quantity if measurement else None,
        "measured": measurement.interval.value if measurement else None,
        "low": measurement.interval.low if measurement else None,
        "high": measurement.interval.high if measurement else None,
        "unit": measurement.unit if measurement else None,
        "published": published.value if published else None,
        "published_in": f"{published.citation}, {published.where}".rstrip(", ") if published else None,
    }


def _headline(finding: Finding) -> str:
    return "; ".join(f"{m.quantity}: {text(m)}" for m in finding.measurements[:2]) or "nothing measured"


def _claim_of(module: str) -> Claim:
    try:
        found = getattr(importlib.import_module(module), "CLAIM", None)
    except LectureError:
        raise
    except Exception as error:
        raise LectureError(f"{module} cannot be imported: {type(error).__name__}: {error}") from error
    if not isinstance(found, Claim):
        raise LectureError(f"{module} has no CLAIM: it must define CLAIM = Claim(id=...)")
    if found.id not in STATEMENTS:
        known = f"the talk has {min(STATEMENTS)} to {max(STATEMENTS)}"
        raise LectureError(f"unknown claim {found.id!r} in {module}: {known}")
    return found
