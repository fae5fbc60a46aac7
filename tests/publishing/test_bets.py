"""Bets: a question with three choices on the page, the question alone on paper, a line in the card of the section."""

import re

import pytest

PAGE = (
    "# Slopes\n\n## Small\n\n```{{bet}} {}\nDoes it *vanish*?\n```\n\n```{{claim}} C10\n```\n\n"
    "```{{bibliography}}\n```\n"
)


@pytest.fixture
def html(build):
    built = build(index=PAGE.format("C10"))
    assert built.status == 0, built.said
    return built.page("index")


def test_a_bet_is_a_question_with_a_button_for_each_choice(html):
    (bet,) = re.findall(r'<div class="bet">(.*?)</form>', html, re.DOTALL)
    assert "Does it <em>vanish</em>?" in bet
    assert "<legend>Your bet on C10: what the talk says</legend>" in bet
    choices = re.findall(r'<label><input type="radio" name="bet-C10" value="(\w+)">([^<]*)</label>', bet)
    assert choices == [("holds", "holds"), ("in_part", "holds in part"), ("fails", "does not hold")]


def test_the_card_has_a_line_for_each_choice_and_says_which_is_right(html):
    (card,) = re.findall(r'<section[^>]* id="claim-C10".*?</section>', html, re.DOTALL)
    lines = dict(re.findall(r'<span class="bet-(\w+)">([^<]*)</span>', card))
    assert lines == {
        "holds": "Your bet: holds. The records say: holds in part.",
        "in_part": "Your bet: holds in part. Right.",
        "fails": "Your bet: does not hold. The records say: holds in part.",
    }


def test_on_paper_the_question_stands_alone(build):
    built = build(builder="text", index=PAGE.format("C10"))
    assert built.status == 0, built.said
    text = (built.output / "index.txt").read_text(encoding="utf-8")
    assert "Does it *vanish*?" in text
    assert "Your bet" not in text


def test_a_bet_on_no_claim_is_an_error_with_its_place(build):
    built = build(index=PAGE.format("C99"))
    assert "{bet} C99" in built.said
    assert re.search(r"index\.md:\d+", built.said)
