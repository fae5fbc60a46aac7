"""The pages keep what they promise: one card for each claim, in the talk's order, and no link into nothing."""

import re
from collections import Counter
from pathlib import Path

import pytest

from lecture.claims.talk import STATEMENTS

ROOT = Path(__file__).parents[2]
PAGES = {page.stem: page.read_text(encoding="utf-8") for page in sorted((ROOT / "book").glob("*.md"))}
CHAPTERS = sorted({statement.chapter for statement in STATEMENTS.values()})

CARD = re.compile(r"^```\{claim\} (C\d\d)$", re.MULTILINE)
GALLERY = re.compile(r"^```\{gallery\} (\S+)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[^)\s]*)?\)")
LINK_DOCUMENT = re.compile(r"^:link: (\S+)$", re.MULTILINE)
SPAN = re.compile(r"^\*(\d+:\d\d) to (\d+:\d\d|the end) (?:in|of) the talk\.\*", re.MULTILINE)


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


@pytest.mark.parametrize("page", [*CHAPTERS, "index"])
def test_a_chapter_shows_code_that_runs(page: str) -> None:
    text = PAGES[page]

    assert text.startswith("---\nfile_format: mystnb\n")  # without it the cells would be shown and not run
    assert "```{code-cell} ipython3\n" in text


def test_only_pages_with_the_header_have_cells() -> None:
    idle = [page for page, text in PAGES.items() if "{code-cell}" in text and "file_format: mystnb" not in text]

    assert idle == []


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    targets = [*LINK.findall(PAGES[page]), *LINK_DOCUMENT.findall(PAGES[page])]
    lost = [t for t in targets if t.removesuffix(".md") not in PAGES and not t.startswith("gallery/")]

    assert lost == []


@pytest.mark.parametrize("page", PAGES)
def test_figures_have_a_script(page: str) -> None:
    lost = [name for name in GALLERY.findall(PAGES[page]) if not (ROOT / "gallery" / f"{name}.py").is_file()]

    assert lost == []
