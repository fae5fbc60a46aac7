"""The ledger: every claim of the talk, found by its module, in the order of the talk, and as plain JSON values."""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import lecture.claims
from lecture.claims.assessment import Assessment, PartAssessment
from lecture.claims.claim import Claim, Reported
from lecture.claims.full_scale import AtFull
from lecture.claims.measurement import text
from lecture.claims.predicates import changes
from lecture.claims.talk import STATEMENTS
from lecture.errors import LectureError

if TYPE_CHECKING:
    from lecture.experiments.experiment import Experiment


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


def chosen(ids: Iterable[str] | None) -> list[Claim]:
    """Return the claims with those ids, however they are spelt; all if there are none.

    Raises:
        LectureError: There is no such claim.
    """
    return [claim(id.upper()) for id in ids] if ids else list(claims().values())


def needed(chosen: Iterable[Claim], preset: str | None = None, **changed: Any) -> "list[Experiment]":
    """Return the experiments, with their settings, whose records the claims read; each once."""
    settings = (e.preset(preset, **changed) for claim in chosen for part in claim.parts for e in part.experiments)
    return list(dict.fromkeys(settings))


def mismatches(assessments: Iterable[Assessment]) -> list[str]:
    """Return a line for each part whose verdict is not the one that headline and prose were written for.

    Only verdicts that count are looked at (see :attr:`Assessment.counts`).
    """
    return [
        f"claim {a.claim.id}.{part.part.key} came out as {str(part.verdict)!r} but {str(expected)!r} is expected"
        f" ({_told(part)}): mend the prose in book/{a.claim.statement.chapter}.md, the headline and 'expected',"
        f" or the test"
        for a in assessments
        if a.counts
        for part, expected in zip(a.parts, a.claim.expected, strict=True)
        if part.verdict is not expected
    ]


def rows(assessments: Sequence[Assessment]) -> list[dict[str, Any]]:
    """Return the ledger as plain JSON values, an object for each claim."""
    return [
        {
            "id": a.claim.id,
            "time": a.claim.statement.time,
            "chapter": a.claim.statement.chapter,
            "claim": a.claim.statement.says,
            "headline": a.headline,
            "verdict": str(a.verdict),
            "parts": [_part(a, part) for part in a.parts],
        }
        for a in assessments
    ]


def _part(a: Assessment, assessed: PartAssessment) -> dict[str, Any]:
    part, saying = assessed.part, a.claim.saying(assessed.part.key)
    quantity, bar = part.quantity, part.smallest
    return {
        "id": f"{a.claim.id}.{part.key}",
        "says": saying.says,
        "kind": str(saying.kind),
        "verdict": str(assessed.verdict),
        "expected": str(a.claim.expected[[p.key for p in a.claim.parts].index(part.key)]),
        "smallest_effect": bar
        and {"value": bar.value, "unit": bar.unit or (quantity.unit if quantity else ""), "why": bar.reason},
        "refuted_by": part.refuted_by,
        "here": _here(a, assessed),
        "published": part.published and _published(assessed, part.published),
        "citations": list(assessed.citations),
        "other_seeds": [{"first_seed": seed, "verdict": str(verdict)} for seed, verdict in assessed.other_seeds],
        "at_full": assessed.at_full and _at_full(assessed.at_full),
    }


def _at_full(found: AtFull) -> dict[str, Any]:
    value = found.number.interval if found.number else None
    return {
        "verdict": str(found.verdict),
        "measured": value.value if value else None,
        "low": value.low if value else None,
        "high": value.high if value else None,
        "size": found.size,
        "device": found.device,
    }


def _here(a: Assessment, assessed: PartAssessment) -> dict[str, Any] | None:
    finding, quantity, records = assessed.finding, assessed.part.quantity, assessed.provenances
    if finding is None:
        return None
    change = changes().get(f"{a.claim.id}.{assessed.part.key}")
    value, trained = finding.value, finding.trained
    return {
        "verdict": str(finding.verdict),
        "quantity": quantity.words if quantity else None,
        "measured": value.value if value else None,
        "low": value.low if value else None,
        "high": value.high if value else None,
        "unit": quantity.unit if quantity else None,
        "seeds": assessed.seeds,
        "collapsed": round((1 - trained.value) * trained.n) if trained else None,
        "misled": {"wrong": finding.misled[0], "of": finding.misled[1]} if finding.misled else None,
        "size": assessed.size,
        "experiments": [record["experiment"] for record in records],
        "preset": a.preset,
        "device": records[0]["device"],
        "predicate_changed": change and {"date": change.date, "seeds_seen": change.seen},
        "recorded": max(record["date"] for record in records),
    }


def _published(assessed: PartAssessment, published: Reported) -> dict[str, Any]:
    quantity = assessed.part.quantity if published.value is not None else None
    return {
        "verdict": str(published.verdict),
        "value": published.value,
        "quantity": quantity.words if quantity else published.says or None,
        "unit": quantity.unit if quantity else None,
        "source": published.source,
        "where": published.where,
        "scale": published.scale,
    }


def _told(assessed: PartAssessment) -> str:
    number = assessed.number
    return f"{number.quantity}: {text(number)}" if number else "no number decides"


def _claim_of(module: str) -> Claim:
    try:
        found = getattr(importlib.import_module(module), "CLAIM", None)
    except LectureError:
        raise
    except Exception as error:
        from lecture.experiments.registry import told  # here, not above: it imports torch

        raise LectureError(f"{module} cannot be imported: {told(error)}") from error
    if not isinstance(found, Claim):
        raise LectureError(f"{module} has no CLAIM: it must define CLAIM = Claim(id=...)")
    return found
