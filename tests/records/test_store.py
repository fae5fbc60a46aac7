"""The store computes what is missing, once, and never trusts what is not whole and true."""

import errno
import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from tests.toys import Broken, Toy, Untidy

from lecture.errors import LectureError
from lecture.records import Status, fingerprint, folder, key, provenance, read, state, store
from lecture.records.hopeless import Hopeless

CPU = torch.device("cpu")


@pytest.fixture
def toy(cache, tmp_path):
    return Toy(journal=str(tmp_path / "journal"))


def runs(toy: Toy) -> int:
    path = Path(toy.journal)
    return len(path.read_text().splitlines()) if path.exists() else 0


def file_of(toy: Toy) -> Path:
    return store.path_of(toy, CPU)


def test_the_second_reading_computes_nothing_and_gives_the_same(toy):
    assert state(toy).status is Status.MISSING
    first = read(toy)
    assert state(toy).fresh
    second = read(toy)
    assert runs(toy) == 1
    assert_frame_equal(first, second, check_exact=True)
    assert_frame_equal(first, toy.run(CPU), check_exact=True)


def test_a_reader_may_change_his_table(toy):
    table = read(toy)
    table["value"] = 0.0
    assert (read(toy)["value"] > 0).all()


def test_provenance_says_where_the_numbers_come_from(toy):
    found = provenance(toy)
    assert read(toy).attrs["provenance"] == found
    assert found["experiment"] == "toys.toy"
    assert found["seeds"] == [0, 1]
    assert found["settings"] == toy.settings()
    assert found["device"] == "cpu"
    assert found["threads"] == 1
    assert found["versions"].keys() == {"torch", "numpy", "scipy", "scikit-learn", "scikit-image"}
    assert found["source"] == fingerprint.combine(found["modules"])
    assert found["seconds"] >= 0
    assert pd.Timestamp(found["date"]).tzinfo is not None
    assert {"python", "lecture", "device_name"} <= found.keys()


def test_a_file_for_each_preset_and_each_changed_setting(cache):
    assert file_of(Toy()) == cache / "toys.toy" / "book-cpu.parquet"
    assert file_of(Toy.preset("smoke")) == cache / "toys.toy" / "smoke-cpu.parquet"
    custom = {file_of(Toy(first_seed=n)).name for n in (1, 2)}
    assert len(custom) == 2
    assert all(name.startswith("custom-") for name in custom)
    assert store.path_of(Toy(), torch.device("cuda:1")).name == "book-cuda.parquet"


def test_other_settings_leave_the_books_own_record_alone(toy):
    read(toy)
    before = file_of(toy).read_bytes()
    read(Toy(journal=toy.journal, first_seed=100))
    assert file_of(toy).read_bytes() == before


def test_a_changed_helper_makes_it_stale_and_is_named(toy, monkeypatch):
    read(toy)
    modules = fingerprint.closure("tests.toys")
    monkeypatch.setattr(fingerprint, "closure", lambda module: modules | {"lecture.errors": "edited"})
    assert state(toy).status is Status.STALE
    assert state(toy).reason == "source changed: lecture.errors"


def test_another_version_of_a_library_makes_it_stale_and_is_named(toy, monkeypatch):
    read(toy)
    versions = key._versions()
    monkeypatch.setattr(key, "_versions", lambda: {**versions, "torch": "9.9"})
    assert state(toy).status is Status.STALE
    assert state(toy).reason.startswith("versions changed: torch ")
    assert state(toy).reason.endswith(" -> 9.9")


def test_changed_data_make_it_stale(toy, monkeypatch):
    read(toy)
    monkeypatch.setattr(Toy, "data_digest", lambda self: "other images")
    assert state(toy).reason == "data changed"


def test_a_changed_preset_makes_it_stale_and_the_setting_is_named(cache, monkeypatch):
    read(Toy.preset("smoke"))
    monkeypatch.setattr(Toy, "presets", {"smoke": {"rows": 2}})
    assert state(Toy.preset("smoke")).reason == "settings changed: rows 1 -> 2"
    assert len(read(Toy.preset("smoke"))) == 4


