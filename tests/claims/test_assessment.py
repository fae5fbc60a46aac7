"""A claim is judged by records, part by part, and by those of other seeds where the store has them."""

import pandas as pd
import pytest
from tests.toys import Other, Toy

from lecture.claims.assessment import Assessment, PartAssessment, assess
from lecture.claims.claim import Claim, Finding, Part, Quantity, Reported, Smallest, conclude
from lecture.claims.confirmation import Confirmation
from lecture.claims.ledger import mismatches, needed, rows
from lecture.claims.measurement import exact
from lecture.claims.verdict import Verdict
from lecture.errors import LectureError
from lecture.experiments.schedule import run_missing
from lecture.statistics import Interval, compare

H, F, N = Verdict.HOLDS, Verdict.FAILS, Verdict.UNTESTED
QUANTITY = Quantity("mean value", "%", ".1f")


def judge_a(toy: pd.DataFrame, other: pd.DataFrame) -> Finding:
    assert toy.attrs["provenance"]["experiment"] == "toys.toy"
    assert other.attrs["provenance"]["experiment"] == "toys.other"
    return conclude(compare([4.0, 5.0, 6.0]), numbers=[exact("first", "first seed", toy["seed"].min())])


def judge_b(toy: pd.DataFrame) -> Finding:
    return Finding(H if toy["seed"].min() == 0 else F)


def parts(**changes):
    a = {"key": "a", "judge": judge_a, "experiments": (Toy, Other), "quantity": QUANTITY, "smallest": Smallest(1, "so")}
    return Part(**a | changes), Part(key="b", judge=judge_b, experiments=(Toy,), published=Reported(F, "source"))


CLAIM = Claim(id="C10", headline="So it is", expected=(H, H), parts=parts())  # two mechanisms


def test_parts_read_their_records_by_name(cache):
    found = assess(CLAIM)
    a, b = found.parts
    assert (a.verdict, b.verdict, found.verdict, found.headline) == (H, H, H, "So it is")
    assert [record["experiment"] for record in a.provenances] == ["toys.toy", "toys.other"]
    assert (a.seeds, a.finding.misled) == (2, (0, 3))
    assert not a.disagree
    assert b.disagree
    assert found.measurements["first"].interval.value == 0
    assert assess(CLAIM, "smoke", first_seed=7).measurements["first"].interval.value == 7


def test_the_number_that_decides_has_the_parts_letter(cache):
    found = assess(Claim(id="C10", expected=(H, H), parts=parts(published=Reported(H, "source", "Table 1", value=3.0))))
    number = found.measurements["a"]
    assert (number.quantity, number.interval.value, number.published.value) == ("mean value", 5, 3)
    assert list(found.measurements) == ["a", "first"]


def test_keys_are_unique_in_a_claim(cache):
    twice = [exact("first", "", 1), exact("first", "", 2)]
    broken = Claim(
        id="C09",
        expected=(H,),
        parts=(Part(key="a", judge=lambda toy: Finding(H, numbers=tuple(twice)), experiments=(Toy,)),),
    )
    with pytest.raises(LectureError, match="C09: keys of measurements used twice: first"):
        assess(broken)


def test_a_predicate_that_breaks_is_named(cache):
    part = Part(key="a", judge=lambda toy: toy.no_such_column, experiments=(Toy,))
    with pytest.raises(LectureError, match=r"claim C09\.a cannot be judged: AttributeError"):
        assess(Claim(id="C09", expected=(H,), parts=(part,)))


def test_each_record_is_needed_once():
    assert needed([CLAIM, CLAIM, Claim(id="C11")], "smoke") == [Toy.preset("smoke"), Other.preset("smoke")]


def test_other_seeds_are_shown_where_the_store_has_all_records_of_them(cache):
    run_missing([Toy.preset(first_seed=100), Toy.preset(first_seed=200), Other.preset(first_seed=200)])
    run_missing([Toy.preset(first_seed=300, seeds=9)])  # differs in more than the first seed
    a, b = assess(CLAIM).parts
    assert a.other_seeds == ((200, H),)
    assert b.other_seeds == ((100, F), (200, F))


