"""Explorables on toy pages: what is in a page from the start, and what is left where nothing can be touched."""

import json
import re
from html import unescape

import pytest

from lecture.publishing.directives.explorables import NAMES
from lecture.publishing.explored import gradient, live
from lecture.publishing.explored.causes import CAUSES, CELLS, _has
from lecture.publishing.explored.controls import slider

PAGE = "# Slopes\n\n```{explorable} gradient\nDoes it *vanish*?\n```\n"


@pytest.fixture
def html(build):
    built = build(index=PAGE)
    assert built.status == 0, built.said
    return built.page("index")


def test_question_controls_and_records_are_in_the_page(html):
    (section,) = re.findall(r'<section [^>]*class="explorable".*?</section>', html, re.DOTALL)
    assert "Does it <em>vanish</em>?" in section
    assert {*re.findall(r' name="(\w+)"', section)} == {"function", "depth", "scale", "shortcut", "seed"}
    found = json.loads(unescape(re.findall(r'data-found="([^"]*)"', section)[0]))
    assert len(found["signals"]) == len(found["labels"]) * 40 == gradient.SIGNALS * 40
    for preset in re.findall(r'data-set="([^"]*)"', section):
        assert json.loads(unescape(preset))["function"] in gradient.NAMES


def test_nothing_is_spelled_out_in_the_page(html):
    body = html.partition("<body")[2]
    assert not re.findall(r'<section class="explorable".*? style=| on\w+="', body)


@pytest.mark.parametrize("builder", ["text", "singlehtml"])
def test_where_nothing_can_be_touched_nothing_asks_for_it(build, builder):
    built = build(builder=builder, index=PAGE)
    assert built.status == 0, built.said
    written = "".join(path.read_text(encoding="utf-8") for path in built.output.glob("index.*"))
    assert "Slopes" in written
    assert "vanish" not in written
    assert "explorable" not in written


def test_a_name_that_is_none_is_an_error_with_its_place(build):
    built = build(index=PAGE.replace("gradient", "gradints"))
    assert f"{{explorable}} gradints: there are {', '.join(NAMES)}" in built.said
    assert re.search(r"index\.md:\d+", built.said)


def test_every_cell_has_its_causes_and_no_two_the_same():
    sets = {frozenset(_has(key)) for key in CELLS}
    assert len(sets) == len(CELLS) == 2 ** len(CAUSES)
    assert _has("no_data") == ["depth", "compute"]


def test_words_are_escaped():
    assert "<b>" not in slider("x", "<b>", 0, 1, 0.1, 0.5)


def test_what_trains_has_its_points_and_presets_that_its_controls_can_show(build):
    html = build(index="# Train\n\n```{explorable} live\nDoes it *learn*?\n```\n").page("index")
    sets = json.loads(unescape(re.findall(r'data-found="([^"]*)"', html)[0]))["sets"]
    assert {name: len(points) for name, points in sets.items()} == dict.fromkeys(live.SETS, live.POINTS)
    assert all(abs(x) <= 1 and abs(y) <= 1 and label in (0, 1) for points in sets.values() for x, y, label in points)
    offered = {(name, value) for name, value in re.findall(r'type="radio" name="(\w+)" value="(\w+)"', html)}
    free = set(re.findall(r'type="(?:range|checkbox)" name="(\w+)"', html))
    for preset in live.EXPLORABLE.presets:
        assert all(name in free or (name, value) in offered for name, value in preset.state.items()), preset.name
