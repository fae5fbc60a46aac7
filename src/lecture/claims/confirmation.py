"""What seeds that nobody had looked at said of each part: judged once, kept, and never tried again.

``confirmations.csv`` beside this module has a row for each part that was judged so. A row counts as long as the part
has the predicate that it was judged by (see :mod:`lecture.claims.predicates`). If the verdict is another one than that
of the reported seeds, the part is undecided.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lecture.claims.predicates import changes
from lecture.claims.verdict import Verdict
from lecture.errors import LectureError
from lecture.statistics import Interval

if TYPE_CHECKING:
    from lecture.claims.assessment import Assessment

FILE = Path(__file__).with_name("confirmations.csv")
FIRST_SEED = 20_000
"""Reported seeds start at 0 and pilots at 10,000, so these are nobody's."""
COLUMNS = ("part", "first_seed", "verdict", "value", "low", "high", "seeds", "recorded", "digest")


@dataclass(frozen=True)
class Confirmation:
    """What other seeds gave.

    Attributes:
        first_seed: The first of them.
        verdict: What our experiment says with them.
        value: The part's quantity, measured with them; None if it has none.
    """

    first_seed: int
    verdict: Verdict
    value: Interval | None = None


@cache
def confirmations() -> dict[str, Confirmation]:
    """Return what is known of each part, by its id, ``"C12.a"``; rows of an older predicate are left out."""
    return {
        row["part"]: Confirmation(int(row["first_seed"]), Verdict(row["verdict"]), _interval(row))
        for row in _rows()
        if row["part"] in changes() and changes()[row["part"]].digest == row["digest"]
    }


def keep(assessments: "Iterable[Assessment]") -> None:
    """Write down what was found on these seeds, in the place of rows of an older predicate."""
    rows = {row["part"]: row for row in _rows()}
    for a in assessments:
        for part in a.parts:
            if part.finding and part.seeds:
                id = f"{a.claim.id}.{part.part.key}"
                value = part.finding.value
                numbers = (value.value, value.low, value.high) if value else ("", "", "")
                recorded = max(record["date"] for record in part.provenances)
                known = (id, FIRST_SEED, part.finding.verdict, *numbers, part.seeds, recorded, changes()[id].digest)
                rows[id] = dict(zip(COLUMNS, map(str, known), strict=True))
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[id] for id in sorted(rows))
    confirmations.cache_clear()


def refuse_again(claims: Iterable[str]) -> None:
    """Refuse claims, by id, of which a part was judged on these seeds by its present predicate.

    Raises:
        LectureError: There is one.
    """
    if known := [part for part in confirmations() if part.partition(".")[0] in set(claims)]:
        raise LectureError(
            f"{', '.join(known)}: judged on seeds from {FIRST_SEED:,} before, see {FILE.name}; no result is tried twice"
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
