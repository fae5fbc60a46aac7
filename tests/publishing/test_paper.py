"""A page is printed with an outline, tags and links, and names no folder of whoever printed it."""

import shutil

import pytest
from pypdf import PdfReader

from lecture.errors import LectureError
from lecture.publishing import paper

PAGE = """<!doctype html><html lang="en"><head><title>Toy</title></head><body>
<h1>First</h1><p><a href="#below">down</a> <a class="x" href="index.html#below">also</a> <a href="records.zip">file</a>
<a href="https://example.org/">web</a></p><h2 id="below">Second</h2></body></html>"""


def test_only_links_that_paper_can_keep_are_kept():
    html = paper.printable(PAGE, "index.html")
    assert html.count('href="#below"') == 2
    assert 'href="https://example.org/"' in html
    assert "<a>file</a>" in html


@pytest.mark.skipif(not any(map(shutil.which, paper.BROWSERS)), reason="needs a Chromium")
def test_a_page_is_printed(tmp_path):
    page, target = tmp_path / "index.html", tmp_path / "pdf" / "toy.pdf"
    page.write_text(PAGE, encoding="utf-8")
    paper.write(page, target)
    pdf = PdfReader(target)
    assert pdf.metadata.title == "Toy"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert [item.title for item in pdf.outline[0:1]] == ["First"]
    assert pdf.outline[1][0].title == "Second"
    links = [link.get_object() for link in pdf.pages[0]["/Annots"]]
    assert sum("/URI" in link.get("/A", {}) for link in links) == 1
    assert len(links) == 3
    assert b"file:" not in target.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", "pdf"]


def test_without_the_page_or_a_browser_it_says_so(tmp_path, monkeypatch):
    with pytest.raises(LectureError, match="make pdf"):
        paper.write(tmp_path / "none.html", tmp_path / "toy.pdf")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LectureError, match="needs one of chromium"):
        paper.browser()
