"""Seeds that nobody had looked at: judged once, kept, and a part that turns is undecided."""

import csv
from dataclasses import replace

import pytest

from lecture.claims import confirmation, ledger, predicates
from lecture.claims.assessment import Assessment, PartAssessment
from lecture.claims.claim import Finding
from lecture.claims.confirmation import (
    FIRST_SEED,
    FURTHER,
    Confirmation,
    confirmations,
    first_seed,
    keep,
    refuse_again,
    settings_digest,
)
from lecture.claims.predicates import Change
from lecture.claims.verdict import Verdict
from lecture.errors import LectureError
from lecture.experiments.experiment import PILOT
from lecture.experiments.gradient_vanishing.race import Race
from lecture.statistics import Interval

C12 = ledger.claim("C12")


@pytest.fixture(autouse=True)
def _empty(tmp_path, monkeypatch):
    monkeypatch.setattr(confirmation, "FILE", tmp_path / "confirmations.csv")
    confirmations.cache_clear()
    yield
    confirmations.cache_clear()


RATIO = Interval(1.15, 1.09, 1.21, 10)


def found(verdict=Verdict.HOLDS, value=RATIO, places=(2,)):
    """C12 with the race judged, the other parts not."""
    record = {"date": "2026-11-30", "seeds": list(range(FIRST_SEED, FIRST_SEED + 10))}
    parts = [PartAssessment(part, Verdict.UNTESTED) for part in C12.parts]
    for place in places:
        parts[place] = PartAssessment(C12.parts[place], verdict, Finding(verdict, value), (record,))
    return Assessment(C12, tuple(parts), "book", {"first_seed": FIRST_SEED})


def test_what_is_kept_is_read_again_and_not_tried_again():
    refuse_again([C12])
    keep([found(Verdict.UNDECIDED)])
    kept = Confirmation(FIRST_SEED, Verdict.UNDECIDED, RATIO, settings_digest(C12.parts[2]))
    assert confirmations() == {"C12.c": kept}
    assert [confirmation.confirmation(C12, part) for part in C12.parts] == [None, None, kept]
    refuse_again([C12])  # of its other part nobody knows anything yet
    keep([found(Verdict.HOLDS, places=(0, 2))])
    assert confirmations()["C12.c"] == kept, "what is known stays"
    with pytest.raises(LectureError, match=r"C12\.a, C12\.c: judged on seeds that nobody had seen"):
        refuse_again([ledger.claim("C01"), C12])
    refuse_again([ledger.claim("C01")])


def test_a_part_whose_experiment_has_other_settings_is_another_one(monkeypatch):
    keep([found()])
    assert first_seed([C12]) == first_seed([ledger.claim("C01"), C12]) == FIRST_SEED + FURTHER
    assert first_seed([ledger.claim("C01")]) == FIRST_SEED
    monkeypatch.setattr(Race, "presets", {"book": {"width": 65}})
    assert confirmation.confirmation(C12, C12.parts[2]) is None
    refuse_again([C12])
    keep([replace(found(Verdict.FAILS), changes={"first_seed": first_seed([C12])})])
    assert confirmation.confirmation(C12, C12.parts[2]).first_seed == FIRST_SEED + FURTHER, "not seen before"


def test_a_row_of_an_older_predicate_does_not_count_and_is_replaced(monkeypatch):
    keep([found()])
    changed = {"C12.c": Change("2026-12-01", True, "00000000")}
    monkeypatch.setattr(confirmation, "changes", lambda: changed)
    confirmations.cache_clear()
    assert confirmations() == {}
    keep([found(Verdict.FAILS, None)])
    with confirmation.FILE.open() as file:
        (row,) = csv.DictReader(file)
    assert (row["verdict"], row["value"], row["digest"]) == ("does not hold", "", "00000000")


def test_the_seeds_are_neither_reported_nor_pilots():
    most = max(experiment.seeds for claim in ledger.claims().values() for experiment in ledger.needed([claim], "full"))
    assert most < PILOT < FIRST_SEED - most


def test_what_the_book_keeps_names_parts_that_there_are(monkeypatch):
    monkeypatch.undo()
    confirmations.cache_clear()
    assert set(confirmations()) <= set(predicates.changes())
    parts = {f"{claim.id}.{part.key}": (claim, part) for claim in ledger.claims().values() for part in claim.parts}
    assert all(confirmation.confirmation(*parts[id]) for id in confirmations()), "a row of other settings: remove it"
    assert all(known.first_seed >= FIRST_SEED and known.first_seed % FURTHER == 0 for known in confirmations().values())


def test_an_announcement_is_not_judged_and_a_file_that_cannot_be_written_is_one_line(monkeypatch, tmp_path):
    c28 = ledger.claim("C28")
    keep([replace(found(), claim=c28, parts=(replace(found().parts[2], part=c28.parts[0]),))])
    assert confirmations() == {}
    monkeypatch.setattr(confirmation, "FILE", tmp_path)  # a folder
    monkeypatch.setattr(confirmation, "_rows", list)
    with pytest.raises(LectureError, match=r"cannot write .*: confirm from a clone of your own"):
        keep([found()])


def test_replacing_nothing_keeps_the_file_sorted():
    keep([found()])
    other = replace(found(), claim=ledger.claim("C09"), parts=())
    keep([other])
    assert list(confirmations()) == ["C12.c"]
