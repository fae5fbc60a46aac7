from lecture.publishing import freshness

PAGE = """---
file_format: mystnb
---
```{code-cell} ipython3
:tags: [hide-input]
%matplotlib inline
from lecture.statistics import mean_interval
```
```python
import never
```
```{code-cell} ipython3
---
tags: [x]
---
import torch
```
"""


def test_only_executed_cells_count():
    code = freshness.cells(PAGE)
    assert "mean_interval" in code
    assert "import torch" in code
    assert "never" not in code
    assert "tags" not in code
    assert "%" not in code
    assert freshness.cells(PAGE.replace("file_format: mystnb", "")) == ""


def test_imports_are_found_however_they_are_written():
    lines = ["from lecture import style", "import lecture.seeds", "from lecture.records import read", "import numpy"]
    code = "\n".join([*lines, "from lecture.style import use"])
    assert freshness.imported(code) == {"lecture", "lecture.style", "lecture.seeds", "lecture.records"}


def test_the_digest_follows_the_imports_and_the_preset(monkeypatch):
    one, other = "from lecture import style", "from lecture import seeds"
    assert freshness.digest(one) == freshness.digest(one + "\nx = 1")
    assert freshness.digest(one) != freshness.digest(other)
    before = freshness.digest(one)
    monkeypatch.setenv("LECTURE_PRESET", "smoke")
    assert freshness.digest(one) != before


def test_the_digest_follows_the_records(cache, monkeypatch):
    monkeypatch.setenv("LECTURE_PRESET", "smoke")
    from lecture.experiments.gradient_vanishing.sigmoid import Sigmoid
    from lecture.records import read

    code = "from lecture.experiments.gradient_vanishing.sigmoid import Sigmoid"
    before = freshness.digest(code)
    read(Sigmoid.preset())
    assert freshness.digest(code) != before


def test_what_is_left_of_a_removed_script_goes(tmp_path):
    sources, target = tmp_path / "gallery", tmp_path / "book" / "gallery"
    (target / "data" / "images" / "thumb").mkdir(parents=True)
    (sources / "data").mkdir(parents=True)
    (sources / "data" / "plot_kept.py").touch()
    names = ["plot_{}.py", "plot_{}.rst", "images/sphx_glr_plot_{}_001.png", "images/thumb/sphx_glr_plot_{}_thumb.png"]
    for name in names:
        for which in ("kept", "gone"):
            (target / "data" / name.format(which)).touch()
    freshness._forget_removed(sources, target)
    left = {path.relative_to(target / "data").as_posix() for path in target.rglob("*") if path.is_file()}
    assert left == {name.format("kept") for name in names}
