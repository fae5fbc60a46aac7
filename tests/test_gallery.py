import ast
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.image import imread

from lecture.claims.ledger import claims

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "gallery"
SCRIPTS = sorted(GALLERY.glob("*/plot_*.py"))
NAMES = [f"{script.parent.name}/{script.stem}" for script in SCRIPTS]
TESTED = {claim.figure: claim.id for claim in claims().values() if claim.figure}


@pytest.fixture
def drawn(monkeypatch, tmp_path):
    """Run a script in this process at the smoke preset, from an empty folder, and return its figures."""

    def run(script):
        monkeypatch.setenv("LECTURE_PRESET", "smoke")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", [str(script)])
        plt.switch_backend("agg")
        runpy.run_path(str(script), run_name="__main__")
        return [plt.figure(number) for number in plt.get_fignums()]

    yield run
    plt.close("all")
    plt.rcdefaults()


def test_there_are_scripts():
    assert SCRIPTS


@pytest.mark.parametrize("script", SCRIPTS, ids=NAMES)
def test_a_script_says_what_it_shows_and_which_claim_it_tests(script):
    title, line, *text = (ast.get_docstring(ast.parse(script.read_text())) or "").splitlines()
    assert set(line) == {"="}
    assert len(line) >= len(title)
    assert re.search(r"\bC(0[1-9]|[12]\d|30)\b|tests no claim of the talk", " ".join(text))


@pytest.mark.parametrize("script", SCRIPTS, ids=NAMES)
def test_a_script_draws_with_alternative_text_and_data(script, drawn, tmp_path):
    figures = drawn(script)
    assert figures
    for figure in figures:
        shown = figure.lecture
        assert re.search(r"\d", shown["alt"]), "the alternative text states no measured value"
        assert "nan" not in shown["alt"].lower().split()
        assert "\n" not in shown["alt"]
        assert isinstance(shown["data"], pd.DataFrame)
        assert len(shown["data"])
    picture = imread(tmp_path / f"{script.stem}.png")
    assert picture.std() > 0.01, "the picture is blank"


def test_a_script_runs_by_itself_in_any_folder(tmp_path):
    environment = {k: v for k, v in os.environ.items() if k not in ("MPLBACKEND", "DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, GALLERY / "gradient_vanishing" / "plot_sigmoid.py"],
        cwd=tmp_path,
        env=environment | {"LECTURE_PRESET": "smoke", "MPLCONFIGDIR": str(tmp_path / "matplotlib")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "plot_sigmoid.png").stat().st_size > 10_000


@pytest.mark.parametrize(("figure", "claim"), TESTED.items(), ids=TESTED.values())
def test_a_tested_claim_has_its_figure(figure, claim):
    assert figure in NAMES, f"{claim} names a script that is not there"
    assert claim in (GALLERY / f"{figure}.py").read_text(), f"{figure} does not name {claim}"
