"""What seeds that nobody had looked at said of each part: judged once, kept, and never tried again.

``confirmations.csv`` beside this module has a row for each part that was judged so. A row counts as long as the part
has the predicate that it was judged by (see :mod:`lecture.claims.predicates`), and its experiments their settings. If
the verdict is another one than that of the reported seeds, the part is undecided.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from lecture.claims.claim import Claim, Part
from lecture.claims.predicates import changes
from lecture.claims.verdict import Verdict
from lecture.errors import LectureError
from lecture.statistics import Interval

if TYPE_CHECKING:
    from lecture.claims.assessment import Assessment

FILE = Path(__file__).with_name("confirmations.csv")
FIRST_SEED = 20_000
"""Reported seeds start at 0 and pilots at 10,000, so these are nobody's."""
FURTHER = 10_000
"""So far off are the next ones, for a part that was judged with other settings or by an older predicate."""
COLUMNS = ("part", "first_seed", "verdict", "value", "low", "high", "seeds", "recorded", "digest", "settings")


@dataclass(frozen=True)
class Confirmation:
    """What other seeds gave.

    Attributes:
        first_seed: The first of them.
        verdict: What our experiment says with them.
        value: The part's quantity, measured with them; None if it has none.
        settings: Digest of the settings of its experiments then.
    """

    first_seed: int
    verdict: Verdict
    value: Interval | None = None
    settings: str = ""


@cache
def confirmations() -> dict[str, Confirmation]:
    """Return what is known of each part, by its id, ``"C12.a"``; rows of an older predicate are left out."""
    return {
        row["part"]: Confirmation(int(row["first_seed"]), Verdict(row["verdict"]), _interval(row), row["settings"])
        for row in _rows()
        if row["part"] in changes() and changes()[row["part"]].digest == row["digest"]
    }


def confirmation(claim: Claim, part: Part) -> Confirmation | None:
    """Return what is known of a part as it is now; None if it was not judged so, or was another one then."""
    found = confirmations().get(f"{claim.id}.{part.key}")
    return found if found and found.settings == settings_digest(part) else None


def settings_digest(part: Part) -> str:
    """Return eight digits that change with the settings of a part's experiments, at the ``book`` preset."""
    told = [(experiment.name(), experiment.preset("book").settings()) for experiment in part.experiments]
    return sha256(repr(told).encode()).hexdigest()[:8]


def first_seed(claims: Iterable[Claim]) -> int:
    """Return the first of the seeds on which none of these claims was ever judged."""
    ids = {claim.id for claim in claims}
    used = [int(row["first_seed"]) for row in _rows() if row["part"].split(".")[0] in ids]
    return max(used) + FURTHER if used else FIRST_SEED


def keep(assessments: "Iterable[Assessment]") -> None:
    """Write down what was found on these seeds, in the place of rows of an older predicate; what is known stays.

    Raises:
        LectureError: The file cannot be written.
    """
    rows = {row["part"]: row for row in _rows()}
    for a in assessments:
        for part in a.parts:
            id = f"{a.claim.id}.{part.part.key}"
            if confirmation(a.claim, part.part):
                continue
            if part.finding and part.seeds and id in changes():  # of an announcement nobody is the judge
                value = part.finding.value
                numbers = (value.value, value.low, value.high) if value else ("", "", "")
                recorded = max(record["date"] for record in part.provenances)
                digests = changes()[id].digest, settings_digest(part.part)
                known = (id, a.changes["first_seed"], part.finding.verdict, *numbers, part.seeds, recorded, *digests)
                rows[id] = dict(zip(COLUMNS, map(str, known), strict=True))
    try:
        with FILE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[id] for id in sorted(rows))
    except OSError as error:
        raise LectureError(f"cannot write {FILE} ({error}): confirm from a clone of your own") from error
    confirmations.cache_clear()


def refuse_again(claims: Iterable[Claim]) -> None:
    """Refuse claims all of whose parts, as they are now, were judged on these seeds.

    Raises:
        LectureError: There is one.
    """
    known: list[str] = []
    for claim in claims:
        parts = {f"{claim.id}.{part.key}": part for part in claim.parts if part.judge}
        if all(confirmation(claim, part) for id, part in parts.items() if id in changes()):
            known += parts
    if known:
        raise LectureError(
            f"{', '.join(known)}: judged on seeds that nobody had seen, see {FILE.name}; no result is tried twice"
        )


def _interval(row: dict[str, str]) -> Interval | None:
    if not row["value"]:
        return None
    value, low, high = (float(row[column]) for column in ("value", "low", "high"))
    return Interval(value, low, high, int(row["seeds"]))


def _rows() -> list[dict[str, str]]:
    if not FILE.exists():
        return []
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
