"""A build stops where the prose would say something that was measured otherwise."""

from pathlib import Path

from sphinx.application import Sphinx

from lecture.publishing import numbers
from lecture.publishing.evidence import Evidence
from lecture.publishing.prose import places
from lecture.publishing.staging import BookError


def refuse(app: Sphinx, evidence: Evidence) -> None:
    """Fail if a verdict is not the one the prose was written for, with a line for each: measured, expected, where.

    Raises:
        BookError: There is such a claim.
    """
    lines = []
    for id in evidence.surprises:
        claim, finding = evidence.claims[id], evidence.findings[id]
        found = "; ".join(f"{m.quantity} {numbers.value(m)}" for m in finding.measurements[:2]) or "no numbers"
        where = ", ".join(places(Path(app.srcdir), id)) or "on no page yet"
        lines.append(
            f"claim {id} measured '{finding.verdict}' ({found}), expected '{claim.expected}'; its prose is at {where}"
        )
    if lines:
        raise BookError("\n".join(lines))
