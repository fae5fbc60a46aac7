"""What was known when: each judged part has its row, and nobody can change a predicate without saying so there."""

import sys
from datetime import date

import pytest

from lecture.claims import ledger, predicates
from lecture.claims.claim import Finding, Part, Smallest
from lecture.claims.talk import Kind
from lecture.claims.verdict import Verdict

JUDGED = {
    f"{claim.id}.{part.key}": part
    for claim in ledger.claims().values()
    for part in claim.parts
    if part.judge and claim.saying(part.key).kind is not Kind.ANNOUNCEMENT
}


def test_every_judged_part_has_its_row_and_no_other():
    assert list(predicates.changes()) == list(JUDGED)


@pytest.mark.parametrize("id", JUDGED)
def test_a_changed_predicate_says_when_it_was_changed(id):
    now, change = predicates.digest(JUDGED[id]), predicates.changes()[id]
    assert change.digest == now, (
        f"the predicate of {id} was changed: write in claims/predicates.csv '{id},<today>,<yes or no>,{now},<note>';"
        " yes if results of its reported seeds had been seen"
    )
    assert "2024-01-01" < change.date <= date.today().isoformat()


SOURCE = '''"""A module."""
BAR = 3
CLAIM = "anything at all"

def judge(table):
    """Judge."""
    return table.x.mean() > BAR, "words of ours"
'''


@pytest.fixture
def part(tmp_path, monkeypatch):
    def make(source, **changes):
        (tmp_path / "a_predicate.py").write_text(source)
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setattr("inspect.getsource", lambda module: source)
        sys.modules.pop("a_predicate", None)
        import a_predicate

        stand_in = type("Experiment", (), {})
        return Part(key="a", judge=a_predicate.judge, experiments=(stand_in,), **{"refuted_by": "No."} | changes)

    yield make
    sys.modules.pop("a_predicate", None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# nothing", ""),
        ("words of ours", "other words of ours"),
        ('"""Judge."""', '"""Judge well."""'),
        ("anything", "some"),
    ],
)
def test_wording_is_no_change(part, old, new):
    assert predicates.digest(part(SOURCE)) == predicates.digest(part(SOURCE.replace(old, new)))


@pytest.mark.parametrize(("old", "new"), [("BAR = 3", "BAR = 2"), ("table.x", "table.y"), (">", ">=")])
def test_code_and_bars_are(part, old, new):
    assert predicates.digest(part(SOURCE)) != predicates.digest(part(SOURCE.replace(old, new)))


def test_so_is_what_would_refute_it(part):
    found = predicates.digest(part(SOURCE))
    assert found != predicates.digest(part(SOURCE, refuted_by="Yes."))
    assert found != predicates.digest(part(SOURCE, smallest=Smallest(1.0, "so")))


def test_a_part_without_a_predicate_has_no_digest():
    assert Finding(Verdict.HOLDS).misled is None
    with pytest.raises(ValueError, match="no predicate"):
        predicates.digest(Part(key="a"))
