"""Before anything is read: run what is missing and judge every claim."""

import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from sphinx.util import logging

from lecture import devices, records
from lecture.claims import ledger
from lecture.claims.assessment import Assessment, assess
from lecture.claims.claim import Claim
from lecture.claims.predicates import changes
from lecture.experiments import registry, schedule
from lecture.publishing.evidence import Evidence
from lecture.records import store

_log = logging.getLogger(__name__)


def judge() -> Evidence:
    """Compute the missing records, assess all claims and return what they say.

    Raises:
        LectureError: An experiment failed, or a claim could not be judged.
    """
    summary = schedule.ensure(report=lambda line: _log.info("%s", line))
    _log.info("experiments: %s", summary)
    evidence = from_assessments([assess(claim) for claim in ledger.claims().values()])
    for experiment in registry.offered():
        if experiment.name() not in evidence.provenance:
            evidence.provenance[experiment.name()] = records.provenance(experiment.preset())
    return replace(evidence, digests=_digests(record_files()))


def record_files() -> list[str]:
    """Return the files of all records that the pages may show."""
    device = devices.pick()
    return [str(store.path_of(experiment.preset(), device)) for experiment in registry.offered()]


def _digests(files: list[str]) -> dict[str, str]:
    records = (path for path in map(Path, files) if path.is_file())
    return {path.parent.name: sha256(path.read_bytes()).hexdigest()[:8] for path in records}


def from_assessments(assessments: list[Assessment]) -> Evidence:
    """Return the evidence that assessed claims give; what is code in them is left out, so that it can be stored."""
    return Evidence(
        assessments={a.claim.id: _without_code(a) for a in assessments},
        code={a.claim.id: files for a in assessments if (files := _code(a.claim))},
        provenance={p["experiment"]: p for a in assessments for part in a.parts for p in part.provenances},
        changes=changes(),
    )


def _without_code(assessment: Assessment) -> Assessment:
    found = tuple(replace(p, part=replace(p.part, judge=None, experiments=())) for p in assessment.parts)
    claim = replace(assessment.claim, parts=tuple(p.part for p in found))
    return replace(assessment, claim=claim, parts=found)


def _code(claim: Claim) -> dict[str, str]:
    judges = [part.judge for part in claim.parts if part.judge]
    experiments = [experiment for part in claim.parts for experiment in part.experiments]
    modules = dict.fromkeys(code.__module__ for code in (*judges, *experiments))
    return {name: str(sys.modules[name].__file__) for name in modules}
