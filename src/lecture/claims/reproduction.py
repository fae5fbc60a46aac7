"""Whether a second computation says the same: part by part, from the records of two runs."""

import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from lecture.claims.claim import Claim, Finding, Part
from lecture.claims.judging import judged
from lecture.claims.measurement import Measurement, text

if TYPE_CHECKING:
    import pandas as pd

    from lecture.records.record import Record

FILE = "reproduced.json"
"""The last comparison, in the cache folder."""


class Sameness(StrEnum):
    """How like the other run's numbers those of a part are."""

    IDENTICAL = "identical"
    WITHIN = "within the interval"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Reproduced:
    """A part in two computations.

    Attributes:
        part: Its id, ``"C12.a"``.
        sameness: Identical: every number of every table, to the last bit. Within: the same verdict, and the number that
            decides lies within the interval that the other run gave it. Else it differs.
        there: Verdict of the records that were compared with.
        here: Verdict of those computed for it.
        measured_there: The deciding number, in words; empty where none decides.
        measured_here: The same.
    """

    part: str
    sameness: Sameness
    there: str
    here: str
    measured_there: str
    measured_here: str


def reproduced(
    claims: Iterable[Claim], there: "Mapping[str, Record]", here: "Mapping[str, Record]"
) -> list[Reproduced]:
    """Compare all parts whose records both sides have, by name of experiment."""
    found = []
    for claim in claims:
        for part in claim.parts:
            names = [experiment.name() for experiment in part.experiments]
            if part.judge and all(name in there and name in here for name in names):
                tables = ([side[name].table for name in names] for side in (there, here))
                found.append(_compared(claim, part, *tables))
    return found


def _compared(claim: Claim, part: Part, there: "Sequence[pd.DataFrame]", here: "Sequence[pd.DataFrame]") -> Reproduced:
    theirs, ours = (judged(claim, part, list(tables)) for tables in (there, here))
    same = all(a.equals(b) for a, b in zip(there, here, strict=True))
    sameness = Sameness.IDENTICAL if same else Sameness.WITHIN if _within(ours, theirs) else Sameness.DIFFERS
    words = (_words(part, finding) for finding in (theirs, ours))
    return Reproduced(f"{claim.id}.{part.key}", sameness, str(theirs.verdict), str(ours.verdict), *words)


def _within(ours: Finding, theirs: Finding) -> bool:
    if ours.verdict is not theirs.verdict:
        return False
    return not (ours.value and theirs.value) or theirs.value.low <= ours.value.value <= theirs.value.high


def _words(part: Part, finding: Finding) -> str:
    if not (part.quantity and finding.value):
        return ""
    quantity = part.quantity
    return text(
        Measurement(part.key, quantity.words, finding.value, quantity.unit, quantity.spec, None, quantity.colour)
    )


def report(
    found: Sequence[Reproduced], there: "Mapping[str, Record]", here: "Mapping[str, Record]", source: str
) -> bytes:
    """Return a comparison as JSON, to be kept: what was compared, where both were computed, and each part."""
    sides = {side: _circumstances(records.values()) for side, records in (("there", there), ("here", here))}
    told: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": platform.platform(),
        "source": source,
        **sides,
        "parts": [asdict(one) for one in found],
    }
    return json.dumps(told, indent=1).encode()


def _circumstances(records: "Iterable[Record]") -> dict[str, list[str]]:
    known = [record.provenance for record in records]
    return {
        "devices": sorted({one["device_name"] for one in known}),
        "dates": sorted({one["date"][:10] for one in known}),
        "versions": sorted({f"{name} {number}" for one in known for name, number in one["versions"].items()}),
    }
