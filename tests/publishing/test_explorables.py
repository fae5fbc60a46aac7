"""Explorables on toy pages: what is in a page from the start, and what is left where nothing can be touched."""

import importlib
import json
import re
from html import unescape

import pytest

from lecture.data.literature import gpus
from lecture.publishing.directives.explorables import NAMES
from lecture.publishing.explored import gradient, roof
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


@pytest.mark.parametrize("name", NAMES)
def test_presets_set_only_what_the_controls_can_have(name, smoke, monkeypatch):
    monkeypatch.setenv("LECTURE_PRESET", "smoke")
    explorable = importlib.import_module(f"lecture.publishing.explored.{name}").EXPLORABLE
    form = explorable.controls(explorable.found())
    for preset in explorable.presets:
        for control, value in preset.state.items():
            assert legal(form, control, value), (preset.name, control, value)


def legal(form, control, value):
    """Return whether a control of a form can have a value: a slider on one of its steps, a choice among its own."""
    (slider_,) = re.findall(rf'type="range" name="{control}" min="(.*?)" max="(.*?)" step="(.*?)"', form) or [None]
    if slider_:
        low, high, step = map(float, slider_)
        place = (float(value) - low) / step
        return low <= float(value) <= high and abs(place - round(place)) < 1e-6
    values = re.findall(rf'type="radio" name="{control}" value="(.*?)"', form)
    return value in (values or ("0", "1"))


def test_alexnets_batch_is_on_the_slider():
    (card,) = (preset for preset in roof.EXPLORABLE.presets if preset.state["roof"] == f"{gpus.GTX_580.year}")
    assert 2 ** int(card.state["batch"]) == gpus.BATCH


def test_words_are_escaped():
    assert "<b>" not in slider("x", "<b>", 0, 1, 0.1, 0.5)
