"""What an author adds by Sphinx's own options is on the pages, or is refused in a line that names it."""

import re
from pathlib import Path

import pytest

BOOK = Path(__file__).parents[2] / "book"
THEME = {
    "extensions": [
        "myst_nb", "sphinx_togglebutton", "sphinx_copybutton", "sphinx_design", "sphinx_book_theme",
        "sphinxcontrib.bibtex", "notfound.extension", "lecture.publishing.extension",
    ],
    "html_theme": "sphinx_book_theme",
    "templates_path": [str(BOOK / "_templates")],
    "html_sidebars": {"**": []},
}  # fmt: skip
HEAD = "---\nfile_format: mystnb\n---\n# Page\n\n"
RUN = {"nb_execution_mode": "force", "nb_execution_raise_on_error": True}


@pytest.fixture
def site(build):
    """Build with the book's own theme, and files of the author's in ``_static``."""

    def run(settings, files=None, text="# Page\n"):
        (build.folder / "_static").mkdir()
        for name, content in (files or {}).items():
            (build.folder / "_static" / name).write_text(content)
        static = {"html_static_path": [str(BOOK / "_static"), "_static"]}  # a list that extensions add to
        return build(settings=THEME | static | settings, index="# Toy\n\n```{toctree}\npage\n```\n", page=text)

    return run


def test_style_sheets_scripts_and_footers_of_the_author_are_on_the_page(site):
    options = {
        "html_css_files": ["mine.css"],
        "html_js_files": ["mine.js", ["later.js", {"defer": "defer"}]],
        "html_theme_options": {
            "announcement": "Read me first",
            "extra_footer": "<b>At the very end</b>",
            "footer_content_items": ["footer-lecture.html", "extra-footer.html"],
        },
    }
    built = site(options, {"mine.css": "p { color: red }", "mine.js": "1", "later.js": "2"})
    assert built.status == 0, built.said
    page = built.page("page")
    for expected in ("_static/mine.css", "_static/mine.js", "_static/later.js", "Read me first", "At the very end"):
        assert expected in page
    assert (built.folder / "_build/html/_static/mine.css").exists()
    for bundled in ("copybutton", "togglebutton", "sphinx-design", "pygments", "doctools"):
        assert bundled not in page


def test_what_asks_another_host_is_let_through_and_told(site):
    options = {
        "html_theme_options": {"analytics": {"google_analytics_id": "G-12345"}},
        "extensions": [*THEME["extensions"], "sphinx_comments"],
        "comments_config": {"utterances": {"repo": "some/one"}},
    }
    built = site(options)
    page, inline = built.page("page"), built.folder / "_build/html/_static/inline"
    assert "googletagmanager.com" in page
    assert any("utteranc.es" in path.read_text() for path in inline.glob("*.js"))
    assert "<script>" not in page  # what is spelled out is in files
    for host in ("www.googletagmanager.com", "utteranc.es"):
        assert built.said.count(f"pages ask {host} for something: the policy") == 1


def test_a_styled_table_keeps_its_colours_and_a_plain_one_needs_none(site):
    cell = "import pandas as pd\ntable = pd.DataFrame({'a': [1, 2]})\ndisplay(table)\ntable.style.highlight_max()"
    built = site(RUN, text=HEAD + f"```{{code-cell}} ipython3\n{cell}\n```\n")
    sheets = [path.read_text() for path in (built.folder / "_build/html/_static/inline").glob("*.css")]
    assert built.status == 0, built.said
    assert len(sheets) == 1
    assert "background-color: yellow" in sheets[0]
    assert "_static/inline/" in built.page("page")
    assert "<style" not in built.page("page")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("from IPython.display import HTML\nHTML('<div></div><script>draw()</script>')", "this output holds a script"),
        (
            "display({'application/vnd.jupyter.widget-view+json': {'model_id': 'x'}, 'text/plain': 'w'}, raw=True)",
            "this output holds a script",
        ),
        ("import matplotlib.pyplot as plt\nplt.plot([1, 2]);", "the picture of this cell has no alternative text"),
    ],
)
def test_an_output_that_the_site_cannot_show_is_named_with_page_and_line(site, cell, told):
    built = site(RUN, text=HEAD + f"```{{code-cell}} ipython3\n{cell}\n```\n")
    assert built.status == 1
    place = re.search(rf"(\S*): WARNING: {told}", built.said)
    assert place, built.said.partition("WARNING")[2]
    assert re.search(r"page\.md:[678]$", place[1])


def test_a_picture_with_words_is_fine(site):
    options = "---\nmystnb:\n  image:\n    alt: A line that rises\n---\n"
    cell = f"```{{code-cell}} ipython3\n{options}import matplotlib.pyplot as plt\nplt.plot([1, 2]);\n```\n"
    built = site(RUN, text=HEAD + cell)
    assert built.status == 0, built.said
    assert 'alt="A line that rises"' in built.page("page")
