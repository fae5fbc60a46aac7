"""A claim and what the records say of it, part by part; on other seeds and at full scale too, where there are records.

The store's records of other presets than the one in force are only looked at, never computed for it.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lecture.claims.claim import Claim, Finding, Part
from lecture.claims.confirmation import Confirmation, confirmation
from lecture.claims.full_scale import AtFull, at_full
from lecture.claims.judging import judged, number_of
from lecture.claims.measurement import Measurement
from lecture.claims.verdict import Verdict, of_claim, of_part
from lecture.errors import LectureError

JUDGED = ("book", "full")
"""Presets at which a verdict counts; ``smoke`` only has to run through."""


@dataclass(frozen=True)
class PartAssessment:
    """A part and what its witnesses say.

    Attributes:
        part: The part.
        verdict: Follows from both witnesses by the rule for its kind.
        finding: What was found here; None where nothing was measured.
        provenances: Where the records come from, one for each of its experiments.
        size: How large the deciding experiment was, in a line.
        other_seeds: First seeds of other records, in the store and of the confirmation, each with their verdict.
        confirmation: What seeds said that nobody had looked at; None if they were not run.
        at_full: What records of the ``full`` preset say; None where the store has none, or they are no larger.
    """

    part: Part
    verdict: Verdict
    finding: Finding | None = None
    provenances: tuple[dict[str, Any], ...] = ()
    size: str = ""
    other_seeds: tuple[tuple[int, Verdict], ...] = ()
    confirmation: Confirmation | None = None
    at_full: AtFull | None = None

    @property
    def number(self) -> Measurement | None:
        """The number that decides the part, beside what was published of this very quantity; None if there is none."""
        return number_of(self.part, self.finding) if self.finding else None

    @property
    def confirmed(self) -> Measurement | None:
        """The same quantity on seeds that nobody had looked at, under the part's letter with ``_others``."""
        value = self.confirmation.value if self.confirmation else None
        if not (value and self.number):
            return None
        words = f"{self.number.quantity}, other seeds"
        return replace(self.number, key=f"{self.part.key}_others", quantity=words, interval=value, published=None)

    @property
    def seeds(self) -> int | None:
        """How many seeds the deciding experiment ran with; None where nothing is random."""
        return len(self.provenances[0]["seeds"]) or None if self.provenances else None

    @property
    def disagree(self) -> bool:
        """Whether what was measured here and what was reported at scale have different signs."""
        published = self.part.published
        return bool(self.finding and published and self.finding.verdict is not published.verdict)

    @property
    def citations(self) -> tuple[str, ...]:
        """All sources of the part, the one that its published witness rests on first."""
        published = self.part.published
        return tuple(dict.fromkeys([*([published.source] if published else []), *self.part.citations]))


@dataclass(frozen=True)
class Assessment:
    """A claim and what the records say about it.

    Attributes:
        claim: The claim.
        parts: Each part with its verdict, in order.
        preset: The preset of the records.
        changes: Settings changed from the preset's, for example ``{"first_seed": 100}``.
    """

    claim: Claim
    parts: tuple[PartAssessment, ...]
    preset: str
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """The claim's verdict, by the rule, from its parts'."""
        return of_claim(part.verdict for part in self.parts)

    @property
    def headline(self) -> str:
        """The headline written for these verdicts, or what the rule alone says of them."""
        return self.claim.headline_for(tuple(part.verdict for part in self.parts))

    @property
    def counts(self) -> bool:
        """Whether the prose answers for the verdicts: a judged preset and the book's own seeds."""
        return self.preset in JUDGED and not self.changes

    @property
    def as_expected(self) -> bool:
        """Whether each part came out as headline and prose were written for."""
        return tuple(part.verdict for part in self.parts) == self.claim.expected

    @cached_property
    def measurements(self) -> dict[str, Measurement]:
        """All numbers by key: of each part the one that decides, under its letter, and the further ones."""
        further = (
            (part.number, part.confirmed, *(part.finding.numbers if part.finding else ())) for part in self.parts
        )
        numbers = [number for found in further for number in found if number]
        keys = [number.key for number in numbers]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise LectureError(f"claim {self.claim.id}: keys of measurements used twice: {', '.join(sorted(twice))}")
        return dict(zip(keys, numbers, strict=True))


def assess(claim: Claim, preset: str | None = None, **changes: Any) -> Assessment:
    """Judge a claim by its records, which are computed first if they are missing.

    Args:
        claim: What to judge.
        preset: By default the one in force.
        changes: Settings to change in all of its experiments, for example ``first_seed=100``.

    Raises:
        LectureError: An experiment failed, or a predicate did.
    """
    from lecture.experiments.experiment import current_preset

    preset = preset or current_preset()
    parts = tuple(_assess(claim, part, preset, changes) for part in claim.parts)
    assessment = Assessment(claim, parts, preset, changes)
    assert assessment.measurements is not None  # keys that are used twice are told now, not on some page
    return assessment


def _assess(claim: Claim, part: Part, preset: str, changes: dict[str, Any]) -> PartAssessment:
    from lecture.records import other_first_seeds, read

    kind, published = claim.saying(part.key).kind, part.published.verdict if part.published else None
    if not part.judge:
        return PartAssessment(part, of_part(kind, None, published))
    settings = [experiment.preset(preset, **changes) for experiment in part.experiments]
    tables = [read(experiment) for experiment in settings]
    finding = judged(claim, part, tables)
    others = set() if changes else set.intersection(*(other_first_seeds(experiment) for experiment in settings))
    elsewhere = {
        seed: judged(claim, part, [read(e.preset(preset, first_seed=seed)) for e in part.experiments]).verdict
        for seed in others
    }
    confirmed = confirmation(claim, part) if preset == "book" and not changes else None
    if confirmed:
        elsewhere[confirmed.first_seed] = confirmed.verdict
    return PartAssessment(
        part,
        of_part(kind, finding.verdict, published, confirmed.verdict if confirmed else None),
        finding,
        tuple(table.attrs["provenance"] for table in tables),
        settings[0].size_line(),
        tuple((seed, of_part(kind, verdict, published)) for seed, verdict in sorted(elsewhere.items())),
        confirmed,
        at_full(claim, part) if preset == "book" and not changes else None,
    )
