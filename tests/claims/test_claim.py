"""A claim is told part by part, and what is said of it is bound to how its parts came out."""

import re
import sys

import pytest

from lecture.claims import ledger
from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, conclude
from lecture.claims.judging import short_name
from lecture.claims.talk import STATEMENTS, Kind
from lecture.claims.verdict import Verdict, halves
from lecture.statistics import Comparison, Interval, compare

PARTS = [(claim, part) for claim in ledger.claims().values() for part in claim.parts]
IDS = [f"{claim.id}.{part.key}" for claim, part in PARTS]
H, P = Verdict.HOLDS, Verdict.IN_PART


def test_the_talk_has_thirty_claims_in_parts():
    assert list(STATEMENTS) == [f"C{n:02}" for n in range(1, 31)]
    for statement in STATEMENTS.values():
        assert [part.key for part in statement.parts] == list("abcdef"[: len(statement.parts)])


def test_a_claim_lies_where_the_talk_puts_it():
    for name in list(sys.modules):
        if found := re.fullmatch(r"lecture\.claims\.(\w+)\.(c\d\d)_\w+", name):
            claim = sys.modules[name].CLAIM
            assert (claim.id.lower(), claim.statement.chapter) == (found[2], found[1]), name


@pytest.mark.parametrize(("claim", "part"), PARTS, ids=IDS)
def test_a_part_has_the_witness_that_decides_it(claim, part):
    kind = claim.saying(part.key).kind
    expected = dict(zip((p.key for p in claim.parts), claim.expected, strict=True))[part.key]
    if kind in (Kind.OPINION, Kind.ANNOUNCEMENT):
        assert expected is Verdict.OPINION
    elif expected is not Verdict.UNTESTED:
        assert part.refuted_by.endswith("."), "what would refute it is a whole sentence"
        assert part.judge if kind is Kind.MECHANISM else part.published or part.judge


@pytest.mark.parametrize("claim", ledger.claims().values(), ids=list(ledger.claims()))
def test_a_claim_is_told_completely(claim):
    if set(claim.expected) != {Verdict.UNTESTED}:
        assert claim.headline
        assert claim.why
        assert not re.search(r"\d\.\d|\d ?%", claim.headline + claim.why), "numbers are measured, not typed"


def claim(**changes):
    return Claim(**{"id": "C18", "parts": (Part(), Part()), "expected": (H, P)} | changes)


def test_a_headline_stands_only_for_the_verdicts_it_was_written_for():
    found = claim(headline="Both, in a way")
    assert found.headline_for((H, P)) == "Both, in a way"
    assert found.headline_for((H, H)) == "2 of 2 parts hold"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"parts": (Part(),)}, "has 2 parts"),
        ({"expected": (H,)}, "needs 2 verdicts"),
        ({"headline": "one two three four five six seven eight nine ten eleven"}, "at most ten words"),
    ],
)
def test_a_claim_that_does_not_fit_the_talk_is_refused(changes, complaint):
    with pytest.raises(ValueError, match=complaint):
        claim(**changes)


def test_a_part_is_named_by_its_place_and_reads_what_its_predicate_is_named_after():
    def judge(race, activations):
        raise NotImplementedError

    first, second = claim(parts=(Part(judge=judge), Part(published=Reported(H, "source"), says="No number."))).parts
    assert [short_name(experiment) for experiment in first.experiments] == ["race", "activations"]
    assert (first.key, second.key, second.published.says) == ("a", "b", "No number.")


def test_a_claim_without_a_module_is_untested_in_all_parts():
    assert Claim(id="C23").expected == (Verdict.UNTESTED,) * 5


def test_a_published_value_needs_the_quantity_it_is_a_value_of():
    Part(key="a", published=Reported(H, "source", says="no number"))
    Part(key="a", quantity=Quantity("error"), published=Reported(H, "source", value=3.0))
    with pytest.raises(ValueError, match="needs the quantity"):
        Part(key="a", published=Reported(H, "source", value=3.0))


def test_a_predicate_and_its_experiments_go_together():
    with pytest.raises(ValueError, match="go together"):
        Part(key="a", judge=lambda: None)


def test_a_conclusion_counts_single_runs_by_its_own_rule():
    up, down = compare([1.0, 2.0, 3.0, -0.5]), compare([-1.0, -2.0, -3.0, 0.5])
    found = conclude(up, down, rule=halves)
    assert found.verdict is Verdict.UNDECIDED
    assert found.value == up.interval
    assert found.misled == (0, 4)
    both = conclude(compare([1.0, 1.1, 1.2]), compare([-1.0, -1.1, -1.2]), rule=halves)
    assert (both.verdict, both.misled) == (P, (0, 3))
    assert conclude(Comparison.exact(8, True)) == Finding(H, Interval.exact(8))
    with pytest.raises(ValueError, match="needs a comparison"):
        conclude()


def test_a_count_of_misled_runs_is_a_count():
    with pytest.raises(ValueError, match="3 of 2 runs"):
        Finding(H, misled=(3, 2))
