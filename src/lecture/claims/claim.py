"""What a claim is: its parts, each with a predicate and two witnesses, and the headline written for their verdicts."""

from collections.abc import Callable
from dataclasses import InitVar, dataclass, replace
from inspect import signature
from typing import TYPE_CHECKING

from lecture.claims.measurement import Measurement
from lecture.claims.talk import STATEMENTS, Saying, Statement
from lecture.claims.verdict import Verdict, counted, of_answer, of_part
from lecture.statistics import Comparison, Interval, count_misled, every

if TYPE_CHECKING:  # a page that only shows what was found need not wait for torch
    from lecture.experiments.experiment import Experiment
    from lecture.statistics.comparisons import Rule


@dataclass(frozen=True)
class Quantity:
    """What decides a part: both witnesses give a value of this one quantity, in this unit.

    Attributes:
        words: What it is, without the settings of a run: ``"training accuracy won by ReLU, same start"``.
        unit: As a measurement's.
        spec: Python format specification.
        colour: Name of a palette colour with a fixed meaning (see :mod:`lecture.style`).
    """

    words: str
    unit: str = ""
    spec: str = ".2f"
    colour: str = "ink"


@dataclass(frozen=True)
class Smallest:
    """The smallest effect of interest: where the bar lies, and why there.

    Attributes:
        value: In the unit of the part's quantity, or in its own.
        reason: A clause: ``"a point of accuracy is what one more pass brings"``.
        unit: Where the quantity counts comparisons, each of which has this bar: the unit of what is compared.
    """

    value: float
    reason: str
    unit: str = ""


@dataclass(frozen=True)
class Reported:
    """The witness from the literature: what was reported at scale.

    Attributes:
        verdict: What the sources say of the part: a sign of its own.
        source: Key in ``book/references.bib`` of the one that the value or the sign rests on; ``citations`` of the
            part name further ones.
        where: Place in the source: ``"Table 2"``.
        scale: At what scale, in a few words: ``"1.2 million photographs, 1,000 classes"``.
        value: The value of the part's quantity; None where the source gives none of that very quantity.
        says: What the source says, in a few words of ours, where no number does.
    """

    verdict: Verdict
    source: str
    where: str = ""
    scale: str = ""
    value: float | None = None
    says: str = ""


@dataclass(frozen=True)
class Finding:
    """What a predicate found in the records: the witness from here.

    Attributes:
        verdict: Follows from the measurements alone.
        value: The part's quantity, with its interval; None where no single number decides.
        misled: How many single runs, of how many, would have told another verdict; None where nothing is random.
        trained: Share of the runs that trained at all, with its Wilson interval; None where no run can collapse.
        numbers: Further quantities that prose, card or figures quote.
        drawn: Keys of those numbers that the card draws to scale below the part's own.
    """

    verdict: Verdict
    value: Interval | None = None
    misled: tuple[int, int] | None = None
    trained: Interval | None = None
    numbers: tuple[Measurement, ...] = ()
    drawn: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.misled and not 0 <= self.misled[0] <= self.misled[1]:
            raise ValueError(f"{self.misled[0]} of {self.misled[1]} runs is no count")


def conclude(
    *comparisons: Comparison,
    rule: "Rule" = every,
    value: Interval | None = None,
    numbers: tuple[Measurement, ...] | list[Measurement] = (),
    drawn: tuple[str, ...] = (),
    trained: Interval | None = None,
) -> Finding:
    """Return the finding of comparisons; how many single runs mislead is counted here, about this very verdict.

    Args:
        comparisons: What was compared; the first gives the part's number.
        rule: How their answers make one: :func:`every`, :func:`some`, or :func:`lecture.claims.verdict.halves` where
            a part asks several things and may hold in part.
        value: The part's number, if it is not the first comparison's.
        numbers: As :class:`Finding`'s.
        drawn: As :class:`Finding`'s.
        trained: As :class:`Finding`'s.

    Raises:
        ValueError: Nothing was compared.
    """
    if not comparisons:
        raise ValueError("a conclusion needs a comparison")
    answer = rule([comparison.answer for comparison in comparisons])
    verdict = answer if isinstance(answer, Verdict) else of_answer(answer)
    wrong, runs = count_misled(comparisons, rule)
    misled = (wrong, runs) if runs else None
    return Finding(verdict, value or comparisons[0].interval, misled, trained, tuple(numbers), drawn)


