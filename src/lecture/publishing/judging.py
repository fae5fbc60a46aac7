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
from lecture.claims.full_scale import stored
from lecture.claims.predicates import changes
from lecture.data.literature.ilsvrc import ONE_NETWORK_TOP_1, ONE_NETWORK_TOP_5
from lecture.experiments import registry, schedule
from lecture.experiments.history.imagenet_alexnet import ImagenetAlexnet
from lecture.publishing.evidence import Evidence
from lecture.records import store

ALEXNET = ImagenetAlexnet.preset("full")

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
    return replace(evidence, digests=_digests(record_files()), alexnet=alexnet())


def record_files() -> list[str]:
    """Return the files of all records that the pages may show."""
    device = devices.pick()
    settings = [*(experiment.preset() for experiment in registry.offered()), ALEXNET]
    return [str(store.path_of(experiment, device)) for experiment in settings]


def alexnet() -> str:
    """Return what AlexNet's own training came to, beside its paper's errors, where the store has it."""
    table = stored(ALEXNET)
    if table is None:
        return ""
    last = table[table["views"] == table["views"].max()]
    found = 100 * last[["top_1", "top_5"]].mean()
    counts = last[["epoch", "classes", "train_images", "test_images"]].iloc[0]
    runs = f", mean of {len(last)} runs" if len(last) > 1 else ""
    return (
        f"We trained one network ourselves, on {table.attrs['provenance']['device_name']}: {counts['epoch']} passes "
        f"over {counts['train_images']:,} photographs of {counts['classes']:,} classes{runs}. Of "
        f"{counts['test_images']:,} that it had not seen, it gets {found['top_1']:.1f} % wrong with one guess and "
        f"{found['top_5']:.1f} % with five. The paper's had {ONE_NETWORK_TOP_1} % and {ONE_NETWORK_TOP_5} %, of a "
        f"thousand classes."
    )


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
