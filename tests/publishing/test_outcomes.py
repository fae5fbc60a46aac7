"""The tally in words, and as a bar that fills its width."""

import re

import pytest

from lecture.claims.talk import Kind
from lecture.claims.verdict import Verdict
from lecture.publishing.directives.outcomes import glance, sentence
from lecture.publishing.directives.signs import ANNOUNCEMENT, SIGNS, sign_of

HOLDS, IN_PART, FAILS = (SIGNS[verdict] for verdict in (Verdict.HOLDS, Verdict.IN_PART, Verdict.FAILS))


def test_a_tally_is_said_in_words():
    assert sentence({IN_PART: 1}) == "Of one part 1 holds in part."
    assert sentence({HOLDS: 1, FAILS: 2}) == "Of 3 parts 1 holds, 2 do not hold."


def test_an_announcement_has_a_sign_of_its_own():
    assert sign_of(Verdict.OPINION, [Kind.ANNOUNCEMENT]) is ANNOUNCEMENT
    assert sign_of(Verdict.OPINION, [Kind.OPINION]) is SIGNS[Verdict.OPINION]
    assert sign_of(Verdict.UNTESTED, [Kind.ANNOUNCEMENT]) is SIGNS[Verdict.UNTESTED]


@pytest.mark.parametrize("counts", [{HOLDS: 4, IN_PART: 20, ANNOUNCEMENT: 3}, {FAILS: 1}])
def test_the_bar_is_as_wide_as_all_parts_and_each_part_as_its_share(counts):
    drawing = glance(counts)[0]["html"]
    parts = [(float(x), float(width)) for x, width in re.findall(r'x="([\d.]+)%" width="([\d.]+)%"', drawing)]
    total = sum(counts.values())
    assert [width for _, width in parts] == pytest.approx([100 * n / total for n in counts.values()], abs=0.001)
    assert [x for x, _ in parts] == pytest.approx(
        [sum(width for _, width in parts[:n]) for n in range(len(parts))], abs=0.01
    )
