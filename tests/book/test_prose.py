"""The pages keep what they promise: one card for each claim, in the talk's order, and no link into nothing."""

import re
from collections import Counter
from pathlib import Path

import pytest

from lecture.claims.talk import STATEMENTS
from lecture.publishing.evidence import cited

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
    lost = [t for t in lost if not (t.startswith("reference/") and (ROOT / "book" / t).is_file())]

    assert lost == []


@pytest.mark.parametrize("page", PAGES)
def test_figures_have_a_script(page: str) -> None:
    lost = [name for name in GALLERY.findall(PAGES[page]) if not (ROOT / "gallery" / f"{name}.py").is_file()]

    assert lost == []


TYPED = re.compile(
    r"\d[\d.,]*\s?(?:%|×|points?\b|times\b|nats\b|million\b|billion\b)"
    r"|\b\d+\.\d+\b|\b\d{1,3}(?:,\d{3})+\b"
    r"|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty)"
    r" (?:\w+ )?(?:trees|widths|rates|seeds|steps|passes|trials|rounds|channels|units|splits|runs|games|epochs)\b",
    re.IGNORECASE,
)
"""Numbers that are measured, published or set, and so are false at another preset or in another edition."""
TOLD = {
    "": ["95 %"],  # the level of every interval
    "data": ["50,000 images of CIFAR-10", "in 1,000 categories"],  # what the sets are
    "gpu": ["version 1.0", "Section 3.2"],
    "gradient_vanishing": ["radius 0.001", "25 times steeper", "guessing gives 10 %",
                           "25 % training error", "The three seeds"],  # cells, and definitions
    "how_we_test": ["seeds from 10,000 on"],
    "saturation": ["a slope of 0.1", "at 0.3"],
    "when_to_use": ["30 %", "60 %", "80 %", "2 to 3 %", "two runs"],  # the noise that is asked about
}  # fmt: skip
"""What the prose may type: definitions, names, and what a cell beside it sets."""


def prose(page: str) -> str:
    """Return a page's own words: captions stay, but no code, formulas, roles, cards and addresses."""
    text = re.sub(r"\A---\n.*?\n---\n", "", PAGES[page], flags=re.DOTALL)
    worded = r"^(`{3,})\{(?:if-measured|dropdown|gallery|admonition|slide)\}[^\n]*\n(.*?)^\1$"
    for _ in range(2):  # one may stand inside another
        text = re.sub(worded, r"\2", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^:(?:figure|claim|time): .*$", "", text, flags=re.MULTILINE)  # of slides
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"\$\$.*?\$\$|\$[^$]*\$|\{[\w:-]+\}`[^`]*`|`[^`]*`|(?<=\])\([^)]*\)", "", text, flags=re.DOTALL)
    return " ".join(text.split())


@pytest.mark.parametrize("page", [*CHAPTERS, "index", "how_we_test", "speed", "ledger", "talk", "slides"])
def test_nothing_measured_published_or_set_is_typed(page: str) -> None:
    text = prose(page)
    for phrase in TOLD[""] + TOLD.get(page, []):
        assert phrase in text or phrase in TOLD[""], f"{phrase!r} need not be excused any more"
        text = text.replace(phrase, "")

    assert [text[max(0, m.start() - 30) : m.end() + 20] for m in TYPED.finditer(text)] == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("43 % of the error.", 1), ("a forest of 20 trees", 1), ("five widths", 1), ("two learning rates", 1),
        ("of 3,000 labels", 1), ("8.75", 1), ("In 2012 eight layers were deep.", 0), ("at 3:46, C12, Figure 2", 0),
    ],
)  # fmt: skip
def test_a_typed_number_is_found(sentence: str, found: int) -> None:
    assert len(TYPED.findall(sentence)) == found


MEASURED = re.compile(r"\{(?:measured|interval|published)\}`([^`]+)`")
MOST = 3
"""Measured values that a reader can hold in mind at a time; a value and its interval are one."""


@pytest.mark.parametrize("page", PAGES)
def test_no_paragraph_has_more_numbers_than_one_can_read(page: str) -> None:
    paragraphs = [text for text in PAGES[page].split("\n\n") if not text.lstrip().startswith("|")]

    assert [text for text in paragraphs if len(set(MEASURED.findall(text))) > MOST] == []


CAPTION = re.compile(r"^```\{gallery\}[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
SIDES = re.compile(
    r"\b(?:on the |the )?(?:left|right)\b(?=[:,]| panel| side|-hand)|\bOn the (?:left|right)\b", re.IGNORECASE
)


@pytest.mark.parametrize("page", CHAPTERS)
def test_no_caption_says_left_or_right(page: str) -> None:
    """On a phone the panels stand one below the other."""
    captions = " ".join(CAPTION.findall(PAGES[page])).replace("Too small, right, too large", "")

    assert SIDES.findall(captions) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_year_has_no_thousands(page: str) -> None:
    """``{cited}`` writes 1,000 images; a year needs a format of its own."""
    cited_whole = [(name, cited(name)) for name in re.findall(r"\{cited\}`([\w.]+)`", PAGES[page])]

    assert [name for name, value in cited_whole if isinstance(value, int) and 1900 <= value <= 2200] == []
