"""What a claim is: a statement of the talk, the predicate that tests it, and the verdict written for."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from lecture.claims.talk import STATEMENTS, Statement
from lecture.statistics import Interval

if TYPE_CHECKING:  # a page that only shows what was found need not wait for torch
    import pandas as pd

    from lecture.claims.part import Part
    from lecture.experiments.experiment import Experiment


YEAR = "year"
"""The unit of a date: nobody writes it behind the number, and no axis of dates starts at 0."""


class Verdict(StrEnum):
    """The public outcome of a claim."""

    HOLDS = "holds"
    CAVEAT = "holds with a caveat"
    FAILS = "does not hold here"
    CITED = "cited only"
    UNTESTED = "untested"


@dataclass(frozen=True)
class Published:
    """A figure from the literature, to stand beside ours.

    Attributes:
        value: The published number, in the unit of the measurement it belongs to.
        citation: Key in ``book/references.bib``.
        where: Place in the source, for example ``"Table 2"``.
    """

    value: float
    citation: str
    where: str = ""


@dataclass(frozen=True)
class Measurement:
    """One measured quantity of a claim, usable in prose as ``{measured}`C10.key```.

    Attributes:
        key: Short name, unique within the claim: letters, digits and underscores.
        quantity: What was measured, in words, for example ``"test accuracy, 32 layers, ReLU"``.
        interval: The value with its interval.
        unit: ``"%"``, ``"ms"`` ... or empty for a pure number; :data:`YEAR` for a date.
        spec: Python format specification of the value, for example ``".2f"``.
        published: The figure from the literature that it compares with.
        colour: Name of a palette colour with a fixed meaning (see :mod:`lecture.style`), for the card's
            scale.
    """

    key: str
    quantity: str
    interval: Interval
    unit: str = ""
    spec: str = ".2f"
    published: Published | None = None
    colour: str = "ink"


@dataclass(frozen=True)
class PartFinding:
    """What was found about one part of a claim (see :mod:`lecture.claims.part`).

    Attributes:
        key: The part's short name.
        says: What the talk says there, in a few words.
        verdict: Of this part alone.
        expected: The verdict that the prose was written for.
    """

    key: str
    says: str
    verdict: Verdict
    expected: Verdict


@dataclass(frozen=True)
class Finding:
    """What a predicate found in the records.

    Attributes:
        verdict: Follows from the measurements alone.
        measurements: All quantities the prose and the card may quote; the first is the headline.
        opposite: Share of single seeds that would have told the opposite (None where nothing is compared
            over seeds).
        scale: Keys of the measurements drawn to scale on the claim card, in order; empty draws the headline
            alone.
        parts: What was found about each part of a claim that has several.
    """

    verdict: Verdict
    measurements: tuple[Measurement, ...]
    opposite: float | None = None
    scale: tuple[str, ...] = ()
    parts: tuple[PartFinding, ...] = ()

    def __post_init__(self) -> None:
        keys = [m.key for m in self.measurements]
        if len(set(keys)) < len(keys):
            raise ValueError(f"measurement keys used twice: {sorted({k for k in keys if keys.count(k) > 1})}")


def key_of(words: str) -> str:
    """Return words as they stand in the keys of measurements: ``"ReLU, He start"`` is ``relu_he_start``."""
    return re.sub(r"\W+", "_", words.lower()).strip("_")


Judge = Callable[..., Finding]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A sentence of the talk and how it is tested.

    Attributes:
        id: ``"C01"`` to ``"C30"``; time, chapter and wording are the talk's (see :mod:`lecture.claims.talk`).
        refuted_by: What measurement would refute it, written before the result was looked at.
        expected: The verdict that the prose was written for; a build that measures another one fails.
        why: The sentence or two on the card that give the verdict's reason; no measured numbers in it.
        experiments: The experiments whose records the predicate reads.
        judge: The predicate: takes one table for each experiment, in that order, and returns the
            :class:`Finding`.
        figure: The gallery script that shows it, for example ``"gradient_vanishing/plot_depth"``.
        citations: Keys in ``book/references.bib``.
        parts: The questions that the claim consists of, if it is several at once (see :mod:`lecture.claims.part`).
    """

    id: str
    refuted_by: str = ""
    expected: Verdict = Verdict.UNTESTED
    why: str = ""
    experiments: "tuple[type[Experiment], ...]" = ()
    judge: Judge | None = None
    figure: str = ""
    citations: tuple[str, ...] = ()
    parts: "tuple[Part, ...]" = ()

    @property
    def statement(self) -> Statement:
        """The talk's own statement: time, chapter and wording."""
        return STATEMENTS[self.id]

    def find(self, *tables: "pd.DataFrame") -> Finding:
        """Apply the predicate to the records; a claim without one is cited only, or untested."""
        return self.judge(*tables) if self.judge else Finding(self.expected, ())
