"""The tally in words, and as a bar that fills its width."""

import re

import pytest

from lecture.claims.claim import Verdict
from lecture.publishing.outcomes import glance, sentence


def test_a_tally_is_said_in_words():
    assert sentence({Verdict.CAVEAT: 1}) == "Of one claim 1 holds with a caveat."
    assert sentence({Verdict.HOLDS: 1, Verdict.FAILS: 2}) == "Of 3 claims 1 holds, 2 do not hold here."


@pytest.mark.parametrize("counts", [{Verdict.HOLDS: 4, Verdict.CAVEAT: 20, Verdict.CITED: 3}, {Verdict.FAILS: 1}])
def test_the_bar_is_as_wide_as_all_claims_and_each_part_as_its_share(counts):
    drawing = glance(counts)[0]["html"]
    parts = [(float(x), float(width)) for x, width in re.findall(r'x="([\d.]+)%" width="([\d.]+)%"', drawing)]
    total = sum(counts.values())
    assert [width for _, width in parts] == pytest.approx([100 * n / total for n in counts.values()], abs=0.001)
    assert [x for x, _ in parts] == pytest.approx(
        [sum(width for _, width in parts[:n]) for n in range(len(parts))], abs=0.01
    )
