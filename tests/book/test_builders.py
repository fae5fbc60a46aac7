"""The whole book by the other builders: complete, without a warning, and the published site stays as it is."""

import re
import xml.etree.ElementTree as ET
import zipfile

import pytest
from pypdf import PdfReader

from lecture.claims.talk import STATEMENTS
from lecture.publishing import paper

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
        rest = [file.read(name) for name in file.namelist() if name.endswith((".opf", ".ncx", ".xml", ".svg"))]
        images = {name.rpartition("/")[2].removesuffix(".light.svg") for name in file.namelist() if "/sphx_" in name}
    for page in (*pages.values(), *rest):
        ET.fromstring(page)
    text = b"".join(pages.values()).decode()
    assert {*re.findall(r'<section[^>]* id="claim-(C\d\d)"', text)} == {*STATEMENTS}
    assert figures(book) <= images
    assert "<form" not in text
    assert text.count("<math") > 100
    assert not re.search(r'class="math[^"]*"[^>]*>\s*[\\$]', text)  # TeX that nobody made a formula of
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
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {*re.findall(r'href="(?:index\.html)?#([^"]+)"', page)} <= set(ids)
    assert len(re.findall(r'<div class="[^"]*drawing"', page)) > len(figures(book))
    assert re.findall(r'<link rel="stylesheet"[^>]*href="([^"]+)"', page) == ["_static/site.css"]
    assert re.findall(r'<script[^>]* src="([^"]+)"', page) == ["_static/theme.js", "_static/site.js"]


def test_the_whole_book_is_one_pdf(book, build_by, tmp_path):
    """With an outline, links that lead somewhere in it, its own fonts, and tags."""
    target = tmp_path / "lecture.pdf"
    paper.write(build_by("singlehtml") / "index.html", target)
    pdf = PdfReader(target)
    headings = [item.title for item in pdf.outline if not isinstance(item, list)]
    nested = repr(pdf.outline)
    assert headings
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "deep learning" in pdf.metadata.title
    for chapter in ("History", "Vanishing gradients", "Summary"):
        assert chapter in nested
    links = [link.get_object() for page in pdf.pages for link in page.get("/Annots", [])]
    assert sum("/Dest" in link for link in links) > 500
    assert not [link for link in links if str(link.get("/A", {}).get("/URI", "")).startswith("file:")]
    fonts = [font.get_object() for font in pdf.pages[0]["/Resources"]["/Font"].values()]
    for font in fonts:
        below = font.get("/DescendantFonts", [font])[0].get_object()
        described = below.get("/FontDescriptor", {})
        assert font["/Subtype"] == "/Type3" or {"/FontFile", "/FontFile2", "/FontFile3"} & described.keys()


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