def test_a_record_of_another_version_of_the_store_is_stale(toy, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr(key, "FORMAT", 0)
        read(toy)
    assert state(toy).status is Status.STALE
    assert state(toy).reason == "written by another version of lecture"
    read(toy)
    assert state(toy).fresh


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(data=st.data())
def test_damage_is_told_and_computed_again(toy, data, caplog):
    whole = read(toy)
    path = file_of(toy)
    content = bytearray(path.read_bytes())
    place = int(data.draw(st.floats(0, 1, exclude_max=True)) * len(content))  # no two files are of the same length
    if flip := data.draw(st.integers(0, 255)):
        content[place] ^= flip
    else:
        del content[place:]
    path.write_bytes(content)
    assert state(toy).status is Status.DAMAGED
    caplog.clear()
    before = runs(toy)
    assert_frame_equal(read(toy), whole)
    assert runs(toy) == before + 1
    assert state(toy).fresh
    assert [r.levelno for r in caplog.records] == [logging.WARNING]
    assert caplog.messages[0].startswith("toys.toy: stored record damaged (")


def test_the_damaged_file_stays_until_a_new_one_is_there(cache):
    path = file_of(Broken())
    path.parent.mkdir(parents=True)
    path.write_bytes(b"half a rec")
    with pytest.raises(ZeroDivisionError):
        read(Broken())
    assert path.read_bytes() == b"half a rec"


def test_a_record_of_another_experiment_is_not_taken(toy):
    read(toy)
    stranger = file_of(Untidy())
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(file_of(toy).read_bytes())
    assert "experiment changed" in state(Untidy()).reason


def test_an_untidy_table_is_refused_by_name(cache):
    with pytest.raises(ValueError, match=r"toys\.untidy: the table has an index"):
        read(Untidy())


def test_the_calling_programs_own_ways_are_left_as_they_were(toy):
    torch.set_num_threads(2)
    read(toy)
    assert torch.get_num_threads() == 2
    assert sys.float_info.min / 2 > 0, "denormal numbers are flushed to zero while an experiment runs, not after"
    assert Path(toy.journal).read_text().split()[-1] == "1"
    torch.set_flush_denormal(True)
    read(Toy(first_seed=9))
    assert sys.float_info.min / 2 == 0


def test_a_file_where_the_folder_should_be(toy, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("mine")
    monkeypatch.setenv("LECTURE_CACHE", str(tmp_path / "file"))
    with pytest.raises(LectureError, match=r"cache folder .*file cannot be written to .*set LECTURE_CACHE") as told:
        read(toy)
    assert "\n" not in str(told.value)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_full_disk_loses_nothing(toy, monkeypatch):
    read(toy)
    before = file_of(toy).read_bytes()

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LectureError, match=r"cache folder .* is full: free some space"):
        store.compute(toy, again=True)
    assert file_of(toy).read_bytes() == before
    assert not list(file_of(toy).parent.glob(".*"))


class Small:
    """A file on a disk with less room than asked for."""

    def __init__(self, **_):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def write(self, data):
        assert len(data) >= 1e6
        raise OSError(errno.ENOSPC, "No space left on device")


def test_on_a_full_disk_nothing_is_computed(toy, monkeypatch):
    monkeypatch.setattr(folder, "TemporaryFile", Small)
    with pytest.raises(Hopeless, match=r"cache folder .* is full: free some space there, or set LECTURE_CACHE"):
        read(toy)
    assert runs(toy) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small file system")
@pytest.mark.skipif(getattr(os, "geteuid", int)() != 0, reason="only root may mount")
@pytest.mark.parametrize("room", ["64k", "900k"])
def test_on_a_disk_with_too_little_room_nothing_is_computed(toy, cache, room):
    cache.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={room}", "none", str(cache)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("may not mount here")
    try:
        with pytest.raises(Hopeless, match=r"cache folder .* is full"):
            read(toy)
    finally:
        subprocess.run(["umount", str(cache)], check=True)
    assert runs(toy) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no modes there")
@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may write everywhere")
def test_in_a_folder_that_may_not_be_written_nothing_is_computed(toy, cache):
    cache.mkdir(mode=0o500)
    with pytest.raises(Hopeless, match=r"cannot be written to \(Permission denied\)"):
        read(toy)
    assert runs(toy) == 0


def test_looking_whether_there_is_room_leaves_nothing(cache):
    folder.require_room()
    assert list(cache.iterdir()) == []


def test_to_name_the_cache_folder_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LECTURE_CACHE", "here")
    assert folder.cache() == tmp_path / "here"
    assert os.environ["LECTURE_CACHE"] == "here"


def test_without_a_choice_it_lies_in_the_users_cache(monkeypatch):
    monkeypatch.delenv("LECTURE_CACHE")
    assert folder.cache().name.lower() in ("lecture", "cache")


def test_only_records_are_removed(toy):
    read(toy)
    read(Toy.preset("smoke"))
    mine = file_of(toy).parent / "notes.parquet"
    mine.write_text("mine")
    assert folder.records(["toys.other"]) == []
    assert len(folder.records()) == 2
    with folder.locked(file_of(toy)):
        pass
    assert folder.remove(folder.records()) == []
    assert list(file_of(toy).parent.iterdir()) == [mine]
    mine.unlink()
    read(toy)
    folder.remove(folder.records())
    assert not file_of(toy).parent.exists()


RUN = "from tests.toys import *; from lecture.records import read; read({kind}(journal={journal!r}))"


def start(kind: str, journal: Path, seconds: float) -> subprocess.Popen:
    code = RUN.format(kind=kind, journal=str(journal))
    return subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "TOY_SECONDS": str(seconds)})


def wait_for(condition, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_killed_in_the_middle_and_two_at_once(cache, tmp_path):
    """A killed process leaves nothing that hinders the next; of two processes at once, one computes and both read."""
    journal = tmp_path / "journal"
    killed = start("Slow", journal, 60)
    wait_for(journal.exists)
    leftover = cache / "toys.slow" / ".custom-x.1-2.tmp"
    path = next((cache / "toys.slow").glob("*.lock")).with_suffix(".parquet")
    leftover = path.with_name(f".{path.stem}.1-2.tmp")
    leftover.write_bytes(b"half")
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    both = [start("Slow", journal, 0.5) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert len(journal.read_text().splitlines()) == 2, "once by the killed one, once by one of the two"
    assert path.exists()
    assert not leftover.exists()
