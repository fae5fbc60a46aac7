"""The command line: what each command prints, and one clear line for whatever a person can mend."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from tests.toys import Broken, Other, Toy

import lecture.cli
from lecture.claims import confirmation, ledger
from lecture.claims.claim import Claim, Part, Quantity, Reported, conclude
from lecture.claims.predicates import Change
from lecture.claims.verdict import Verdict
from lecture.cli import output
from lecture.experiments import registry
from lecture.records import read, state, store
from lecture.statistics import compare, mean_interval

TOYS = {toy.name(): toy for toy in (Other, Toy)}


def judge(toy):
    return conclude(compare(-toy.groupby("seed").value.mean(), smallest=-50))


def claim(expected):
    quantity = Quantity("mean value", "%", ".1f")
    reported = Reported(Verdict.HOLDS, "somebody1999thing", "Table 2", value=-2.0)
    part = Part(key="a", quantity=quantity, judge=judge, experiments=(Toy,), published=reported)
    return Claim(id="C09", headline="So it is", expected=(expected,), parts=(part,))


CLAIMS = {id: claim(Verdict.HOLDS) if id == "C09" else Claim(id=id) for id in ledger.STATEMENTS}


@pytest.fixture(autouse=True)
def _toys(cache, monkeypatch):
    monkeypatch.setattr(registry, "modules", lambda: ("toys.all",))
    monkeypatch.setattr(registry, "experiments", lambda: TOYS)
    monkeypatch.setattr(registry, "defined_in", lambda module: tuple(TOYS.values()))
    monkeypatch.setattr(ledger, "claims", lambda: CLAIMS)


@pytest.fixture
def call(monkeypatch, capsys):
    """Return status, standard output and standard error of a command."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["lecture", *arguments])
        with pytest.raises(SystemExit) as ended:
            lecture.cli.main()
        for variable in ("LECTURE_PRESET", "LECTURE_DEVICE"):
            os.environ.pop(variable, None)
        return (ended.value.code, *capsys.readouterr())

    return call


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["run", "toys.tou"], "unknown experiment 'toys.tou': did you mean toys.toy"),
        (["run", "zzz"], "unknown experiment 'zzz': 'lecture list' shows them all"),
        (["show", "toys"], "unknown experiment 'toys'"),
        (["run", "--preset", "tiny"], "unknown preset 'tiny': use one of smoke, book, full"),
        (["status", "--preset", "tiny"], "unknown preset 'tiny'"),
        (["claims", "--preset", "tiny"], "unknown preset 'tiny'"),
        (["run", "--device", "tpu"], "unknown device 'tpu': use one of cuda, mps, cpu"),
        (["run", "--seeds", "-3"], "--seeds"),
        (["run", "--seeds", "0"], "--seeds"),
        (["claims", "--seeds", "0"], "--seeds"),
        (["claims", "--first-seed", "-1"], "--first-seed"),
        (["run", "--first-seed", "ten"], "--first-seed"),
        (["run", "--jobs", "0"], "--jobs"),
        (["run", "--seeds", "99999999999999999999999"], "'--seeds': Input should be less than or equal to 10000"),
        (["claims", "--seeds", "99999999999999999999999"], "'--seeds': Input should be"),
        (["run", "--first-seed", "99999999999999999999999"], "'--first-seed': Input should be less than"),
        (["claims", "--jobs", "99999999999999999999999"], "'--jobs': Input should be less than"),
        (["run", "toys.toy", "--all"], "not both"),
        (["claims", "C31"], "unknown claim 'C31': the talk has C01 to C30"),
        (["show", "toys.toy"], "missing (never computed): 'lecture run toys.toy' computes them"),
        (["show", "toys.toy", "--preset", "smoke"], "'lecture run toys.toy --preset smoke' computes them"),
        (["frobnicate"], "No such command"),
        (["run", "--frobnicate"], "No such option"),
        (["clean", "zzz"], "unknown experiment 'zzz'"),
    ],
)
def test_bad_input_is_one_clear_line(call, arguments, complaint):
    status, out, err = call(*arguments)
    assert status == 2
    assert out == ""
    assert err.startswith("lecture: ")
    assert err.count("\n") == 1
    assert complaint in err


