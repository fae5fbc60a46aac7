"""The slides keep the talk's time: ten minutes in its order, and notes that can be spoken while a slide stands."""

import re
from pathlib import Path

import pytest

from lecture.claims.talk import STATEMENTS
from lecture.publishing.directives.chapters import END
from lecture.publishing.directives.slides import seconds

ROOT = Path(__file__).parents[2]
SLIDE = re.compile(r"^```\{slide\} ([^\n]+)\n((?::\w+: [^\n]+\n)+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
OPTION = re.compile(r"^:(\w+): (.+)$", re.MULTILINE)
SLIDES = [
    (question, dict(OPTION.findall(options)), notes)
    for question, options, notes in SLIDE.findall((ROOT / "book" / "slides.md").read_text(encoding="utf-8"))
]
WORDS_A_SECOND = 2.5
"""A quick speaker: 150 words a minute."""


def test_the_times_add_up_to_the_talks_ten_minutes() -> None:
    assert sum(seconds(options["time"]) for _, options, _ in SLIDES) == seconds(END) == 600
    assert 12 <= len(SLIDES) <= 16


def test_every_claim_is_told_in_the_order_of_the_talk() -> None:
    assert [id for _, options, _ in SLIDES for id in options.get("claim", "").split()] == list(STATEMENTS)


def test_a_slide_begins_when_the_talk_comes_to_its_subject() -> None:
    begin, found = 0, {}
    for _, options, _ in SLIDES:
        if "claim" in options:
            found[options["claim"].split()[0]] = begin
        begin += seconds(options["time"])
    assert {id: abs(begin - seconds(STATEMENTS[id].time)) <= 1 for id, begin in found.items()} == dict.fromkeys(
        found, True
    )


def test_every_slide_asks_and_shows_a_figure_of_its_own() -> None:
    assert [question for question, _, _ in SLIDES if not question.endswith("?")] == []
    figures = [options["figure"] for _, options, _ in SLIDES]
    assert [figure for figure in figures if not (ROOT / "gallery" / f"{figure}.py").is_file()] == []
    assert len({*figures}) == len(figures)


@pytest.mark.parametrize(("question", "options", "notes"), SLIDES)
def test_the_notes_can_be_spoken_in_their_time(question: str, options: dict[str, str], notes: str) -> None:
    silent = re.sub(r"\{asserts\}`[^`]*`|\]\([^)]*\)", "", notes)
    spoken = len(re.sub(r"\{\w+\}`[^`]*`", "twelve per cent", silent).split())
    assert 0.5 < spoken / seconds(options["time"]) / WORDS_A_SECOND < 1, question
