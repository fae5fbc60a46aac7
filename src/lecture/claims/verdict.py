"""Verdicts, and the two written rules that make them: a part's from its witnesses, a claim's from its parts."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from itertools import accumulate

from lecture.claims.talk import Kind
from lecture.statistics import every


class Verdict(StrEnum):
    """The public outcome of a part, and of a claim."""

    HOLDS = "holds"
    IN_PART = "holds in part"
    FAILS = "does not hold"
    UNDECIDED = "undecided"
    OPINION = "opinion"
    UNTESTED = "untested"


def of_answer(answer: bool | None) -> Verdict:
    """Return the verdict of a comparison's answer; None is open."""
    return Verdict.UNDECIDED if answer is None else Verdict.HOLDS if answer else Verdict.FAILS


def of_part(kind: Kind, here: Verdict | None, published: Verdict | None, others: Verdict | None = None) -> Verdict:
    """Return a part's verdict from its two witnesses; the kind says which of them decides.

    Sources decide a record. What was reported at the talk's own scale decides a matter of scale; ours shows the same
    thing small, and where nothing was reported it cannot decide. Our experiment decides a mechanism, unless seeds that
    nobody had looked at say otherwise. Nobody decides an opinion, nor an announcement.

    Args:
        kind: The part's.
        here: What was measured here; None if nothing was.
        published: What was reported elsewhere; None if nothing was.
        others: What was measured here on seeds that nobody had looked at; None if they were not run.
    """
    match kind:
        case Kind.RECORD:
            return published or Verdict.UNTESTED
        case Kind.SCALE:
            return published or (Verdict.UNDECIDED if here else Verdict.UNTESTED)
        case Kind.MECHANISM:
            return Verdict.UNDECIDED if others and others is not here else here or Verdict.UNTESTED
        case _:
            return Verdict.OPINION


def of_claim(parts: Iterable[Verdict]) -> Verdict:
    """Return a claim's verdict from its parts', opinions left out.

    What all parts share; else *holds in part* where at least one of them holds, wholly or in part; else *undecided*.
    """
    decided = set(parts) - {Verdict.OPINION}
    if len(decided) <= 1:
        return decided.pop() if decided else Verdict.OPINION
    return Verdict.IN_PART if decided & {Verdict.HOLDS, Verdict.IN_PART} else Verdict.UNDECIDED


def halves(answers: Sequence[bool | None]) -> Verdict:
    """Return the verdict on a part that asks several things at once: *holds in part* where one holds, another not."""
    return of_claim(of_answer(answer) for answer in answers)


def halves_of(*counts: int) -> Callable[[Sequence[bool | None]], Verdict]:
    """Return the rule of :func:`halves` where each thing is asked by several comparisons, all of which must hold.

    Args:
        counts: How many comparisons, in their order, ask each thing.
    """

    def rule(answers: Sequence[bool | None]) -> Verdict:
        ends = list(accumulate(counts))
        return halves([every(answers[end - count : end]) for count, end in zip(counts, ends, strict=True)])

    return rule


def counted(parts: Sequence[Verdict]) -> str:
    """Say how the parts came out, the headline of a claim that has no other: ``"2 of 3 parts hold, 1 in part"``."""
    decided = set(parts) - {Verdict.OPINION}
    if not decided:
        return "Nobody decides this"
    if decided == {Verdict.UNTESTED}:
        return "Not yet tested"
    if len(parts) == 1:
        return "Undecided" if parts[0] is Verdict.UNDECIDED else f"It {parts[0].value}"
    n, partly = (sum(verdict is wanted for verdict in parts) for wanted in (Verdict.HOLDS, Verdict.IN_PART))
    return f"{n or 'None'} of {len(parts)} parts {'holds' if n == 1 else 'hold'}" + f", {partly} in part" * bool(partly)
