"""The ledger: thirty claims in the order of the talk, each judged by its records."""

import importlib
import re
import sys

import pytest
from tests.toys import Other, Toy

import lecture.claims
from lecture.claims import ledger
from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.claims.talk import STATEMENTS
from lecture.errors import LectureError
from lecture.statistics import Interval


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """A folder in which claim modules can be put; they are all that the ledger finds."""

    def put(**sources):
        folder = tmp_path / "a_chapter"
        folder.mkdir()
        (folder / "__init__.py").touch()
        for name, source in sources.items():
            (folder / f"{name}.py").write_text("from lecture.claims.claim import *\n" + source)
        importlib.invalidate_caches()

    monkeypatch.setattr(lecture.claims, "__path__", [str(tmp_path)])
    ledger.claims.cache_clear()
    before = set(sys.modules)
    yield put
    for name in set(sys.modules) - before:
        if name.startswith("lecture.claims.a_chapter"):
            del sys.modules[name]
    ledger.claims.cache_clear()


def test_thirty_claims_in_the_order_of_the_talk():
    found = ledger.claims()
    assert list(found) == [f"C{n:02}" for n in range(1, 31)]
    assert all(claim.id == id for id, claim in found.items())


def test_a_tested_claim_is_told_completely():
    for claim in ledger.claims().values():
        if claim.expected is Verdict.UNTESTED:
            continue
        assert claim.why, claim.id
        assert claim.experiments or claim.expected is Verdict.CITED, claim.id
        assert bool(claim.judge) == bool(claim.experiments), claim.id
        assert claim.refuted_by or claim.expected is Verdict.CITED, claim.id


def test_a_claim_lies_where_the_talk_puts_it():
    ledger.claims()
    for name in list(sys.modules):
        if found := re.fullmatch(r"lecture\.claims\.(\w+)\.(c\d\d)_\w+", name):
            claim = sys.modules[name].CLAIM
            assert claim.id.lower() == found[2], name
            assert claim.statement.chapter == found[1], name


def test_modules_are_discovered_and_the_rest_is_untested(modules):
    modules(c09_steep='CLAIM = Claim(id="C09", expected=Verdict.CITED)', shared="CLAIM = 3")
    found = ledger.claims()
    assert found["C09"].expected is Verdict.CITED
    assert {claim.expected for id, claim in found.items() if id != "C09"} == {Verdict.UNTESTED}


def test_an_id_used_twice_names_both_modules(modules):
    modules(c09_one='CLAIM = Claim(id="C09")', c10_two='CLAIM = Claim(id="C09")')
    with pytest.raises(LectureError, match=r"C09 is used twice: in \S+c09_one and in \S+c10_two$"):
        ledger.claims()


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ('CLAIM = Claim(id="C99")', r"unknown claim 'C99' in \S+c09_x: the talk has C01 to C30"),
        ("", r"c09_x has no CLAIM"),
        ("import no_such_thing", r"c09_x cannot be imported: ModuleNotFoundError"),
    ],
)
def test_a_module_that_is_wrong_is_named(modules, source, complaint):
    modules(c09_x=source)
    with pytest.raises(LectureError, match=complaint):
        ledger.claims()


def test_an_unknown_claim():
    with pytest.raises(LectureError, match="unknown claim 'C31'"):
        ledger.claim("C31")


def judge(toy, other):
    assert toy.attrs["provenance"]["experiment"] == "toys.toy"
    assert other.attrs["provenance"]["experiment"] == "toys.other"
    value = Interval.exact(float(toy.seed.min()))
    return Finding(Verdict.HOLDS, (Measurement("first", "first seed", value), Measurement("b", "b", value)))


CLAIM = Claim(id="C09", expected=Verdict.HOLDS, experiments=(Toy, Other), judge=judge)


def test_a_claim_is_judged_by_the_records_of_its_experiments(cache):
    found = ledger.assess(CLAIM)
    assert found.finding.measurements[0].interval.value == 0
    assert [p["experiment"] for p in found.provenances] == ["toys.toy", "toys.other"]
    assert ledger.assess(CLAIM, "smoke", first_seed=7).finding.measurements[0].interval.value == 7


def test_each_record_is_needed_once():
    assert ledger.needed([CLAIM, CLAIM, Claim(id="C10")], "smoke") == [Toy.preset("smoke"), Other.preset("smoke")]


def test_a_predicate_that_breaks_is_named(cache):
    broken = Claim(id="C09", experiments=(Toy,), judge=lambda table: table.no_such_column)
    with pytest.raises(LectureError, match="claim C09 cannot be judged: AttributeError"):
        ledger.assess(broken)


def test_rows_tell_everything_in_plain_values(cache):
    tested, untested = ledger.rows([ledger.assess(CLAIM), ledger.assess(Claim(id="C10"))])
    assert tested["experiment"] == "toys.toy, toys.other"
    assert [m["key"] for m in tested["measurements"]] == ["first", "b"]
    assert tested["claim"] == STATEMENTS["C09"].says
    assert untested["verdict"] == "untested"
    assert untested["measured"] is untested["seeds"] is untested["experiment"] is None
    assert tested.keys() == untested.keys()


def assessment(expected=Verdict.CAVEAT, preset="book", **changes):
    claim = Claim(id="C12", expected=expected)
    measured = Measurement("ratio", "ratio of errors", Interval(1.234, 1.0, 1.5, 10), "x", ".1f")
    return ledger.Assessment(claim, Finding(Verdict.HOLDS, (measured,)), (), preset, changes)


def test_a_mismatch_says_which_claim_what_was_measured_and_where_the_prose_is():
    (line,) = ledger.mismatches([assessment()])
    for part in (
        "C12",
        "'holds'",
        "'holds with a caveat'",
        "ratio of errors: 1.2 [1.0, 1.5] x",
        "gradient_vanishing.md",
    ):
        assert part in line
    assert ledger.mismatches([assessment(preset="full")])


@pytest.mark.parametrize(
    "found",
    [
        assessment(Verdict.HOLDS),
        assessment(preset="smoke"),
        assessment(first_seed=100),
        assessment(Verdict.UNTESTED),
    ],
)
def test_what_does_not_count_is_no_mismatch(found):
    assert ledger.mismatches([found]) == []
