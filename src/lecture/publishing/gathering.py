"""Before anything is read: run what is missing, judge every claim, and stop if the prose would say something untrue."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from lecture.claims import ledger
from lecture.claims.ledger import Assessment
from lecture.experiments import schedule
from lecture.publishing import numbers
from lecture.publishing.evidence import Evidence, prose
from lecture.publishing.staging import BookError

_log = logging.getLogger(__name__)


def gather() -> Evidence:
    """Compute the missing records, assess all claims and return what they say.

    Raises:
        LectureError: An experiment failed, or a claim could not be judged.
    """
    summary = schedule.ensure(report=lambda line: _log.info("%s", line))
    _log.info("experiments: %s", summary)
    assessments = [ledger.assess(claim) for claim in ledger.claims().values()]
    return from_assessments(assessments)


def from_assessments(assessments: list[Assessment]) -> Evidence:
    """Return the evidence that assessed claims give."""
    return Evidence(
        claims={a.claim.id: a.claim for a in assessments},
        findings={a.claim.id: a.finding for a in assessments if a.finding.measurements or a.claim.judge},
        provenance={p["experiment"]: p for a in assessments for p in a.provenances},
        surprises=tuple(a.claim.id for a in assessments if a.counts and not a.as_expected),
        partial=any(a.preset == "smoke" for a in assessments),
    )


def refuse_surprises(app: Sphinx, evidence: Evidence) -> None:
    """Fail if a verdict is not the one the prose was written for, with a line for each: measured, expected, where.

    Raises:
        BookError: There is such a claim.
    """
    lines = []
    for id in evidence.surprises:
        claim, finding = evidence.claims[id], evidence.findings[id]
        found = "; ".join(f"{m.quantity} {numbers.value(m)}" for m in finding.measurements[:2]) or "no numbers"
        where = ", ".join(prose(Path(app.srcdir), id)) or "on no page yet"
        lines.append(
            f"claim {id} measured '{finding.verdict}' ({found}), expected '{claim.expected}'; its prose is at {where}"
        )
    if lines:
        raise BookError("\n".join(lines))
