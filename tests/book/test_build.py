"""The whole book at the smoke preset: strict, incremental, and safe against what happens to builds."""

import contextlib
import hashlib
import os
import re
import signal
import subprocess
import time

import pytest

from lecture.experiments.registry import experiments

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("book")]


@contextlib.contextmanager
def edited(path, change):
    """Change a file for a while."""
    before = path.read_text(encoding="utf-8")
    path.write_text(change(before), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(before, encoding="utf-8")


def state(folder):
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_it_builds_without_a_warning_and_no_library_talks_in_between(book):
    assert book.first.warnings == []
    assert book.first.chatter == []
    assert re.search(r"all \d+ records up to date", book.first.said)
    assert (book.published / "index.html").exists()
    assert (book.published / "ledger.html").exists()


def test_pages_and_scripts_compute_nothing_that_the_schedule_does_not_know(book):
    listed = book.run("lecture", "status")
    kept = list((book.cache).rglob("*.parquet"))
    assert listed.status == 0, listed.said
    assert len(kept) == sum("smoke" in experiment.offered for experiment in experiments().values())


def test_nothing_changed_does_nothing(book):
    before = state(book.published)
    result = book.build()
    assert result.status == 0, result.said
    assert "0 added, 0 changed, 0 removed" in result.said
    assert re.search(r"all \d+ records up to date", result.said)
    assert (result.executed, result.scripts) == ([], 0)
    assert state(book.published) == before


def test_a_changed_sentence_runs_nothing(book):
    with edited(book.folder / "book" / "data.md", lambda text: text + "\nOne more sentence for the test.\n"):
        result = book.build()
        assert result.status == 0, result.said
        assert re.search(r"all \d+ records up to date", result.said)
        assert (result.executed, result.scripts) == ([], 0)
        assert "One more sentence for the test." in (book.published / "data.html").read_text(encoding="utf-8")
    assert book.build().status == 0


def test_a_changed_experiment_runs_alone_with_what_shows_it(book):
    source = book.folder / "src/lecture/experiments/gradient_vanishing/sigmoid.py"
    with edited(source, lambda text: text + "\nUNUSED = 1\n"):
        result = book.build()
    assert result.status == 0, result.said
    assert re.findall(r"^ *([\w.]+): computed in", result.said, re.MULTILINE) == ["gradient_vanishing.sigmoid"]
    assert result.scripts == 1
    assert book.build().status == 0


def test_a_cell_that_raises_fails_every_time_and_publishes_nothing(book):
    before = state(book.published)
    bad = "\n```{code-cell} ipython3\nraise RuntimeError('on purpose')\n```\n"
    with edited(book.folder / "book" / "data.md", lambda text: text + bad):
        for _ in range(2):
            result = book.build()
            assert result.status != 0
            assert "a cell of data.md raised RuntimeError: on purpose" in result.said
            assert "Traceback" not in result.said.split("not published because")[1]
    assert state(book.published) == before
    assert book.build().status == 0


def test_an_unknown_number_fails_and_names_the_line(book):
    page = book.folder / "book" / "data.md"
    line = page.read_text(encoding="utf-8").count("\n") + 2
    with edited(page, lambda text: text + "\n{measured}`C31.nothing`\n"):
        result = book.build()
    assert result.status != 0
    assert f"data.md:{line}: ERROR: {{measured}}`C31.nothing`: there is no claim 'C31'" in result.said
    assert book.build().status == 0


@pytest.mark.parametrize("moment", ["start", "writing"])
def test_a_killed_build_leaves_the_site_whole_and_the_next_one_recovers(book, moment):
    before = state(book.published)
    page, words = book.folder / "book" / "history.md", "Written before the kill."
    started, (written,) = book.folder / "_build/.building", book.folder.glob("_build/.staged/*/history.html")
    reached = {"start": started.exists, "writing": lambda: words in written.read_text(encoding="utf-8")}[moment]
    with edited(page, lambda text: text + f"\n{words}\n"):
        process = subprocess.Popen(
            book.command("jupyter-book", "build", "book"), cwd=book.folder, env=book.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + 120
        while not reached() and time.monotonic() < deadline:
            time.sleep(0.005)
        os.killpg(process.pid, signal.SIGSTOP)
        refused = book.build()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert "another build is using" in refused.said
        assert refused.status != 0
        assert state(book.published) == before
        result = book.build()
        assert result.status == 0, result.said
        assert words in (book.published / "history.html").read_text(encoding="utf-8")
        assert result.executed == []
    assert book.build().status == 0
    assert words not in (book.published / "history.html").read_text(encoding="utf-8")
    assert state(book.published).keys() == before.keys()


def test_a_page_is_built_alone_with_its_figures_and_cards_and_without_the_site(book):
    before = state(book.published)
    result = book.run("jupyter-book", "build", "book/history.md")
    assert result.status == 0, result.said
    assert result.warnings == []
    (page,) = (book.folder / "_build" / "_page").rglob("html/history.html")
    text = page.read_text(encoding="utf-8")
    assert text.count('<figure class="plot"') > 5
    assert 'id="claim-C01"' in text
    assert state(book.published) == before


def test_the_wrong_folder_is_told_the_right_one(book):
    result = book.run("jupyter-book", "build", ".")
    assert result.status != 0
    assert "run 'jupyter-book build book'" in result.said
    assert "Traceback" not in result.said


def test_plain_sphinx_reads_the_same_book(book):
    result = book.run("sphinx-build", "-W", "-n", "--keep-going", "-b", "dummy", "book", "_build/dummy")
    assert result.status == 0, result.said
    assert result.executed == []