Judge = Callable[..., Finding]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a claim and how it is tested; its wording and its kind are the talk's (see :mod:`lecture.claims.talk`).

    Attributes:
        key: ``"a"``, ``"b"`` ...: the claim's ``Saying`` of that key, which its place among the parts decides.
        quantity: What decides it.
        smallest: Where the bar lies and why; None where the quantity is exact.
        refuted_by: What would refute it, a whole sentence, written before the result was looked at.
        judge: The predicate: takes the tables of the experiments by name, ``judge(activations=..., race=...)``.
        experiments: The experiments whose records it reads, by default those that its parameters are named after; the
            first is the one that decides.
        published: What was reported at scale.
        says: The published witness's own ``says``, where it takes a line.
        note: The half-sentence on the card that says which half holds, or what to mind.
        citations: Further keys in ``book/references.bib``.
    """

    key: str = ""
    quantity: Quantity | None = None
    smallest: Smallest | None = None
    refuted_by: str = ""
    judge: Judge | None = None
    experiments: "tuple[type[Experiment], ...]" = ()
    published: Reported | None = None
    says: InitVar[str] = ""
    note: str = ""
    citations: tuple[str, ...] = ()

    def __post_init__(self, says: str) -> None:
        if self.published and says:
            object.__setattr__(self, "published", replace(self.published, says=says))
        if self.judge and not self.experiments:
            from lecture.experiments.registry import experiments  # here, not above: it imports torch

            named = {name.rpartition(".")[2]: experiment for name, experiment in experiments().items()}
            object.__setattr__(self, "experiments", tuple(named[name] for name in signature(self.judge).parameters))
        if self.published and self.published.value is not None and self.quantity is None:
            raise ValueError(f"part {self.key}: a published value needs the quantity that it is a value of")
        if bool(self.judge) != bool(self.experiments):
            raise ValueError(f"part {self.key}: a predicate and the experiments it reads go together")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A claim of the talk and how its parts are tested.

    Attributes:
        id: ``"C01"`` ...; time, chapter and wording are the talk's.
        headline: At most ten words, true while the parts' verdicts are the expected ones, and shown only then.
        expected: The verdict of each part, in order, that headline and prose were written for; a build that measures
            another one fails.
        parts: One for each part of the talk's statement; one that is left out is untested.
        why: The sentence or two on the card that give the reason; no measured numbers in it.
        figure: The gallery script that shows it, for example ``"gradient_vanishing/plot_depth"``.
    """

    id: str
    headline: str = ""
    expected: tuple[Verdict, ...] = ()
    parts: tuple[Part, ...] = ()
    why: str = ""
    figure: str = ""

    def __post_init__(self) -> None:
        if self.id not in STATEMENTS:
            known = f"the talk has {min(STATEMENTS)} to {max(STATEMENTS)}"
            raise ValueError(f"unknown claim {self.id!r}: {known}")
        told = self.statement.parts
        if not self.parts:
            object.__setattr__(self, "parts", (Part(),) * len(told))
            object.__setattr__(self, "expected", tuple(of_part(saying.kind, None, None) for saying in told))
        if len(self.parts) != len(told):
            raise ValueError(f"{self.id}: the talk's statement has {len(told)} parts")
        lettered = (replace(part, key=saying.key) for part, saying in zip(self.parts, told, strict=True))
        object.__setattr__(self, "parts", tuple(lettered))
        if len(self.expected) != len(told):
            raise ValueError(f"{self.id}: expected needs {len(told)} verdicts, one for each part")
        if len(self.headline.split()) > 10:
            raise ValueError(f"{self.id}: a headline has at most ten words")

    @property
    def statement(self) -> Statement:
        """The talk's own statement: time, chapter and wording."""
        return STATEMENTS[self.id]

    def saying(self, key: str) -> Saying:
        """Return what the talk says in a part."""
        return next(saying for saying in self.statement.parts if saying.key == key)

    def headline_for(self, verdicts: tuple[Verdict, ...]) -> str:
        """Return the headline if it was written for these verdicts, else what the rule alone says of them."""
        return self.headline if self.headline and verdicts == self.expected else counted(verdicts)
