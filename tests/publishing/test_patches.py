"""Where a patch is no longer needed, a test fails: whoever brings the new version then deletes the patch."""

import inspect
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
from docutils.core import publish_parts
from docutils.writers.html5_polyglot import Writer

from lecture.publishing import patches

CITATION = "[a]_\n\n.. [a] A book.\n"


def file_of(module, *inside):
    return Path(import_module(module).__file__).parent.joinpath(*inside).read_text(encoding="utf-8")


@pytest.mark.parametrize("written", patches.MENDED)
def test_others_still_write_what_we_mend(written):
    docutils = publish_parts(CITATION, writer=Writer(), settings_overrides={"_disable_config": True})["body"]
    pandas = pd.DataFrame({"n": [1]}).to_html()
    assert written in docutils + pandas, f"nobody writes {written!r} any more: take it out of MENDED"


def test_jupyter_book_still_ends_in_a_traceback():
    program = file_of("jupyter_book", "cli/main.py")
    assert "raise RuntimeError(" in program
    assert "There was an error in building your" in program


def test_sphinx_gallery_still_writes_empty_lists_of_tags():
    assert "<div id='sg-tag-list'" in file_of("sphinx_gallery", "gen_rst.py")


def test_sphinx_gallery_still_looks_at_nothing_but_the_script(tmp_path):
    from sphinx_gallery.gen_rst import md5sum_is_current
    from sphinx_gallery.utils import get_md5sum

    script = tmp_path / "plot_x.py"
    script.write_text("import lecture\n", encoding="utf-8")
    Path(f"{script}.md5").write_text(get_md5sum(script, "t"), encoding="utf-8")
    assert md5sum_is_current(script, "t")
    assert [*inspect.signature(md5sum_is_current).parameters] == ["src_file", "mode"]


def test_the_numbering_of_sections_still_does_not_say_whether_pages_may_be_read_in_parallel():
    assert "parallel_read_safe" not in inspect.getsource(import_module("sphinx_multitoc_numbering"))


def test_the_theme_still_asks_bootstrap_for_tooltips_alone():
    script = file_of("pydata_sphinx_theme", "theme/pydata_sphinx_theme/static/scripts/pydata-sphinx-theme.js")
    assert script.count("bootstrap.") == script.count("bootstrap.Tooltip") > 0


def test_the_theme_still_loads_scripts_that_sphinx_does_not_list():
    assert "webpack" in file_of("pydata_sphinx_theme", "theme/pydata_sphinx_theme/layout.html")
