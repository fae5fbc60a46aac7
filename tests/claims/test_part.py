"""A claim of several parts: each reads its own records, and the verdicts make one."""

import pandas as pd
import pytest
from tests.toys import Other, Toy

from lecture.claims import ledger
from lecture.claims.claim import Finding, Measurement, Verdict
from lecture.claims.part import Part, claim_of_parts, together
from lecture.statistics import Interval

H, C, F, U = Verdict.HOLDS, Verdict.CAVEAT, Verdict.FAILS, Verdict.UNTESTED


def part(key, verdict, *experiments, expected=H):
    def judge(*tables):
        return Finding(verdict, tuple(Measurement(f"n{i}", key, Interval.exact(len(t))) for i, t in enumerate(tables)))

    return Part(
        key=key,
        says=key,
        refuted_by="Never.",
        expected=expected,
        experiments=experiments,
        judge=judge,
        citations=(key,),
    )


def claim(*parts, expected=H):
    return claim_of_parts("C23", parts, expected=expected, why="So.", figure="")


def test_each_part_reads_its_own_records_and_shared_ones_come_once():
    found = claim(part("one", H, Toy), part("two", H, Other, Toy))
    assert found.experiments == (Toy, Other)
    finding = found.find(pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1, 2]}))
    assert {m.key: m.interval.value for m in finding.measurements} == {"one_n0": 1, "two_n0": 2, "two_n1": 1}
    assert finding.scale == ("one_n0", "two_n0")
    assert found.citations == ("one", "two")
    assert found.refuted_by == "One: Never. Two: Never."


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [((H, H), H), ((F, F), F), ((C, C), C), ((H, F), C), ((H, C), C), ((F, C), C), ((H, U), U), ((F, U, H), U)],
)
def test_the_verdicts_make_one(verdicts, expected):
    assert together(verdicts) is expected


def test_a_part_that_comes_out_otherwise_is_a_surprise_even_if_the_whole_is_not():
    found = claim(part("one", H), part("two", F, expected=C), part("three", C, expected=C), expected=C)
    assessment = ledger.Assessment(found, found.find(), (), "book")
    assert assessment.finding.verdict is C
    assert not assessment.as_expected
    (line,) = ledger.mismatches([assessment])
    assert line.startswith("claim C23 (two) measured 'does not hold here' but expects 'holds with a caveat'")


def test_a_stub_leaves_the_claim_untested():
    found = claim(Part(key="one", says="one"), part("two", H), expected=U)
    assert found.find().verdict is U
