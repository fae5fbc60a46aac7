"""The ledger finds thirty claims, in the order of the talk, by their modules."""

import importlib
import sys

import pytest

import lecture.claims
from lecture.claims import ledger
from lecture.errors import LectureError


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


def test_modules_are_discovered_and_the_rest_is_untested(modules):
    modules(c09_steep='CLAIM = Claim(id="C09", headline="Steep")', shared="CLAIM = 3")
    found = ledger.claims()
    assert found["C09"].headline == "Steep"
    assert not any(claim.headline for id, claim in found.items() if id != "C09")


def test_an_id_used_twice_names_both_modules(modules):
    modules(c09_one='CLAIM = Claim(id="C09")', c10_two='CLAIM = Claim(id="C09")')
    with pytest.raises(LectureError, match=r"C09 is used twice: in \S+c09_one and in \S+c10_two$"):
        ledger.claims()


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        (
            'CLAIM = Claim(id="C99")',
            r"c09_x cannot be imported: ValueError: unknown claim 'C99': the talk has C01 to C30",
        ),
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
