"""The pages keep what they promise: one card for each claim, every source cited and findable, no link into nothing."""

import re
from collections import Counter
from pathlib import Path

import pytest
from pybtex.database import parse_file

from lecture.claims.talk import STATEMENTS

ROOT = Path(__file__).parents[2]
PAGES = {page.stem: page.read_text(encoding="utf-8") for page in sorted((ROOT / "book").glob("*.md"))}
CHAPTERS = sorted({statement.chapter for statement in STATEMENTS.values()})
ENTRIES = parse_file(ROOT / "book" / "references.bib").entries

CARD = re.compile(r"^```\{claim\} (C\d\d)$", re.MULTILINE)
CITED = re.compile(r"\{cite:\w+\}`([^`]+)`")
GALLERY = re.compile(r"^```\{gallery\} (\S+)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[^)\s]*)?\)")
LINK_DOCUMENT = re.compile(r"^:link: (\S+)$", re.MULTILINE)
SPAN = re.compile(r"^\*(\d+:\d\d) to (\d+:\d\d|the end) (?:in|of) the talk\.\*", re.MULTILINE)


def keys_cited() -> set[str]:
    """Return the keys that pages cite, and those that claims and tables of published numbers name."""
    in_prose = {key.strip() for text in PAGES.values() for keys in CITED.findall(text) for key in keys.split(",")}
    in_code = {
        key
        for room in ("claims", "data/literature")
        for module in (ROOT / "src" / "lecture" / room).rglob("*.py")
        for key in re.findall(r'"([a-z]+\d{4}[a-z]+)"', module.read_text(encoding="utf-8"))
    }
    return in_prose | in_code


def seconds(time: str) -> int:
    """Return a time of the talk, minutes and seconds, in seconds; its end lies far away."""
    if time == "the end":
        return 3600
    minutes, rest = time.split(":")
    return 60 * int(minutes) + int(rest)


def test_each_claim_has_one_card_in_its_own_chapter() -> None:
    places = [(claim, page) for page, text in PAGES.items() for claim in CARD.findall(text)]

    assert Counter(places) == Counter((statement.id, statement.chapter) for statement in STATEMENTS.values())


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_cards_of_a_chapter_follow_the_talk(chapter: str) -> None:
    cards = CARD.findall(PAGES[chapter])

    assert cards == sorted(cards)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_names_the_time_that_its_claims_fall_into(chapter: str) -> None:
    span = SPAN.search(PAGES[chapter])
    assert span, "the page does not begin with its time in the talk"
    times = [seconds(statement.time) for statement in STATEMENTS.values() if statement.chapter == chapter]

    assert seconds(span[1]) <= min(times)
    assert max(times) <= seconds(span[2])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_ends_with_how_it_was_computed(page: str) -> None:
    assert PAGES[page].rstrip().endswith("```{provenance}\n```") or page == "glossary"


@pytest.mark.parametrize("page", [*CHAPTERS, "intro"])
def test_a_chapter_shows_code_that_runs(page: str) -> None:
    text = PAGES[page]

    assert text.startswith("---\nfile_format: mystnb\n")  # without it the cells would be shown and not run
    assert "```{code-cell} ipython3\n" in text


def test_only_pages_with_the_header_have_cells() -> None:
    idle = [page for page, text in PAGES.items() if "{code-cell}" in text and "file_format: mystnb" not in text]

    assert idle == []


def test_every_citation_has_an_entry() -> None:
    assert keys_cited() - set(ENTRIES) == set()


def test_every_entry_is_cited() -> None:
    assert set(ENTRIES) - keys_cited() == set()


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_can_be_found(key: str) -> None:
    fields = ENTRIES[key].fields

    assert {"doi", "eprint", "url"} & set(fields)
    assert not fields.get("doi", "").startswith("http")  # the number alone: the address is made from it
    assert ("eprint" in fields) == ("archiveprefix" in fields)


@pytest.mark.parametrize("key", ENTRIES)
def test_a_key_is_surname_year_and_first_word_of_the_title(key: str) -> None:
    entry = ENTRIES[key]
    year, title = entry.fields["year"], re.sub(r"\\.|[{}]", "", entry.fields["title"]).lower()
    surname, _, word = key.partition(year)

    assert surname.isalpha(), key
    assert word.isalpha(), f"{key}: the year is {year}"
    assert word in title.replace("-", "").replace(" ", "")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    targets = [*LINK.findall(PAGES[page]), *LINK_DOCUMENT.findall(PAGES[page])]
    lost = [t for t in targets if t.removesuffix(".md") not in PAGES and not t.startswith("gallery/")]

    assert lost == []


@pytest.mark.parametrize("page", PAGES)
def test_figures_have_a_script(page: str) -> None:
    lost = [name for name in GALLERY.findall(PAGES[page]) if not (ROOT / "gallery" / f"{name}.py").is_file()]

    assert lost == []
