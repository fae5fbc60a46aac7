"""Both files and the canonical link exist when, and only when, it is known where the pages will be."""

import re
from xml.etree import ElementTree

import pytest

BASE = "https://some-one.github.io/a.book/"
PAGES = {"index": "# Toy\n\n```{toctree}\none\ntwo\n```\n", "one": "# One\n", "two": "# Two\n"}


def listed(built):
    text = (built.folder / "_build" / "html" / "sitemap.xml").read_bytes()
    return [
        place.text for place in ElementTree.fromstring(text).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]


def canonical(built, page):
    return re.findall(r'<link rel="canonical" href="([^"]*)"', built.page(page))


@pytest.fixture
def public(monkeypatch):
    monkeypatch.setenv("LECTURE_ADDRESS", "Some-One/a.book")


@pytest.mark.usefixtures("public")
def test_every_page_is_listed_also_after_an_incremental_build(build):
    everything = [f"{BASE}{page}.html" for page in ("index", "one", "two")]
    assert listed(build(**PAGES)) == everything
    assert listed(build(one="# One, better\n")) == everything


@pytest.mark.usefixtures("public")
def test_robots_are_led_to_the_sitemap(build):
    rules = (build(**PAGES).folder / "_build" / "html" / "robots.txt").read_text(encoding="utf-8")
    assert f"\nSitemap: {BASE}sitemap.xml\n" in rules


@pytest.mark.usefixtures("public")
def test_a_page_says_which_address_of_it_counts(build):
    built = build(**PAGES)
    assert canonical(built, "one") == [f"{BASE}one.html"]
    assert canonical(built, "404") == canonical(built, "search") == []


@pytest.mark.usefixtures("public")
def test_the_404_page_works_at_any_depth_below_the_repository(build):
    links = re.findall(r'(?:href|src)="([^"#]+)"', build(**PAGES).page("404"))
    assert "/a.book/index.html" in links
    assert not [link for link in links if not link.startswith(("/a.book/", "https:"))]


def test_without_endings_servers_find_the_404_page_too(build):
    built = build(builder="dirhtml", **PAGES)
    assert (built.output / "404.html").read_text() == (built.output / "404" / "index.html").read_text()


def test_while_the_address_is_unknown_there_is_nothing_of_it(build, monkeypatch):
    monkeypatch.setenv("LECTURE_ADDRESS", "a/b")
    assert canonical(build(**PAGES), "code/C10") == ["https://a.github.io/b/code/C10.html"]
    monkeypatch.setenv("LECTURE_ADDRESS", "")
    built = build()
    written = {path.name: path for path in (built.folder / "_build" / "html").iterdir() if path.is_file()}
    assert not {"sitemap.xml", "robots.txt"} & set(written)
    assert not [name for name, path in written.items() if name.endswith(".html") and "github.io" in path.read_text()]
    assert canonical(built, "one") == canonical(built, "code/C10") == []
    assert "WARNING" not in built.said
    assert built.status == 0
