"""What a predicate finds in tables, and the number that decides a part by it."""

from typing import TYPE_CHECKING

from lecture.claims.claim import Claim, Finding, Part
from lecture.claims.measurement import Measurement, Published
from lecture.errors import LectureError

if TYPE_CHECKING:  # a page that only shows what was found need not wait for torch
    import pandas as pd

    from lecture.experiments.experiment import Experiment


def judged(claim: Claim, part: Part, tables: "list[pd.DataFrame]") -> Finding:
    """Apply a predicate to tables, each under the name of its experiment's module."""
    named = dict(zip((short_name(experiment) for experiment in part.experiments), tables, strict=True))
    assert part.judge is not None
    try:
        return part.judge(**named)
    except LectureError:
        raise
    except Exception as error:
        raise LectureError(f"claim {claim.id}.{part.key} cannot be judged: {type(error).__name__}: {error}") from error


def short_name(experiment: "type[Experiment]") -> str:
    """Return the name under which a predicate gets an experiment's table: the last part of the experiment's name."""
    return experiment.name().rpartition(".")[2]


def number_of(part: Part, finding: Finding) -> Measurement | None:
    """Return the number that decides a part, beside what was published of this very quantity; None if there is none."""
    quantity, published = part.quantity, part.published
    if not (quantity and finding.value):
        return None
    there = None
    if published and published.value is not None:
        there = Published(published.value, published.source, published.where)
    return Measurement(part.key, quantity.words, finding.value, quantity.unit, quantity.spec, there, quantity.colour)
