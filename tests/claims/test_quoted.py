"""Every number that is measured has a reader: it decides, it is drawn, or a page, a script or a source tells it."""

from dataclasses import replace
from pathlib import Path

import pytest

from lecture.claims import ledger
from lecture.claims.assessment import Assessment, PartAssessment, assess
from lecture.claims.claim import Claim, Finding, Part, Quantity
from lecture.claims.confirmation import Confirmation
from lecture.claims.measurement import Published, exact
from lecture.claims.quoted import unquoted
from lecture.claims.verdict import Verdict
from lecture.statistics import Interval

ROOT = Path(__file__).parents[2]


def assessment(*keys, drawn=(), published=None):
    """C09 with its own number and further ones under these keys."""
    numbers = [exact(key, "something", 1.0, published=published) for key in keys]
    part = Part(key="a", quantity=Quantity("slope"))
    finding = Finding(Verdict.HOLDS, numbers[0].interval, numbers=tuple(numbers), drawn=drawn)
    claim = Claim(id="C09", parts=(part,), expected=(Verdict.HOLDS,))
    return Assessment(claim, (PartAssessment(part, Verdict.HOLDS, finding),), "book")


def test_what_nobody_quotes_is_named():
    found = assessment("slope", "slope_8")
    assert unquoted(found, "") == ["slope", "slope_8"]
    assert unquoted(found, "{measured}`C09.slope_8`, of another claim {measured}`C10.slope`") == ["slope"]
    assert unquoted(found, "{interval}`C09.slope`; {measured}`C09.slope_8`") == []


def test_what_is_drawn_or_published_needs_no_quotation():
    assert unquoted(assessment("slope", "width", drawn=("width",)), "") == ["slope"]
    assert unquoted(assessment("slope", published=Published(1.0, "somebody2012something")), "") == []


def test_what_other_seeds_said_of_the_number_that_decides_needs_none():
    found = assessment("slope")
    part = replace(found.parts[0], confirmation=Confirmation(20_000, Verdict.HOLDS, Interval.exact(2.0)))
    found = replace(found, parts=(part,))
    assert "a_others" in found.measurements
    assert unquoted(found, "C09.slope") == []


def test_another_preset_has_other_sizes():
    found = assessment("left_4", "right_4")
    assert unquoted(found, "`C09.left_32`") == ["left_4", "right_4"]
    assert unquoted(found, "`C09.left_32`", any_size=True) == ["right_4"]


@pytest.mark.usefixtures("smoke")
def test_the_book_quotes_what_it_measures(monkeypatch):
    monkeypatch.setenv("LECTURE_PRESET", "smoke")
    sources = [*(ROOT / "book").glob("*.md"), *(ROOT / "gallery").rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    found = {id: unquoted(assess(claim), text, any_size=True) for id, claim in ledger.claims().items()}
    assert {id: keys for id, keys in found.items() if keys} == {}