@pytest.mark.skipif(torch.cuda.is_available(), reason="needs a machine without a GPU")
def test_an_unavailable_device_is_no_silent_fall_back(call):
    status, _, err = call("run", "--device", "cuda")
    assert status == 2
    assert "'cuda' is not available on this machine: use --device cpu" in err


def test_list(call):
    status, out, _ = call("list")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == ["name", "toys.other", "toys.toy"]
    assert "Draws numbers" in out
    rows = json.loads(call("list", "--json")[1])
    assert rows[1]["claims"] == ["C09.a"]
    assert rows[1]["settings"]["seeds"] == 2
    assert rows[1]["presets"]["smoke"] == {"rows": 1}


def test_status_tells_fresh_stale_missing_and_damaged_and_why(call, monkeypatch, cache):
    read(Toy())
    by_name = {row["name"]: row for row in json.loads(call("status", "--json")[1])["records"]}
    assert by_name["toys.toy"]["status"] == "fresh"
    assert by_name["toys.toy"]["reason"] == ""
    assert by_name["toys.other"] | {"status": "missing", "reason": "never computed"} == by_name["toys.other"]
    monkeypatch.setattr(Toy, "data_digest", lambda self: "other")
    assert "stale" in call("status", "toys.toy")[1]
    path = store.path_of(Toy(), torch.device("cpu"))
    path.write_bytes(path.read_bytes()[:-100])
    status, out, err = call("status", "toys.toy")
    assert status == 0
    assert "damaged" in out
    assert "cut short" in out
    assert str(cache) in err


def test_run_computes_what_is_missing(call):
    status, out, err = call("run", "--jobs", "1")
    assert (status, out) == (0, "")
    assert "2 experiments to compute on cpu" in err
    assert "toys.toy: computed in" in err
    assert state(Toy()).fresh
    assert call("run", "--all")[2].splitlines()[-1] == "all 2 records up to date"
    assert call("run", "toys", "toys.toy")[2].splitlines()[-1] == "all 2 records up to date"


def test_run_with_other_seeds_leaves_the_books_record_alone(call, cache):
    call("run", "toys.toy")
    before = store.path_of(Toy(), torch.device("cpu")).read_bytes()
    call("run", "toys.toy", "--seeds", "4", "--first-seed", "100", "--preset", "smoke")
    assert state(Toy.preset("smoke", seeds=4, first_seed=100)).fresh
    assert store.path_of(Toy(), torch.device("cpu")).read_bytes() == before
    assert len(list((cache / "toys.toy").glob("*.parquet"))) == 2


def test_a_failing_experiment_is_named_and_the_others_are_kept(call, monkeypatch):
    monkeypatch.setitem(TOYS, "toys.broken", Broken)
    status, _, err = call("run", "--jobs", "1")
    assert status == 2
    assert "lecture: toys.broken failed: ZeroDivisionError: nothing to divide by" in err.splitlines()[-1]
    assert "Traceback" not in err
    assert state(Toy()).fresh


@pytest.mark.parametrize("command", ["run", "claims"])
def test_an_unusable_cache_folder_is_one_line_before_anything_is_computed(call, monkeypatch, tmp_path, command):
    (tmp_path / "file").touch()
    monkeypatch.setenv("LECTURE_CACHE", str(tmp_path / "file"))
    monkeypatch.setattr(Toy, "run", lambda self, device: pytest.fail("computed in vain"))
    status, out, err = call(command, "--jobs", "1")
    assert (status, out) == (2, "")
    assert err == (
        f"lecture: the cache folder {tmp_path / 'file'} cannot be written to (it is a file): "
        "mend that, or set LECTURE_CACHE to another folder\n"
    )


def test_show(call):
    read(Toy())
    out = call("show", "toys.toy")[1]
    assert out.split()[:3] == ["seed", "row", "value"]
    rows = list(csv.DictReader(io.StringIO(call("show", "toys.toy", "--csv")[1])))
    assert [float(row["value"]) for row in rows] == list(read(Toy()).value)


