"""The whole book by the other builders: complete, without a warning, and the published site stays as it is."""

import re
import xml.etree.ElementTree as ET
import zipfile

import pytest

from lecture.claims.talk import STATEMENTS

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("book")]


@pytest.fixture
def build_by(book):
    """A function that builds the book in another form from what the site's build has read, and returns its folder."""
    site = {path: path.stat().st_mtime_ns for path in book.published.rglob("*") if path.is_file()}

    def run(builder):
        known = ("dirhtml", "singlehtml", "latex")
        asked = ["--builder", builder] if builder in known else ["--builder", "custom", "--custom-builder", builder]
        result = book.run("jupyter-book", "build", "book", "-W", "-n", "--keep-going", *asked)
        assert result.status == 0, result.said
        assert "0 added, 0 changed, 0 removed" in result.said
        assert (result.executed, result.scripts) == ([], 0)
        return book.folder / "_build" / builder

    yield run
    assert {path: path.stat().st_mtime_ns for path in book.published.rglob("*") if path.is_file()} == site


def figures(book):
    return {path.stem for path in (book.folder / "book" / "gallery").rglob("images/sphx_glr_*_0*.png")}


def test_an_ebook(book, build_by):
    (path,) = build_by("epub").glob("*.epub")
    with zipfile.ZipFile(path) as file:
        pages = {name: file.read(name) for name in file.namelist() if name.endswith(".xhtml")}
        images = {name.rpartition("/")[2].removesuffix(".light.svg") for name in file.namelist() if "/sphx_" in name}
    for page in pages.values():
        ET.fromstring(page)
    text = b"".join(pages.values()).decode()
    assert {*re.findall(r'<section[^>]* id="claim-(C\d\d)"', text)} == {*STATEMENTS}
    assert figures(book) <= images
    assert "<form" not in text
    assert "katex-error" not in text


def test_paper(book, build_by):
    folder = build_by("latex")
    (path,) = folder.glob("*.tex")
    tex = path.read_text(encoding="utf-8")
    assert {*re.findall(r"\\label\{\\detokenize\{[\w/]+:claim-(C\d\d)\}\}", tex)} == {*STATEMENTS}
    shown = {*re.findall(r"\\sphinxincludegraphics\{\{(sphx_glr_\w+)\}\.png\}", tex)}
    assert shown == figures(book)
    assert shown <= {found.stem for found in folder.glob("*.png")}
    labels = {*re.findall(r"\\label\{\\detokenize\{([^}]+)\}\}", tex)}
    assert {*re.findall(r"\\hyperref\[\\detokenize\{([^}]+)\}\]", tex)} <= labels
    assert tex.count(r"\begin{figure}") > len(shown)  # in the chapters and with the scripts


def test_plain_text(build_by):
    text = "".join(path.read_text(encoding="utf-8") for path in build_by("text").rglob("*.txt"))
    for id in STATEMENTS:
        assert f"{id} · {STATEMENTS[id].time} in the talk" in text
    assert "; bar " in text


def test_one_page(book, build_by):
    page = (build_by("singlehtml") / "index.html").read_text(encoding="utf-8")
    ids = {*re.findall(r' id="([^"]+)"', page)}
    assert {*re.findall(r'href="(?:index\.html)?#([^"]+)"', page)} <= ids
    assert len(re.findall(r'<div class="[^"]*drawing"', page)) > len(figures(book))
    assert re.findall(r'<link rel="stylesheet"[^>]*href="([^"]+)"', page) == ["_static/site.css"]
    assert re.findall(r'<script[^>]* src="([^"]+)"', page) == ["_static/theme.js", "_static/site.js"]


def test_addresses_without_endings(site, build_by):
    folder = build_by("dirhtml")
    pages = {name.removesuffix(".html").removesuffix("index").removesuffix("/") for name in site.pages()}
    found = {path.parent.relative_to(folder).as_posix().removeprefix(".") for path in folder.rglob("index.html")}
    assert pages <= found
    for path in folder.rglob("index.html"):
        for target in re.findall(
            r'<a [^>]*href="([^":#]*)["#]', path.read_text(encoding="utf-8").partition("<body")[2]
        ):
            assert path.parts[-2] == "404" or (path.parent / target).exists(), (path, target)
