"""The two rules: a part's verdict from its witnesses, a claim's from its parts."""

from itertools import product

import pytest

from lecture.claims.talk import Kind
from lecture.claims.verdict import Verdict, counted, halves, of_answer, of_claim, of_part

H, P, F, OP, U, N = (
    Verdict.HOLDS,
    Verdict.IN_PART,
    Verdict.FAILS,
    Verdict.OPINION,
    Verdict.UNDECIDED,
    Verdict.UNTESTED,
)
SIGNS = (H, P, F, U)


@pytest.mark.parametrize(("here", "published"), product((None, *SIGNS), repeat=2))
def test_who_decides_a_part(here, published):
    assert of_part(Kind.RECORD, here, published) is (published or N)
    assert of_part(Kind.MECHANISM, here, published) is (here or N)
    assert of_part(Kind.SCALE, here, published) is (published or (U if here else N))
    assert of_part(Kind.OPINION, here, published) is OP
    assert of_part(Kind.ANNOUNCEMENT, here, published) is OP


@pytest.mark.parametrize(("here", "others"), product(SIGNS, repeat=2))
def test_other_seeds_can_only_open_what_ours_decides(here, others):
    assert of_part(Kind.MECHANISM, here, None, others) is (here if others is here else U)
    assert of_part(Kind.SCALE, here, H, others) is H
    assert of_part(Kind.RECORD, here, H, others) is H


@pytest.mark.parametrize(
    ("parts", "verdict"),
    [
        ((H,), H), ((H, H), H), ((F, F), F), ((U, U), U), ((P, P), P), ((OP,), OP), ((OP, OP), OP), ((H, OP), H),
        ((F, OP), F),
        ((H, F), P), ((H, U), P), ((P, F), P), ((P, U), P), ((F, U), U), ((F, N), U), ((H, N), P), ((N, N), N),
    ],
)  # fmt: skip
def test_the_parts_make_the_claim(parts, verdict):
    assert of_claim(parts) is verdict
    assert of_claim(reversed(parts)) is verdict


def test_answers_and_halves():
    assert [of_answer(answer) for answer in (True, False, None)] == [H, F, U]
    assert halves([True, False]) is P
    assert halves([True, None]) is P
    assert halves([False, None]) is U
    assert halves([True, True]) is H


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((H, F, H), "2 of 3 parts hold"), ((H, P), "1 of 2 parts holds, 1 in part"),
        ((F, U), "None of 2 parts hold"), ((N, N), "Not yet tested"),
        ((H,), "It holds"), ((P,), "It holds in part"), ((F,), "It does not hold"), ((U,), "Undecided"),
        ((N,), "Not yet tested"), ((OP,), "Nobody decides this"), ((OP, OP), "Nobody decides this"),
    ],
)  # fmt: skip
def test_what_the_rule_says_where_no_headline_fits(parts, words):
    assert counted(parts) == words
