"""A claim that is several questions at once: each part has its own predicate, and the claim's verdict follows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from lecture.claims.claim import Claim, Finding, PartFinding, Verdict

if TYPE_CHECKING:
    import pandas as pd

    from lecture.experiments.experiment import Experiment


def _untested(*tables: "pd.DataFrame") -> Finding:
    return Finding(Verdict.UNTESTED, ())


@dataclass(frozen=True, kw_only=True)
class Part:
    """One question of a claim.

    Attributes:
        key: Short name, unique within the claim: it begins the keys of the part's measurements, so that a measurement
            ``gap`` of the part ``tabular`` is quoted as ``{measured}`C23.tabular_gap```.
        says: What the talk says here, in a few words, as the card shows it.
        refuted_by: What measurement would refute it, written before the result was looked at; a whole sentence.
        expected: The verdict that the prose was written for.
        experiments: The experiments whose records the predicate reads.
        judge: The predicate, as a claim's.
        citations: Keys in ``book/references.bib``.
    """

    key: str
    says: str
    refuted_by: str = ""
    expected: Verdict = Verdict.UNTESTED
    experiments: "tuple[type[Experiment], ...]" = ()
    judge: Callable[..., Finding] = _untested
    citations: tuple[str, ...] = ()


def claim_of_parts(id: str, parts: Sequence[Part], *, expected: Verdict, why: str, figure: str) -> Claim:
    """Return the claim that consists of the parts; an experiment that several of them read is read once."""
    parts = tuple(parts)
    return Claim(
        id=id,
        refuted_by=" ".join(f"{part.says[0].upper()}{part.says[1:]}: {part.refuted_by}" for part in parts),
        expected=expected,
        why=why,
        experiments=tuple(dict.fromkeys(experiment for part in parts for experiment in part.experiments)),
        judge=partial(judge_parts, parts),
        figure=figure,
        citations=tuple(dict.fromkeys(key for part in parts for key in part.citations)),
        parts=parts,
    )


def judge_parts(parts: Sequence[Part], *tables: "pd.DataFrame") -> Finding:
    """Judge each part by its own records and put the findings together; the card draws each part's headline.

    Args:
        parts: The parts of one claim.
        tables: The records of their experiments, each once, in the order of :func:`claim_of_parts`.
    """
    experiments = dict.fromkeys(experiment for part in parts for experiment in part.experiments)
    records = dict(zip(experiments, tables, strict=True))
    findings = {part: part.judge(*(records[experiment] for experiment in part.experiments)) for part in parts}
    measured = {
        part: [replace(m, key=f"{part.key}_{m.key}") for m in found.measurements] for part, found in findings.items()
    }
    return Finding(
        together(found.verdict for found in findings.values()),
        tuple(m for found in measured.values() for m in found),
        scale=tuple(found[0].key for found in measured.values() if found),
        parts=tuple(PartFinding(p.key, p.says, found.verdict, p.expected) for p, found in findings.items()),
    )


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on all: untested while one is; else the one they share, or a caveat where they differ."""
    found = set(verdicts)
    if Verdict.UNTESTED in found:
        return Verdict.UNTESTED
    return found.pop() if len(found) == 1 else Verdict.CAVEAT
