import gc
import warnings

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from lecture.publishing import caches

IMPORT = "from lecture.statistics import mean_interval"
HEAD = "---\nfile_format: mystnb\n---\n# Page\n\n"
CELLS = {
    "three backticks": "```{code-cell} ipython3\n:tags: [hide-input]\n%matplotlib inline\nCODE\n```\n",
    "four backticks": "````{code-cell}\n---\ntags: [x]\n---\nCODE\n````\n",
}
AS_JUPYTEXT_SAVES_IT = (
    "---\njupytext:\n  text_representation:\n    extension: .md\n    format_name: myst\n"
    "kernelspec:\n  name: python3\n  display_name: Python 3\n  language: python\n---\n# Page\n\n"
)
FORMS = {
    **{name: HEAD + cell for name, cell in CELLS.items()},
    "jupytext": AS_JUPYTEXT_SAVES_IT + CELLS["three backticks"],
}


def notebook(*cells):
    return new_notebook(
        cells=[new_markdown_cell("# Title\n\n```python\nimport never\n```"), *map(new_code_cell, cells)]
    )


def test_only_executed_cells_count_in_any_notation():
    code = caches.code_of(notebook(IMPORT, "%matplotlib inline\nx = !ls\nx?", "%%bash\nls -l\n"))
    assert caches.imported(code) == {"lecture.statistics"}
    assert "never" not in code
    compile(code, "page", "exec")


def test_what_cannot_be_parsed_depends_on_nothing(tmp_path):
    assert caches.imported('print("a"') == set()
    assert caches.digest('print("a"', tmp_path) == caches.digest("print(", tmp_path)


def test_imports_are_found_however_they_are_written():
    lines = ["from lecture import style", "import lecture.seeds", "from lecture.records import read", "import numpy"]
    code = "\n".join([*lines, "from lecture.style import use"])
    assert caches.imported(code) == {"lecture", "lecture.style", "lecture.seeds", "lecture.records"}


def test_the_digest_follows_the_imports_and_the_preset(tmp_path, monkeypatch):
    one, other = "from lecture import style", "from lecture import seeds"
    assert caches.digest(one, tmp_path) == caches.digest(one + "\nx = 1", tmp_path)
    assert caches.digest(one, tmp_path) != caches.digest(other, tmp_path)
    before = caches.digest(one, tmp_path)
    monkeypatch.setenv("LECTURE_PRESET", "smoke")
    assert caches.digest(one, tmp_path) != before


def test_the_digest_follows_the_files_that_the_code_names(tmp_path):
    code = 'pandas.read_csv("table.csv")'
    before = caches.digest(code, tmp_path)
    (tmp_path / "table.csv").write_text("a")
    there = caches.digest(code, tmp_path)
    (tmp_path / "table.csv").write_text("b")
    assert len({before, there, caches.digest(code, tmp_path)}) == 3


def test_the_digest_follows_a_comment_in_a_module_that_the_page_may_print(tmp_path, monkeypatch):
    code, copy = "import inspect\nfrom lecture import seeds\ninspect.getsource(seeds)", tmp_path / "seeds.py"
    source_of = caches._source_of
    copy.write_bytes(source_of("lecture.seeds").read_bytes())
    monkeypatch.setattr(caches, "_source_of", lambda name: copy if name == "lecture.seeds" else source_of(name))
    before = caches.digest(code, tmp_path)
    copy.write_text(copy.read_text() + "# a comment\n")
    assert caches.digest(code, tmp_path) != before


def test_the_digest_follows_the_records(cache, tmp_path, monkeypatch):
    monkeypatch.setenv("LECTURE_PRESET", "smoke")
    from lecture.experiments.gradient_vanishing.sigmoid import Sigmoid
    from lecture.records import read

    code = "from lecture.experiments.gradient_vanishing.sigmoid import Sigmoid"
    before = caches.digest(code, tmp_path)
    read(Sigmoid.preset())
    assert caches.digest(code, tmp_path) != before


@pytest.fixture
def _kernels():
    """nbclient leaves its event loops to the garbage collector: it comes here, and nobody warns."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


@pytest.mark.usefixtures("_kernels")
def test_a_page_runs_again_when_what_it_uses_changed(build):
    code = 'import os; print("{}:", open("given.txt").read(), os.environ["OMP_NUM_THREADS"])'
    pages = {f"page{n}": text.replace("CODE", code.format(n)) for n, text in enumerate(FORMS.values())}
    nbformat.write(notebook(code.format(len(FORMS))), build.folder / f"page{len(FORMS)}.ipynb")
    names = [f"page{n}" for n in range(len(FORMS) + 1)]
    pages["index"] = "# Top\n\n```{toctree}\n" + "\n".join(names) + "\n```\n"

    def shown(given, **pages):
        (build.folder / "given.txt").write_text(given)
        built = build(settings={"nb_execution_mode": "cache"}, **pages)
        assert [f"{n}: {given} 1" in built.page(name) for n, name in enumerate(names)] == [True] * len(names)
        return "executing" in built.said

    assert shown("first", **pages)
    assert not shown("first")
    assert shown("second")
    assert shown("first")  # as before, and yet not what the cache has


def test_what_is_left_of_a_removed_script_goes(tmp_path):
    sources, target = tmp_path / "gallery", tmp_path / "book" / "gallery"
    (target / "data" / "images" / "thumb").mkdir(parents=True)
    (sources / "data").mkdir(parents=True)
    (sources / "data" / "plot_kept.py").touch()
    names = ["plot_{}.py", "plot_{}.rst", "images/sphx_glr_plot_{}_001.png", "images/thumb/sphx_glr_plot_{}_thumb.png"]
    for name in names:
        for which in ("kept", "gone"):
            (target / "data" / name.format(which)).touch()
    (target / "gone").mkdir()
    (target / "gone" / "index.rst").touch()
    caches.forget_removed(sources, target)
    assert not (target / "gone").exists()
    left = {path.relative_to(target / "data").as_posix() for path in target.rglob("*") if path.is_file()}
    assert left == {name.format("kept") for name in names}
