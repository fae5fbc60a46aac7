"""Before anything is read: run what is missing and judge every claim."""

import sys
from dataclasses import replace

from sphinx.util import logging

from lecture import devices, records
from lecture.claims import ledger
from lecture.claims.claim import Claim
from lecture.claims.ledger import Assessment
from lecture.experiments import registry, schedule
from lecture.publishing.evidence import Evidence
from lecture.records import store

_log = logging.getLogger(__name__)


def gather() -> Evidence:
    """Compute the missing records, assess all claims and return what they say.

    Raises:
        LectureError: An experiment failed, or a claim could not be judged.
    """
    summary = schedule.ensure(report=lambda line: _log.info("%s", line))
    _log.info("experiments: %s", summary)
    evidence = from_assessments([ledger.assess(claim) for claim in ledger.claims().values()])
    for name, experiment in registry.experiments().items():
        if name not in evidence.provenance:
            evidence.provenance[name] = records.provenance(experiment.preset())
    return evidence


def record_files() -> list[str]:
    """Return the files of all records that the pages may show."""
    device = devices.pick()
    return [str(store.path_of(experiment.preset(), device)) for experiment in registry.experiments().values()]


def from_assessments(assessments: list[Assessment]) -> Evidence:
    """Return the evidence that assessed claims give; what is code in a claim is left out, so that it can be stored."""
    return Evidence(
        claims={a.claim.id: replace(a.claim, judge=None, experiments=(), parts=()) for a in assessments},
        findings={a.claim.id: a.finding for a in assessments if a.claim.judge},
        code={a.claim.id: _code(a.claim) for a in assessments if a.claim.judge},
        provenance={p["experiment"]: p for a in assessments for p in a.provenances},
        surprises=tuple(a.claim.id for a in assessments if a.counts and not a.as_expected),
        partial=any(a.preset == "smoke" for a in assessments),
    )


def _code(claim: Claim) -> dict[str, str]:
    judges = [part.judge for part in claim.parts] if claim.parts else [claim.judge]
    modules = [code.__module__ for code in (*judges, *claim.experiments) if code is not None]
    return {name: str(sys.modules[name].__file__) for name in dict.fromkeys(modules)}