def test_claims_computes_what_it_needs_and_judges(call):
    status, out, err = call("claims")
    assert status == 0
    assert "toys.toy: computed" in err
    assert not state(Other()).fresh, "no claim reads it"
    line = next(line for line in out.splitlines() if line.startswith("C09.a"))
    for words in ("mechanism", "holds", "-0.9 [", "-2", "mean value"):
        assert words in line
    assert len(out.splitlines()) == 1 + sum(len(statement.parts) for statement in ledger.STATEMENTS.values())


def test_a_claim_in_json(call):
    rows = {row["id"]: row for row in json.loads(call("claims", "--json")[1])}
    assert list(rows) == [f"C{n:02}" for n in range(1, 31)]
    assert rows["C09"] | {"time": "3:25", "headline": "So it is", "verdict": "holds"} == rows["C09"]
    (part,) = rows["C09"]["parts"]
    interval = mean_interval(-read(Toy()).groupby("seed").value.mean())
    here = {
        "verdict": "holds", "measured": interval.value, "low": interval.low, "high": interval.high, "unit": "%",
        "seeds": 2, "misled": {"wrong": 0, "of": 2}, "size": "3 rows, 2 seeds", "experiments": ["toys.toy"],
        "preset": "book", "device": "cpu",
    }  # fmt: skip
    assert part["here"] | here == part["here"]
    assert part["published"] | {"value": -2.0, "quantity": "mean value", "where": "Table 2"} == part["published"]
    assert [part["verdict"] for part in rows["C03"]["parts"]] == ["untested"] * 3


def test_another_verdict_than_expected_fails_and_is_named(call, monkeypatch):
    monkeypatch.setitem(CLAIMS, "C09", claim(Verdict.FAILS))
    status, _, err = call("claims", "c09")
    assert status == 1
    assert err.splitlines()[-1].startswith(
        "lecture: claim C09.a came out as 'holds' but 'does not hold' is expected (mean"
    )
    assert call("claims", "C09", "--first-seed", "100")[0] == 0, "other seeds only ask a question"
    assert call("claims", "C09", "--preset", "smoke")[0] == 0, "smoke is not judged"


def test_do_verdicts_survive_other_seeds(call, cache):
    call("claims")
    before = {path: path.read_bytes() for path in cache.rglob("*.parquet")}
    status, out, _ = call("claims", "--first-seed", "100")
    assert status == 0
    assert "does not hold (expected: holds)" in out
    assert all(path.read_bytes() == content for path, content in before.items())
    (row,) = json.loads(call("claims", "C09", "--json")[1])
    assert row["parts"][0]["other_seeds"] == [{"first_seed": 100, "verdict": "does not hold"}]


def test_seeds_that_nobody_has_seen_are_run_once_and_kept(call, cache, monkeypatch, tmp_path):
    monkeypatch.setattr(confirmation, "FILE", tmp_path / "confirmations.csv")
    monkeypatch.setattr(confirmation, "changes", lambda: {"C09.a": Change("2026-11-30", False, "12345678")})
    confirmation.confirmations.cache_clear()
    status, out, _ = call("confirm", "C09")
    assert status == 0
    assert "does not hold" in out
    assert (tmp_path / "confirmations.csv").read_text().startswith("part,first_seed,verdict,")
    (row,) = json.loads(call("claims", "C09", "--json")[1])
    assert row["parts"][0]["other_seeds"] == [{"first_seed": 20_000, "verdict": "does not hold"}]
    assert row["parts"][0]["verdict"] == "undecided"
    status, _, err = call("confirm")
    assert (status, err.count("\n")) == (2, 1)
    assert "C09.a: judged on seeds that nobody had seen" in err
    confirmation.confirmations.cache_clear()


def test_clean_asks_and_removes_only_ours(call, cache, monkeypatch):
    call("run", "--jobs", "1")
    mine = cache / "toys.toy" / "thesis.txt"
    mine.write_text("mine")
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    assert call("clean")[0] == 130
    assert len(list(cache.rglob("*.parquet"))) == 2
    assert call("clean", "--yes", "toys.other")[0] == 0
    assert state(Toy()).fresh
    assert call("clean", "--yes")[2].startswith("removed 1 record from")
    assert [path for path in cache.rglob("*") if path.is_file()] == [mine]
    assert call("clean", "--yes")[2].startswith("no records in")


