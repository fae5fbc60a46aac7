"""Explorables on toy pages: what is in a page from the start, and what is left where nothing can be touched."""

import importlib
import json
import re
from html import unescape

import numpy as np
import pandas as pd
import pytest
import torch

from lecture.data.literature import gpus
from lecture.experiments.when_to_use import order
from lecture.experiments.when_to_use.learner import FourInARowLearner, TicTacToeLearner
from lecture.models.board_games import O, X, game
from lecture.publishing.directives.explorables import NAMES
from lecture.publishing.explored import games, gradient, live, roof, shuffled
from lecture.publishing.explored.causes import CAUSES, CELLS, _has
from lecture.publishing.explored.controls import slider
from lecture.seeds import Seeds
from lecture.training.self_play import answers, evaluator

PAGE = "# Slopes\n\n```{explorable} gradient\nDoes it *vanish*?\n```\n"


@pytest.fixture
def html(build):
    built = build(index=PAGE)
    assert built.status == 0, built.said
    return built.page("index")


def test_question_controls_and_records_are_in_the_page(html):
    (section,) = re.findall(r'<section [^>]*class="explorable".*?</section>', html, re.DOTALL)
    assert "Does it <em>vanish</em>?" in section
    assert {*re.findall(r' name="(\w+)"', section)} == {"function", "depth", "scale", "norm", "shortcut", "seed"}
    found = json.loads(unescape(re.findall(r'data-found="([^"]*)"', section)[0]))
    assert len(found["signals"]) == len(found["labels"]) * 40 == gradient.SIGNALS * 40
    for preset in re.findall(r'data-set="([^"]*)"', section):
        assert json.loads(unescape(preset))["function"] in gradient.NAMES


def test_a_brief_one_has_no_presets_and_all_controls(build, html):
    brief = build(index=PAGE.replace("gradient\n", "gradient\n:brief:\n")).page("index")
    assert 'class="explorable brief"' in brief
    assert "data-set=" in html
    assert "data-set=" not in brief
    assert re.findall(r"<form.*?</form>", brief) == re.findall(r"<form.*?</form>", html) != []


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
    return value in (values or ("0", "1", ""))  # a switch, or what buttons have set


def test_alexnets_batch_is_on_the_slider():
    (card,) = (preset for preset in roof.EXPLORABLE.presets if preset.state["roof"] == f"{gpus.GTX_580.year}")
    assert 2 ** int(card.state["batch"]) == gpus.BATCH


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


def test_a_written_weight_is_off_by_half_a_step_at_most():
    weights = torch.randn(1000, generator=torch.Generator().manual_seed(0)).tolist()
    step, text = games.written(weights)
    assert len(text) == pytest.approx(2000 * 4 / 3, abs=4)
    assert games.weights(step, text) == pytest.approx(weights, abs=0.501 * step)
    assert max(map(abs, games.weights(step, text))) == pytest.approx(max(map(abs, weights)))


@pytest.mark.parametrize("learner", [TicTacToeLearner, FourInARowLearner])
def test_a_written_learner_believes_what_the_kept_one_does(monkeypatch, learner):
    monkeypatch.setenv("LECTURE_PRESET", "smoke")
    settings = learner.preset()
    rules, table = game(settings.name_of_game), settings.run(torch.device("cpu"))
    monkeypatch.setattr("lecture.records.read", lambda _: table)
    given = games._game(settings)
    assert [one["words"] for one in given["learners"]] == ["0 games", "4 games"]
    for one, (_, runs) in zip(given["learners"], table.groupby("games"), strict=True):
        written = evaluator(rules, settings.network(games.weights(one["step"], one["weights"])), 1)
        kept = evaluator(rules, settings.network(runs["weight"].tolist()), 1)
        everywhere = np.arange(len(rules.boards))
        for mine, other in zip(written(everywhere), kept(everywhere), strict=True):
            np.testing.assert_allclose(mine, other, atol=0.0005)
        favourites = written(everywhere)[0].argmax(1)[None, :, None] == np.arange(rules.moves.shape[1])
        misplayed = rules.blunders(favourites).sum() / (~rules.over).sum()
        tried = [rules.lost(answers(rules, written, 1, 0, side), side) for side in (X, O)]
        lost, lines = (sum(part).item() for part in zip(*tried, strict=True))
        assert f"loses {100 * lost / lines:.2g} % of all lines" in one["strength"]
        assert f"misplays {100 * misplayed:.2g} % of" in one["strength"]


def test_shuffled_examples_are_the_same_points_elsewhere():
    first = Seeds((0,), torch.device("cpu"))
    examples = shuffled._examples(order.both_orders(first, 60, 40), shuffled._heights)
    assert [example["label"] for example in examples] == list(range(10))
    for example in examples:
        in_order, mixed = example["orders"]
        assert sorted(in_order) == sorted(mixed)
        assert in_order != mixed
    assert shuffled._greys(torch.tensor([[0.0, 1.0], [0.5, 0.06]])) == "0941"


def test_errors_of_a_seed_stand_beside_each_other():
    rows = [("ordered", 1, 0.9), ("ordered", 0, 0.8), ("shuffled", 0, 0.5), ("shuffled", 1, 0.4)]
    runs = pd.DataFrame(rows, columns=["order", "seed", "test_accuracy"]).assign(model="CNN")
    (model,) = shuffled._models(runs)
    assert model["bet"] == "cnn"
    assert model["errors"] == [[20.0, 10.0], [50.0, 60.0]]