def test_the_full_scale_is_shown_where_the_store_has_all_records_of_it(cache):
    assert all(part.at_full is None for part in assess(CLAIM).parts)
    run_missing([Toy.preset("full"), Other.preset("full")])
    a, b = assess(CLAIM).parts
    assert (a.at_full.verdict, a.at_full.size, a.at_full.number.interval.value) == (H, "9 rows, 2 seeds", 5)
    assert a.at_full.device.startswith("cpu")
    assert (b.at_full.verdict, b.at_full.number) == (H, None)
    (row,) = rows([assess(CLAIM)])
    assert row["parts"][0]["at_full"]["verdict"] == "holds"
    assert all(part.at_full is None for part in assess(CLAIM, first_seed=100).parts)
    assert all(part.at_full is None for part in assess(CLAIM, "smoke").parts)


def test_what_is_no_larger_at_full_or_not_whole_is_not_shown(cache, monkeypatch):
    run_missing([Toy.preset("full")])
    a, _ = assess(CLAIM).parts
    assert a.at_full is None  # it also reads Other's
    monkeypatch.setattr(Toy, "presets", {"smoke": {"rows": 1}})
    assert all(part.at_full is None for part in assess(CLAIM).parts)


def test_a_part_that_turned_on_seeds_nobody_had_seen_is_undecided(cache, monkeypatch):
    kept = {"a": Confirmation(20_000, F, Interval(1, 0, 2, 3)), "b": Confirmation(20_000, H)}
    monkeypatch.setattr("lecture.claims.assessment.confirmation", lambda claim, part: kept[part.key])
    a, b = assess(CLAIM).parts
    assert (a.finding.verdict, a.verdict, a.other_seeds) == (H, Verdict.UNDECIDED, ((20_000, F),))
    assert (b.verdict, b.other_seeds) == (H, ((20_000, H),))
    number = assess(CLAIM).measurements["a_others"]
    assert (number.quantity, number.interval.value, number.unit) == ("mean value, other seeds", 1, "%")
    assert "b_others" not in assess(CLAIM).measurements
    assert assess(CLAIM, "smoke").parts[0].verdict is H
    assert assess(CLAIM, first_seed=20_000).parts[0].verdict is not Verdict.UNDECIDED


def test_rows_tell_everything_in_plain_values(cache):
    tested, untested = rows([assess(CLAIM), assess(Claim(id="C11"))])
    assert list(tested) == list(untested) == ["id", "time", "chapter", "claim", "headline", "verdict", "parts"]
    a, b = tested["parts"]
    assert list(a) == [
        "id", "says", "kind", "verdict", "expected", "smallest_effect", "refuted_by", "here", "published", "citations",
        "other_seeds", "at_full",
    ]  # fmt: skip
    assert list(a["here"]) == [
        "verdict", "quantity", "measured", "low", "high", "unit", "seeds", "collapsed", "misled", "size", "experiments",
        "preset", "device", "predicate_changed", "recorded",
    ]  # fmt: skip
    assert a["smallest_effect"] == {"value": 1, "unit": "%", "why": "so"}
    assert (a["here"]["measured"], a["here"]["misled"]) == (5, {"wrong": 0, "of": 3})
    assert list(b["published"]) == ["verdict", "value", "quantity", "unit", "source", "where", "scale"]
    assert b["citations"] == ["source"]
    (nothing,) = untested["parts"]
    assert (nothing["verdict"], nothing["here"], nothing["published"]) == ("untested", None, None)


def test_collapsed_runs_are_counted(cache):
    part = Part(key="a", judge=lambda toy: Finding(H, trained=Interval(0.7, 0.4, 0.9, 10)), experiments=(Toy,))
    (row,) = rows([assess(Claim(id="C09", expected=(H,), parts=(part,)))])
    assert row["parts"][0]["here"]["collapsed"] == 3


def assessment(preset="book", verdict=F, **changes):
    a, b = parts()
    found = PartAssessment(a, verdict, Finding(verdict, Interval(1.234, 1.0, 1.5, 10)))
    return Assessment(CLAIM, (found, PartAssessment(b, H)), preset, changes)


def test_a_mismatch_says_which_part_what_was_measured_and_where_the_prose_is():
    (line,) = mismatches([assessment()])
    for words in ("C10.a", "'does not hold'", "'holds'", "mean value: 1.2 [1.0, 1.5] %", "gradient_vanishing.md"):
        assert words in line
    assert mismatches([assessment("full")])
    assert not assessment().as_expected
    assert assessment().headline == "1 of 2 parts holds"


@pytest.mark.parametrize("found", [assessment(verdict=H), assessment("smoke"), assessment(first_seed=100)])
def test_what_does_not_count_is_no_mismatch(found):
    assert mismatches([found]) == []