class Terminal(io.StringIO):
    """A terminal of so many columns."""

    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    """Show a stream on a terminal."""

    def terminal(stream, columns):
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.delenv("NO_COLOR", raising=False)
        monkeypatch.setattr(sys, stream, shown := Terminal())
        return shown

    return terminal


def test_a_bar_on_a_terminal(call, terminal):
    shown = terminal("stderr", 80)
    assert call("run", "--jobs", "1")[0] == 0
    assert "2 to do: toys.other" in shown.getvalue()
    assert re.search(r"toys.toy: \d+.\d s", shown.getvalue())


def test_a_pipe_gets_whole_lines_without_escapes_whatever_is_forced(call, monkeypatch):
    plain = call("status")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "20")
    assert call("status") == plain
    assert "\x1b" not in "".join(call("run", "--jobs", "1")[1:])


@pytest.mark.parametrize("columns", [200, 60, 20])
def test_on_a_terminal_of_any_width_nothing_is_lost(call, terminal, columns):
    shown = terminal("stdout", columns)
    call("list")
    words = re.sub(r"\x1b\[[\d;]*m", "", shown.getvalue()).split()
    for word in ("toys.other", "toys.toy", "C09.a", "5", "Draws", "numbers,"):
        assert word in words


def test_a_narrow_terminal_gets_a_paragraph_for_each_row(terminal):
    shown = terminal("stdout", 20)
    rows = [{"part": "C09.a", "verdict": "undecided", "measured": None, "quantity": "share of replicas"}]
    output.table(rows, {"undecided": "red"})
    assert shown.getvalue() == (
        "\x1b[1mC09.a\x1b[0m\n  verdict: \x1b[31mundecided\x1b[0m\n  quantity: share of replicas\n"
    )


def test_a_locale_without_our_signs_is_no_traceback(call, monkeypatch):
    """As ``LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0``, or a file on Windows."""
    degrees = Claim(
        id="C09",
        expected=(Verdict.HOLDS,),
        parts=(Part(key="a", quantity=Quantity("angle", "°", ".1f"), judge=judge, experiments=(Toy,)),),
    )
    monkeypatch.setitem(CLAIMS, "C09", degrees)
    for arguments, sign in ((["claims", "C09"], "] ?"), (["claims", "C09", "--json"], '"unit": "\\u00b0"')):
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
        assert call(*arguments)[0] == 0
        assert sign in sys.stdout.buffer.getvalue().decode("ascii")


def test_json_is_valid_whatever_was_measured(capsys):
    output.as_json([{"a": float("nan"), "b": [float("inf"), 1.5], "c": "ü"}])
    assert json.loads(capsys.readouterr().out) == [{"a": None, "b": [None, 1.5], "c": "ü"}]


def test_help_does_not_wait_for_torch_and_python_m_works():
    code = (
        "import sys, runpy; sys.argv = ['lecture', '--help']\ntry: runpy.run_module('lecture', run_name='__main__')\n"
    )
    code += "except SystemExit as end: assert not end.code\nassert 'torch' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for command in ("list", "status", "run", "claims", "confirm", "show", "clean"):
        assert f" {command} " in done.stdout


def test_whoever_reads_only_the_first_line_gets_no_complaint():
    command = f"{sys.executable} -m lecture list --json | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=os.environ)
    assert done.stdout == "[\n"
    assert done.stderr == ""


def test_the_command_is_installed():
    assert Path(sys.executable).with_name("lecture").exists()


def test_a_chapter_stands_for_what_the_preset_offers_of_it(call, monkeypatch):
    monkeypatch.setattr(Other, "offered", ("full",))
    monkeypatch.setattr(
        registry, "select", lambda names: [find for find in TOYS.values() if "toys" in names] or [Other]
    )
    rows = json.loads(call("status", "toys", "--json")[1])["records"]
    assert [row["name"] for row in rows] == ["toys.toy"]
    assert [row["name"] for row in json.loads(call("status", "--json")[1])["records"]] == ["toys.toy"]
    assert "toys.other needs more than preset 'book' has: use full" in call("status", "toys.other")[2]
