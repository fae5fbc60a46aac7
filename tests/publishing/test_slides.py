"""A slide has a question, a figure of the gallery, verdicts that lead to their cards, and notes with their time."""

import re

import pytest
from tests.publishing.conftest import draw

from lecture.claims.verdict import Verdict
from lecture.publishing.directives.slides import clock, seconds

PAGE = (
    "# Slides\n\n"
    "```{slide} Why does *depth* fail?\n:figure: deep/plot_toy\n:claim: C10 C10.b\n:time: 0:50\n\n"
    "It was {measured}`C10.a`.\n```\n\n"
    "```{slide} And so?\n:time: 1:15\n\nThink.\n```\n"
)
CARDS = "---\norphan: true\n---\n# Cards\n\n```{gallery} deep/plot_toy\nA toy.\n```\n\n```{claim} C10\n```\n\n"
CARDS += "```{bibliography}\n```\n"


@pytest.fixture
def made(build):
    """A function that builds two slides, and the page with the card and the figure that they lead to."""
    draw(build.folder, "deep/plot_toy", "A toy\n\nTests C10.")
    return lambda *arguments, **options: build(*arguments, index=PAGE, cards=CARDS, **options)


def slides(built):
    assert built.status == 0, built.said
    assert "WARNING" not in built.said
    assert "ERROR" not in built.said
    return re.findall(r'<article[^>]*class="slide".*?</article>', built.page(), re.DOTALL)


def test_a_slide_shows_what_its_options_name(made):
    first, second = slides(made())
    assert re.search(r'<h2 id="slide-1-question">Why does <em>depth</em> fail\?</h2>', first)
    assert 'aria-labelledby="slide-1-question"' in first
    assert 'aria-label="A line &amp; 3 dots."' in first  # the drawing itself, as the scraper left it
    assert 'href="cards.html#fig-plot_toy"' in first
    assert 'href="gallery/deep/plot_toy.html"' in first
    assert "<details" not in second.partition("<summary>")[0].replace('<details class="notes">', "")
    assert "Of 70 parts" in second  # without a claim: how all came out


def test_a_verdict_has_its_sign_and_its_headline_and_leads_to_its_card(made):
    lines = re.findall(r"<li.*?</li>", slides(made())[0], re.DOTALL)
    told = [re.sub(r"<[^>]+>", "", line).replace("\xa0", " ").split() for line in lines]
    assert [" ".join(words) for words in told] == [
        "C10 ◐ holds in part A chain of slopes is nothing; stalling is open",
        "C10.b ? undecided Training stalls because of it.",
    ]
    assert [re.search(r'href="([^"]+)"', line)[1] for line in lines] == [
        "cards.html#claim-C10", "cards.html#claim-C10-b",
    ]  # fmt: skip


def test_a_changed_verdict_and_a_changed_number_change_the_slide(made, evidence):
    before = slides(made())[0]
    after = slides(made(evidence(Verdict.FAILS, value=5e-3)))[0]
    assert "verdict-in_part" in before
    assert "verdict-in_part" not in after
    assert after.count("verdict-undecided") == 1 + before.count("verdict-undecided")
    assert re.search(r"It was.*?5\.0 × 10⁻³", re.sub(r"<[^>]+>", "", after).replace("\xa0", " "), re.DOTALL)


def test_a_slide_begins_when_those_before_it_are_over(made):
    first, second = slides(made())
    assert re.search(r'data-begins="0:00"', first)
    assert re.search(r'data-begins="0:50"', second)
    assert "<summary>Notes: 1:15, from 0:50</summary>" in second


def test_on_paper_slides_are_text(made):
    built = made(builder="text")
    assert built.status == 0, built.said
    text = (built.output / "index.txt").read_text(encoding="utf-8")
    places = [text.find(words) for words in ("Why does", "C10", "holds in part", "Notes: 0:50", "It was", "And so?")]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(("builder", "file"), [("latex", "*.tex"), ("epub", "index.xhtml")])
def test_a_book_has_the_slides_too(made, builder, file):
    built = made(builder=builder)
    assert built.status == 0, built.said
    text = next(built.output.glob(file)).read_text(encoding="utf-8")
    assert text.count("sphx_glr_plot_toy_001") >= 1
    assert all(words in text for words in ("And so?", "Notes: 1:15, from 0:50", "Think."))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (":claim: C99\n:time: 0:10", "there is no claim 'C99'"),
        (":claim: C10.x\n:time: 0:10", "claim C10 has no part 'x'"),
        (":figure: deep/plot_lost\n:time: 0:10", "gallery/deep/plot_lost.py has drawn no figure"),
        (":claim: C10", "a slide takes its time of the talk"),
        (":time: soon", "a time has minutes and seconds"),
    ],
)
def test_a_mistake_is_an_error_with_its_place(build, options, said):
    built = build(index=f"# Slides\n\n```{{slide}} Why?\n{options}\n\nBecause.\n```\n")
    assert said in built.said
    assert re.search(r"index\.md:\d+", built.said)


def test_a_time_is_read_and_written():
    assert seconds("1:05") == 65
    assert clock(65) == "1:05"
    for wrong in ("65", "1:60", "0:5", ""):
        with pytest.raises(ValueError, match="minutes and seconds"):
            seconds(wrong)
