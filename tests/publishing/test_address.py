import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from jinja2 import Environment
from tests.publishing.conftest import draw

from lecture.publishing.site import address, notebooks
from lecture.publishing.staging import BookError

ROOT = Path(__file__).parents[2]


def configured(value, monkeypatch, environment=None, baseurl=""):
    if environment is not None:
        monkeypatch.setenv("LECTURE_ADDRESS", environment)
    config = SimpleNamespace(
        html_theme="sphinx_book_theme",
        lecture_address=value,
        html_theme_options={"repository_url": "https://example.org"},
        html_baseurl=baseurl,
        notfound_context={"body": '<a href="talk.html">talk</a> <a href="https://example.org/a.html">else</a>'},
    )
    address.apply(None, config)
    return config


def test_while_it_is_empty_nothing_leads_anywhere(monkeypatch):
    config = configured("", monkeypatch)
    assert config.lecture_repository == config.html_baseurl == config.html_theme_options["repository_url"] == ""
    assert not any(value for name, value in config.html_theme_options.items() if name.startswith("use_"))


@pytest.mark.parametrize(
    "value", ["Some-One/a.book", "https://github.com/Some-One/a.book", "https://github.com/Some-One/a.book.git"]
)
def test_all_addresses_follow_from_the_one(value, monkeypatch):
    config = configured(value, monkeypatch)
    assert (
        config.lecture_repository == config.html_theme_options["repository_url"] == "https://github.com/Some-One/a.book"
    )
    assert config.html_baseurl == "https://some-one.github.io/a.book/"
    assert config.html_theme_options["use_repository_button"]


def test_the_site_of_a_person_is_at_the_root(monkeypatch):
    config = configured("Some-One/some-one.github.io", monkeypatch)
    assert config.html_baseurl == "https://some-one.github.io/"
    assert config.notfound_urls_prefix == "/"


def test_a_domain_of_ones_own_wins(monkeypatch):
    config = configured("a/b", monkeypatch, baseurl="https://book.example")
    assert config.html_baseurl == "https://book.example/"
    assert config.notfound_urls_prefix == "/"
    assert config.lecture_repository == "https://github.com/a/b"


@pytest.mark.parametrize("value", ["", "a/b"])
def test_read_the_docs_says_where_its_pages_are(value, monkeypatch):
    monkeypatch.setenv("READTHEDOCS_CANONICAL_URL", "https://book.readthedocs.io/en/latest/")
    config = configured(value, monkeypatch, baseurl="https://book.example/")
    assert config.html_baseurl == "https://book.readthedocs.io/en/latest/"
    assert config.notfound_urls_prefix == "/en/latest/"
    assert config.html_theme_options["use_repository_button"] == bool(value)


@pytest.mark.parametrize(("value", "root"), [("", "/"), ("a/b", "/b/")])
def test_links_of_the_404_page_start_at_the_root(value, root, monkeypatch):
    body = configured(value, monkeypatch).notfound_context["body"]
    assert body == f'<a href="{root}talk.html">talk</a> <a href="https://example.org/a.html">else</a>'


def test_the_environment_overrides(monkeypatch):
    assert configured("a/b", monkeypatch, "c/d").lecture_repository == "https://github.com/c/d"


def test_anything_else_is_refused(monkeypatch):
    with pytest.raises(BookError, match="owner/name"):
        configured("somewhere", monkeypatch)


def first_cell(value, monkeypatch):
    monkeypatch.setenv("LECTURE_ADDRESS", value)
    config = SimpleNamespace(
        html_theme="basic",
        html_baseurl="",
        lecture_address="",
        sphinx_gallery_conf={"first_notebook_cell": "# as in _config.yml"},
    )
    address.apply(None, config)
    return config.sphinx_gallery_conf["first_notebook_cell"]


def test_a_notebook_taken_elsewhere_installs_the_package_from_where_it_is(monkeypatch):
    cell = first_cell("Some-One/a.book", monkeypatch)
    assert "\n    %pip install -q git+https://github.com/Some-One/a.book" in cell
    compile(cell.replace("%pip", "pass  # "), "cell", "exec")


def test_while_nobody_knows_where_that_is_it_says_what_to_do(monkeypatch):
    assert first_cell("", monkeypatch) == "# as in _config.yml"
    written = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    cell = written["sphinx"]["config"]["sphinx_gallery_conf"]["first_notebook_cell"]
    exec(cell, {})  # here the package is installed
    monkeypatch.setitem(sys.modules, "lecture", None)
    with pytest.raises(ModuleNotFoundError, match="pip install -e"):
        exec(cell, {})


@pytest.mark.parametrize("address", ["", "Some-One/a.book"])
def test_a_scripts_page_leads_to_colab_where_the_repository_is_known(build, monkeypatch, address):
    monkeypatch.setenv("LECTURE_ADDRESS", address)
    draw(build.folder, "data/plot_a", "First\n=====\n\nClaim C10.")
    footer = "\n```{eval-rst}\n.. container:: sphx-glr-footer\n\n  Downloads\n```\n"
    page = build.folder / "gallery" / "data" / "plot_a.md"
    page.write_text(page.read_text() + footer)
    built = build(index="# Toy\n")
    assert built.status == 0, built.said
    found = re.findall(r'href="(https://colab[^"]*)"', built.page("gallery/data/plot_a"))
    place = "https://colab.research.google.com/github/Some-One/a.book/blob/notebooks/data/plot_a.ipynb"
    assert found == ([place] if address else [])
    assert "colab" not in built.page()


def test_the_foot_of_a_page_leads_to_what_the_workflow_puts_beside_it(monkeypatch):
    template = Environment().from_string((ROOT / "book/_templates/footer-lecture.html").read_text(encoding="utf-8"))
    page = {"_": str, "pathto": lambda name, resource=0: f"../{name}", "pagename": "a/b", "root_doc": "index"}

    def foot(builder):
        return template.render(page, builder=builder, **configured("", monkeypatch).html_context)

    assert "whole book" not in foot("html")
    monkeypatch.setenv("LECTURE_DOWNLOADS", "lecture.pdf lecture.epub")
    assert '<a href="../lecture.pdf">PDF</a>, <a href="../lecture.epub">EPUB</a> ·' in foot("html")
    assert "whole book" not in foot("singlehtml")


def test_the_workflow_puts_there_what_it_names():
    jobs = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8"))["jobs"]
    names = jobs["site"]["env"]["LECTURE_DOWNLOADS"].split()
    (copied,) = (step["run"] for step in jobs["site"]["steps"] if step.get("run", "").startswith("cp "))
    assert [Path(path).name for path in copied.split()[1:-1]] == names
    assert f" {notebooks.BRANCH}\n" in jobs["notebooks"]["steps"][1]["run"] + "\n"
