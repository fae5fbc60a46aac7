"""Things to touch: by finger, mouse, keyboard and ear; the address restores them; their numbers are the library's."""

import json
from dataclasses import replace
from functools import partial
from itertools import combinations
from math import floor, hypot, inf, log2, pi, prod, sqrt
from pathlib import Path
from statistics import geometric_mean, mean

import numpy as np
import pytest
import torch
from tests.browser.conftest import AXE, from_npm, violations
from tests.browser.test_every_page import RULES

from lecture.experiments.gpu.roofline import Roofline
from lecture.experiments.gradient_vanishing.neuron import NEURON
from lecture.experiments.gradient_vanishing.surfaces import SURFACES
from lecture.experiments.when_to_use.learner import FourInARowLearner, TicTacToeLearner
from lecture.models import board_games
from lecture.models.layers import BatchNorm, Linear
from lecture.models.mlp import mlp
from lecture.models.residual import Skip
from lecture.publishing.explored import descent, games
from lecture.records import read
from lecture.seeds import Seeds
from lecture.training.loss import cross_entropy
from lecture.training.self_play import evaluator

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PLACES = {
    "gradient": "gradient_vanishing", "causes": "summary", "law": "saturation", "one_run": "how_we_test",
    "live": "playground", "descent": "playground", "games": "playground", "shuffled": "playground", "roof": "gpu",
}  # fmt: skip
SHOWN = [*PLACES.items(), ("gradient", "index")]
"""Each explorable with a page that has it."""
SCRIPTS = Path("book/_static/explore")
MOST, IN_ALL = 15_000, 60_000
"""Bytes of a script, and of all without comments and indentation: no page has more than a few of them."""
STATES = [
    {"function": "sigmoid", "depth": 16, "scale": 0.58, "norm": 0, "shortcut": 0, "seed": 1},
    {"function": "tanh", "depth": 64, "scale": 1, "norm": 0, "shortcut": 0, "seed": 2},
    {"function": "relu", "depth": 5, "scale": 1.41, "norm": 0, "shortcut": 0, "seed": 3},
    {"function": "linear", "depth": 1, "scale": 2.5, "norm": 0, "shortcut": 0, "seed": 4},
    {"function": "relu", "depth": 20, "scale": 1.41, "norm": 0, "shortcut": 1, "seed": 5},
    {"function": "sigmoid", "depth": 9, "scale": 4, "norm": 0, "shortcut": 1, "seed": 6},
    {"function": "sigmoid", "depth": 16, "scale": 0.58, "norm": 1, "shortcut": 0, "seed": 1},
    {"function": "relu", "depth": 56, "scale": 1.41, "norm": 1, "shortcut": 0, "seed": 7},
    {"function": "tanh", "depth": 12, "scale": 0.1, "norm": 1, "shortcut": 0, "seed": 8},
    {"function": "linear", "depth": 1, "scale": 1, "norm": 1, "shortcut": 1, "seed": 9},
    {"function": "relu", "depth": 30, "scale": 1.41, "norm": 1, "shortcut": 1, "seed": 10},
    {"function": "linear", "depth": 64, "scale": 1, "norm": 1, "shortcut": 0, "seed": 11},
]
LIBRARY = {"sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh, "relu": torch.nn.ReLU, "linear": torch.nn.Identity}
WALKS = [
    {"land": "bowl", "x": -1.6, "y": 1.1, "step": -0.52},
    {"land": "bowl", "x": 2, "y": -0.01, "step": 0.29, "momentum": 0.5},
    {"land": "ravine", "x": -1.6, "y": 1.1, "step": -1.1},
    {"land": "ravine", "x": -1.6, "y": 1.1, "step": -1.09},
    {"land": "ravine", "x": 0.7, "y": 1.9, "step": -1.5, "stretch": 7, "momentum": 0.9},
    {"land": "saddle", "x": -1.6, "y": 0, "step": -0.7},
    {"land": "saddle", "x": -1.6, "y": 0.01, "step": -0.7, "momentum": 0.3},
    {"land": "plateau", "x": -0.4, "y": 0.5, "step": -1},
    {"land": "plateau", "x": -1.6, "y": 1.1, "step": 1},
    {"land": "neuron", "x": -0.8, "y": 0.6, "step": 0.6},
    {"land": "neuron", "x": 0, "y": -2, "step": 1, "momentum": 0.9},
]
HEIGHTS = {surface.name: surface.height for surface in (*SURFACES, NEURON)}


@pytest.fixture
def touch(site, visit, address):
    """Return a function that opens the page of an explorable, and gives it back with the page."""

    def come(name, state="", place="", **reader):
        page = visit(**reader)
        page.trouble = []
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.on("console", lambda said: said.type == "error" and page.trouble.append(said.text))
        place = place or PLACES[name]
        if f'data-explorable="{name}"' not in (site.folder / f"{place}.html").read_text(encoding="utf-8"):
            pytest.skip(f"{place}.md does not show it")
        page.goto(f"{address}/{place}.html{state}")
        section = page.locator(f"[data-explorable={name}]")
        if reader.get("java_script_enabled", True):
            section.locator("svg").first.scroll_into_view_if_needed()  # none begins before a reader comes near
            section.locator("svg > *").first.wait_for(state="attached")
        return page, section

    return come


def told(section):
    return section.locator(".told").inner_text()


def found(section):
    return json.loads(section.get_attribute("data-found"))


def place(page):
    """Return the state in the address, once it is there; not by polling in the page, which the policy forbids."""
    page.wait_for_timeout(700)
    return page.evaluate("location.hash")


def controls(section):
    return section.locator("form").evaluate(
        "form => [...form.elements].filter(e => e.name).map(e => [e.name, e.type, e.value, e.checked])"
    )


def gradients(page, state, given):
    """Return what the page computes of a state."""
    words = {name: str(value) for name, value in state.items()}
    return page.evaluate("([state, found]) => explore.gradient.compute(state, found)", [words, given])


def twin(state, given, weights):
    """Return the library's network with the page's weights, in double precision: its layers, shortcuts, the rest."""
    stream = Seeds((0,), torch.device("cpu")).stream("weights")
    model = mlp(
        stream,
        depth=state["depth"],
        width=given["width"],
        activation=LIBRARY[state["function"]],
        norm=partial(BatchNorm, stream=stream) if state["norm"] else None,
    ).double()
    for layer, values in zip((m for m in model if isinstance(m, Linear)), weights, strict=True):
        layer.weight.data = torch.tensor(values, dtype=torch.float64).view_as(layer.weight)
        layer.bias.data.zero_()
    parts = list(model)
    size = (len(parts) - 1) // state["depth"]  # of a layer: weights, perhaps normalisation, function
    layers = [torch.nn.Sequential(*parts[i : i + size]) for i in range(0, size * state["depth"], size)]
    handed = [Skip(layer) if state["shortcut"] and n else layer for n, layer in enumerate(layers)]
    return layers, torch.nn.Sequential(*handed, parts[-1])


@pytest.mark.parametrize("state", STATES, ids=lambda state: "-".join(map(str, state.values())))
def test_the_gradients_of_the_page_are_the_librarys(touch, state):
    """The page's own weights in the book's own network, in double precision, give the same gradient at every layer."""
    page, section = touch("gradient")
    given = found(section)
    here = gradients(page, state, given)
    layers, model = twin(state, given, here["weights"])
    slopes, spreads, function = [], [], LIBRARY[state["function"]]()
    for layer in layers:
        layer[-1].register_forward_hook(lambda _, z, __: slopes.append(slope_of(function, z[0])))
        layer[0].register_forward_hook(lambda _, __, z: spreads.append(spread_of(z) if state["norm"] else 1))
    signals = torch.tensor(given["signals"], dtype=torch.float64).view(1, len(given["labels"]), -1)
    handed_on = []
    for part in model[:-1]:
        signals = part(signals)
        signals.retain_grad()
        handed_on.append(signals)
    cross_entropy(model[-1](signals), torch.tensor(given["labels"]).view(1, -1)).sum().backward()
    norms = [one.grad.norm().item() for one in handed_on]
    assert here["norms"] == pytest.approx(norms, rel=1e-6, abs=0)
    assert here["slopes"] == pytest.approx(slopes, rel=1e-6)
    assert here["spreads"] == pytest.approx(spreads, rel=1e-6)
    branches = [state["scale"] * a / b for a, b in zip(slopes[1:], spreads[1:], strict=True)]
    passed = [hypot(state["shortcut"], branch) for branch in branches]
    assert here["foreseen"] == pytest.approx([prod(passed[n:]) for n in range(state["depth"])], rel=1e-6)
    if state["depth"] > 1:
        assert here["factor"] == pytest.approx((norms[0] / norms[-1]) ** (1 / (state["depth"] - 1)), rel=1e-6)
        assert here["predicted"] == pytest.approx(geometric_mean(passed), rel=1e-6)


def slope_of(function, z):
    """Return the root mean square of a function's slopes, by autograd."""
    z = z.detach().requires_grad_()
    (slope,) = torch.autograd.grad(function(z).sum(), z)
    return slope.square().mean().sqrt().item()


def spread_of(z):
    """Return what batch normalisation of sums ``[1, n, units]`` divides a gradient by that knows nothing of them."""
    n = z.shape[1]
    variance = z[0].var(0, correction=0) + torch.nn.BatchNorm1d(1).eps
    return (n / (n - 2) / (1 / variance).mean()).sqrt().item()


def test_theory_foresees_the_factor(touch):
    page, section = touch("gradient")
    for state in (*STATES[:3], *STATES[6:9], STATES[10]):
        here = gradients(page, state, found(section))
        assert here["predicted"] == pytest.approx(here["factor"], rel=0.1)


def test_normalisation_divides_noise_by_the_spread(touch):
    """What torch's own layer leaves of a gradient drawn at random, whatever the size of the sums."""
    draw = torch.Generator().manual_seed(0)
    z = torch.randn(16, 4096, generator=draw, dtype=torch.float64, requires_grad=True)
    noise = torch.randn(16, 4096, generator=draw, dtype=torch.float64)
    torch.nn.BatchNorm1d(4096, affine=False).double()(3 * z).backward(noise)
    assert (noise.norm() / z.grad.norm()).item() * 3 == pytest.approx(spread_of(3 * z[None]), rel=0.01)


def test_many_signals_grow_as_yang_and_others_derive(touch):
    """ReLU, normalised, without shortcuts: a layer multiplies by the root of π/(π - 1), whatever its weights."""
    page, section = touch("gradient")
    draw = torch.Generator().manual_seed(0)
    many = {"signals": torch.randn(300 * 40, generator=draw).tolist(), "labels": [n % 10 for n in range(300)]}
    for scale in (0.3, 3):
        state = {"function": "relu", "depth": 12, "scale": scale, "norm": 1, "shortcut": 0, "seed": 1}
        here = gradients(page, state, found(section) | many)
        assert here["predicted"] == pytest.approx(sqrt(pi / (pi - 1)), rel=0.04)
        assert here["factor"] == pytest.approx(sqrt(pi / (pi - 1)), rel=0.04)


def test_the_sentence_says_where_theory_fails(touch):
    """With shortcuts around ReLUs, and where a linear network's signals have become alike."""
    page, section = touch("gradient")
    for state in STATES:
        page.evaluate("([state]) => { location.hash = `gradient:${new URLSearchParams(state)}`; }", [state])
        here = gradients(page, state, found(section))
        apart = state["depth"] > 1 and abs(here["factor"] / here["predicted"] - 1) > 0.1
        assert ("as independent; here they are not" in told(section)) == apart, state
        assert ("with batch normalisation" in told(section)) == bool(state["norm"] and state["depth"] > 1)
    assert page.trouble == []


def test_normalised_relus_grow_towards_the_input(touch):
    page, section = touch("gradient")
    section.get_by_role("button", name="C13 fails").click()
    assert "C13, where it fails" in section.locator(".why").inner_text()
    here = gradients(page, STATES[7] | {"seed": 1}, found(section))
    assert here["norms"] == sorted(here["norms"], reverse=True)
    assert 1.15 < here["factor"] < 1.35
    section.get_by_role("button", name="C13 normalised").click()
    here = gradients(page, STATES[6], found(section))
    assert min(here["norms"]) > 0.1 * max(here["norms"])


def test_a_mouse_takes_a_preset_and_the_failure_says_so(touch):
    page, section = touch("gradient", width=1280)
    section.get_by_role("button", name="C12 fails").click()
    assert "C12, where it fails" in section.locator(".why").inner_text()
    assert "ReLU layers: each passes on 0.39" in told(section)
    assert section.locator("svg rect").count() == 16
    assert section.get_by_role("button", name="C12 fails").get_attribute("aria-pressed") == "true"
    assert page.trouble == []


def test_a_finger_moves_a_slider_and_chooses(touch):
    page, section = touch("gradient", width=390, has_touch=True)
    section.locator("[name=depth]").tap(position={"x": 290, "y": 12})
    assert section.locator("svg rect").count() > 50
    section.get_by_text("linear").tap()
    assert "linear layers" in told(section)
    assert page.trouble == []


def test_the_keyboard_moves_all_and_a_screen_reader_hears_the_values(touch):
    page, section = touch("gradient")
    slider = section.get_by_role("slider", name="Hidden layers")
    slider.focus()
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "64"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    assert section.locator("[data-value=scale]").inner_text() == "0.99"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert "64 tanh layers: each" in told(section)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert "with batch normalisation: each" in told(section)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert "with batch normalisation and shortcuts: each" in told(section)
    place(page)
    assert told(section) in section.get_by_role("status").text_content()
    assert told(section) in section.locator("svg").first.get_attribute("aria-label")


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("gradient", "#gradient:function=tanh&depth=33&scale=1.07&norm=1&shortcut=1&seed=12"),
        ("causes", "#causes:depth=0&data=1&compute=0&guess=71&seen=full-5.only_data-71"),
        ("law", "#law:method=0&slope=0.37&level=1.12&forecast=0~4.56"),
        ("one_run", "#one_run:comparison=1&runs=2&seed=7&all=1"),
        (
            "live",
            "#live:function=tanh&start=He&depth=7&width=20&norm=1&shortcut=1&optimiser=adam&rate=-2.5&data=rings&seed=4",
        ),
        ("games", "#games:game=four&learner=1&side=O&view=yours&drawn=1&moves=40&seed=7"),
        ("shuffled", "#shuffled:data=signals&example=2&shuffled=1&simple=3&mlp=0&cnn=41&gru=60&open=digits.signals"),
        ("descent", "#descent:land=neuron&x=-0.37&y=1.25&step=0.61&stretch=12&momentum=0.35&steps=77"),
        ("roof", "#roof:layer=conv3&roof=2010&batch=9"),
    ],
)
def test_the_address_restores_the_state_exactly(touch, visit, name, state):
    page, section = touch(name, state)
    wanted = dict(pair.split("=") for pair in state.partition(":")[2].split("&"))
    shown = {n: ("01"[c] if t == "checkbox" else v) for n, t, v, c in controls(section) if t != "radio" or c}
    assert shown == wanted
    assert section.evaluate("e => e.getBoundingClientRect().top") < 900
    section.locator("form").evaluate("form => form.dispatchEvent(new Event('input'))")
    assert place(page).startswith(f"#{name}:")
    other = visit(page.url)
    again = other.locator(f"[data-explorable={name}]")
    again.locator("svg > *").first.wait_for(state="attached")
    assert controls(again) == controls(section)
    assert told(again) == told(section)
    page.evaluate("location.hash = ''")
    assert page.trouble == []


def test_a_broken_address_is_no_harm(touch):
    page, section = touch("gradient", "#gradient:function=none&depth=9999&scale=x&nothing=1")
    assert "64 sigmoid layers" in told(section)
    assert page.trouble == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_the_first_screen_of_the_book_has_a_slider(touch, width, height):
    page, section = touch("gradient", place="index", width=width, height=height, has_touch=width < 500)
    page.locator(".bd-header-announcement").evaluate_all("all => all.forEach(e => e.remove())")  # of the small preset
    slider = section.get_by_role("slider", name="Hidden layers")
    for part in (page.locator("h1:visible"), page.locator(".lede"), section.locator("svg"), slider):
        box = part.first.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
    assert page.evaluate("scrollY") == 0
    assert section.locator("[data-set], .why:visible").count() == 0
    at = {"x": slider.bounding_box()["width"] - 2, "y": 12}
    slider.tap(position=at) if width < 500 else slider.click(position=at)
    assert section.locator("svg rect").count() == 64
    assert "64 sigmoid layers" in told(section)
    slider.focus()
    page.keyboard.press("Home")
    assert "One hidden layer" in told(section)
    assert place(page).startswith("#gradient:depth=1&")
    assert page.trouble == []


def test_two_pages_have_it_and_each_keeps_its_own_state(touch):
    state = "#gradient:depth=40&scale=1.41&function=relu&norm=1&shortcut=0&seed=3"
    _, first = touch("gradient", state, place="index")
    _, second = touch("gradient", state)
    assert told(first) == told(second)
    assert controls(first) == controls(second)
    assert found(first) == found(second)


def test_the_landing_page_has_a_figure_without_scripts_and_on_paper(touch):
    page, section = touch("gradient", place="index", java_script_enabled=False)
    assert section.get_by_text("The figure below shows five such networks.").is_visible()
    figure = page.locator("figure.plot")
    assert figure.is_visible()
    assert figure.bounding_box()["y"] > section.bounding_box()["y"]
    page.emulate_media(media="print")
    assert not section.is_visible()
    assert figure.is_visible()


def test_the_causes_open_only_after_a_guess(touch):
    page, section = touch("causes")
    cells = {cell["key"]: cell for cell in found(section)["cells"]}
    assert len(cells) == 8
    assert section.locator("circle").count() == 0
    section.get_by_role("checkbox", name="computing").uncheck()
    section.get_by_role("slider").fill("33")
    assert "The records" not in told(section)
    section.get_by_role("button", name="Reveal").click()
    errors = cells["no_compute"]["errors"]
    assert section.locator("circle").count() == len(errors)
    assert "You guessed 33 %" in told(section)
    assert f"The records: {float(f'{mean(errors):.2g}'):g} %" in told(section)
    section.locator("rect").nth(7).click()
    assert not section.get_by_role("checkbox", name="trainable depth").is_checked()
    for row in range(8):
        section.locator("rect").nth(row).click()
        section.get_by_role("button", name="Reveal").click()
    alone = mean(cells["nothing"]["errors"]) - mean(cells["only_data"]["errors"])
    assert f"{float(f'{alone:.2g}'):g} alone".replace("-", "−") in told(section)
    section.get_by_role("button", name="Close all").click()
    assert section.locator("circle").count() == 0
    assert page.trouble == []


def test_a_line_is_dragged_and_foretells_before_it_reveals(touch):
    page, section = touch("law")
    last = found(section)["methods"][-1]["points"][-1]
    assert "measured" not in told(section)
    before = dict(section.locator("form").evaluate("form => Object.fromEntries(new FormData(form))"))
    section.locator("svg").first.scroll_into_view_if_needed()
    grip = section.locator("circle.take").last.bounding_box()
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 40, steps=5)
    page.mouse.up()
    after = dict(section.locator("form").evaluate("form => Object.fromEntries(new FormData(form))"))
    assert float(after["slope"]) > float(before["slope"])
    section.get_by_role("button", name="Commit, and reveal").click()
    assert "You foretold" in told(section)
    measured = float(f"{last['mean']:.3g}")
    assert f"measured is {measured:g} %" in told(section)
    section.get_by_role("slider", name="Slope").fill("1")
    assert "three times the data removes 67 % of the error, and to halve it takes 2 times the data" in told(section)
    assert page.trouble == []


@pytest.mark.parametrize("runs", [1, 2])
def test_the_share_that_misleads_is_counted(touch, runs):
    page, section = touch("one_run", f"#one_run:comparison=1&runs={runs}&all=0&seed=3")
    assert "opposite" not in told(section)
    section.get_by_role("checkbox", name="show all runs").check()
    one = found(section)["comparisons"][1]
    truth = mean(one["values"]) > one["bar"]
    ways = [mean(some) > one["bar"] for some in combinations(one["values"], runs)]
    assert f"Of the {len(ways)} ways" in told(section)
    assert f", {sum(way != truth for way in ways)} would have told you the opposite" in told(section)
    section.get_by_role("button", name="Draw again").click()
    assert "seed=4" in place(page)
    assert page.trouble == []


LEARNERS = {"tictactoe": TicTacToeLearner, "four": FourInARowLearner}


def rules_of(key):
    return board_games.game(LEARNERS[key].preset("smoke").name_of_game)


def networks(key, given):
    """Return the library's networks with the weights that the page has."""
    settings = LEARNERS[key].preset("smoke", width=given["sizes"][1])
    return [settings.network(games.weights(one["step"], one["weights"])) for one in given["learners"]]


@pytest.mark.parametrize("key", LEARNERS)
def test_the_learner_in_the_page_believes_what_the_librarys_network_believes(touch, key):
    page, section = touch("games")
    given, rules = found(section)[key], rules_of(key)
    places = np.flatnonzero(~rules.over)[:: len(rules.boards) // 700]
    boards = [rules.boards[place] for place in places]
    for number, network in enumerate(networks(key, given)):
        shares, values = evaluator(rules, network, 1)(places)
        here = page.evaluate(
            "([game, number, boards]) => boards.map(board => explore.games.opinion(game, number, board))",
            [given, number, boards],
        )
        np.testing.assert_allclose([one["shares"] for one in here], shares, atol=1e-5)
        np.testing.assert_allclose([one["value"] for one in here], values, atol=1e-5)


@pytest.mark.parametrize("key", LEARNERS)
def test_the_page_solves_the_game_as_the_library_does(touch, key):
    page, section = touch("games")
    rules = rules_of(key)
    drawn = np.random.default_rng(0).permutation(len(rules.boards))[:6000]
    worth = page.evaluate(
        "([game, boards]) => boards.map(board => explore.games.worth(game, board))",
        [found(section)[key], [rules.boards[place] for place in drawn]],
    )
    assert worth == rules.minimax[drawn].tolist()


@pytest.mark.parametrize(
    ("key", "way", "side"),
    [
        ("tictactoe", "mouse", "X"), ("tictactoe", "finger", "O"), ("tictactoe", "keyboard", "X"),
        ("four", "mouse", "O"), ("four", "finger", "X"), ("four", "keyboard", "O"),
    ],
)  # fmt: skip
def test_whoever_plays_perfectly_does_not_lose(touch, key, way, side):
    page, section = touch("games", f"#games:game={key}&side={side}", has_touch=way == "finger")
    which = int(section.get_by_role("slider", name="It has played").input_value())
    rules, network = rules_of(key), networks(key, found(section)[key])[which]
    asked, sign, place = evaluator(rules, network, 1), 1 if side == "X" else -1, 0
    squares = section.locator(".board:visible button")
    while not rules.over[place]:
        mine = rules.x_moves[place] == (side == "X")
        if mine:
            legal = np.flatnonzero(rules.moves[place] >= 0)
            move = legal[(sign * rules.minimax[rules.moves[place][legal]]).argmax()]
        else:
            shares = asked(np.array([place]))[0][0]
            move = shares.argmax()
        filled = squares.nth(rules.rules.square(rules.boards[place], int(move)))
        if mine:
            touched = squares.nth(int(move))  # where marks fall, the uppermost of its column
            if way == "keyboard":
                filled.focus()
                page.keyboard.press("Enter")
            else:
                (touched.tap if way == "finger" else touched.click)()
            assert filled.locator("b").inner_text() == side
        else:
            assert filled.locator("small").inner_text() == f"{100 * shares[move]:.0f} %"
            assert f"it gave {100 * shares[move]:.0f} %" in told(section)
            chosen = (np.arange(len(shares)) == move)[None, None].repeat(len(rules.boards), 1)
            assert ("A mistake" if rules.blunders(chosen)[0, place] else "No mistake") in told(section)
        place = rules.moves[place, move]
    assert ("You win." if sign * rules.outcome[place] > 0 else "A draw.") in told(section)
    assert section.locator(".won:visible").count() == (rules.rules.line if rules.outcome[place] else 0)
    assert section.locator("svg circle").count() == 1 + rules.rules.squares - rules.boards[place].count(".")
    squares.first.click()  # the game is over
    assert ("You win." if sign * rules.outcome[place] > 0 else "A draw.") in told(section)
    section.get_by_role("button", name="New game").click()
    assert "Your move" in told(section)
    assert page.trouble == []


def test_beliefs_are_heard_and_a_move_can_be_taken_back(touch):
    page, section = touch("games")
    section.get_by_role("button", name="centre").click()
    assert section.get_by_role("button", name="centre, X").count() == 1
    names = section.locator(".board:visible button").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert sum(int(name.split()[-2]) for name in names if "%" in name) == pytest.approx(100, abs=4)
    section.get_by_text("your next move").click()
    assert section.locator(".board small").evaluate_all("all => all.filter(one => one.textContent).length") == 7
    section.get_by_text("nothing", exact=True).click()
    assert "%" not in section.locator(".board:visible").inner_text()
    before = section.locator(".board:visible").inner_text()
    section.locator(".board:visible button:has(b:empty)").first.click()
    section.get_by_role("button", name="Take back").click()
    assert section.locator(".board:visible").inner_text() == before
    assert page.trouble == []


def test_another_game_begins_anew_on_its_own_board(touch):
    page, section = touch("games", "#games:moves=40")
    height = section.evaluate("e => e.offsetHeight")
    section.get_by_role("radio", name="tic-tac-toe").focus()
    page.keyboard.press("ArrowRight")
    assert section.locator(".board:visible button").count() == 16
    assert section.locator(".board:visible b:not(:empty)").count() == 0
    assert section.evaluate("e => e.offsetHeight") == height
    assert "game=four" in place(page)
    assert "moves=&" in place(page)


def test_a_mark_falls_and_a_full_column_takes_none(touch):
    page, section = touch("games", "#games:game=four&moves=0000")
    names = section.locator(".board:visible button").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert [name.partition(";")[2] for name in names[4:8]] == [" column full", *3 * [" falls to row 1"]]
    assert [name.partition(",")[0] for name in names[12:]] == [f"column {column}" for column in (1, 2, 3, 4)]
    assert names[0].startswith("column 1, row 4, O")
    stops = section.locator(".board:visible button[tabindex='0']")
    assert stops.evaluate_all("all => all.map(one => one.dataset.act)") == ["13", "14", "15"]
    section.get_by_role("button", name="column 1, row 2").click()
    assert section.locator(".board:visible b:not(:empty)").count() == 4
    section.get_by_role("button", name="column 3, row 4").click()
    assert section.get_by_role("button", name="column 3, row 1, X").count() == 1
    shares = section.locator(".board:visible small").all_inner_texts()
    assert sum(int(share.split()[0]) for share in shares if share) == pytest.approx(100, abs=2)
    assert page.trouble == []


def test_what_shuffling_costs_is_what_the_records_say(touch):
    _, section = touch("shuffled")
    given = found(section)
    assert section.locator("circle.thin").count() == 0
    assert "in order" in told(section)
    section.get_by_role("checkbox", name="shuffle its points").check()
    assert "shuffled: one permutation" in told(section)
    for data in ("digits", "signals"):
        section.get_by_text(data, exact=True).click()
        section.get_by_role("button", name="Reveal").click()
        models = given[data]["models"]
        assert section.locator("circle.thin").count() == sum(len(model["errors"][1]) for model in models)
        for model in models:
            ordered, mixed = model["errors"]
            grown = floor(10 * (mean(mixed) - mean(ordered)) + 0.5) / 10  # as a page rounds
            worse = sum(b > a for a, b in zip(ordered, mixed, strict=True))
            size = f"{abs(grown):g}"
            assert (
                f"{model['words']} {'−' if grown < 0 else '+'}{size} (you: +10), worse in {worse} of {len(ordered)}"
                in told(section)
            )
    section.get_by_role("button", name="Close").click()
    assert section.locator("circle.thin").count() == 0


def walked(page, section, state):
    """Return the state as controls have it, and what the page computes of it."""
    whole = {"stretch": 25, "momentum": 0, "steps": 200, **state}
    words = {name: str(value) for name, value in whole.items()}
    return whole, page.evaluate("([state, found]) => explore.descent.walk(state, found).path", [words, found(section)])


def height_of(state):
    """Return the library's landscape; its ravine has one stretch, so the others are written down here."""
    if state["land"] == "ravine" and state["stretch"] != 25:
        return lambda p: (p[0] ** 2 + state["stretch"] * p[1] ** 2) / 2
    return HEIGHTS[state["land"]]


@pytest.mark.parametrize("state", WALKS, ids=lambda state: f"{state['land']}-{state['step']}")
def test_the_walk_of_the_page_is_torchs(touch, state):
    """Autograd's gradient of the book's own landscapes and torch's optimiser lead through the same places."""
    page, section = touch("descent")
    state, path = walked(page, section, state)
    scale = found(section)["landscapes"][state["land"]]["scale"]
    p = torch.tensor([state["x"] * scale, state["y"] * scale], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([p], lr=10 ** state["step"], momentum=state["momentum"])
    places = [p.tolist()]
    for _ in path[1:]:
        optimiser.zero_grad()
        height_of(state)(p).backward()
        optimiser.step()
        places.append(p.tolist())
    given, wanted = (torch.tensor(all_, dtype=torch.float64) for all_ in (path, places))
    torch.testing.assert_close(given, wanted, rtol=1e-9, atol=1e-12)
    assert len(path) == 201 or given[-1].norm() > 100


@pytest.mark.parametrize(("step", "settles"), [(0.47, True), (0.48, False)])
def test_with_momentum_the_limit_is_further_out(touch, step, settles):
    page, section = touch("descent")
    _, path = walked(page, section, {"land": "bowl", "x": 1, "y": 1, "step": step, "momentum": 0.5})
    assert (10**step < 2 * (1 + 0.5)) == settles
    first, last = (max(abs(x) for x, _ in part) for part in (path[:20], path[-20:]))
    assert (last < first) == settles


def test_heights_and_slopes_of_the_page_are_the_librarys(touch):
    page, section = touch("descent")
    places = [[0.3, -0.7], [-1.2, 0.1], [0.0, 0.5], [4.0, -9.0]]
    for surface in (*SURFACES, NEURON):
        here = page.evaluate(
            "([land, found, places]) => places.map(explore.descent.walk({ land, x: 0, y: 0, step: 0, stretch: 25, "
            "momentum: 0, steps: 0 }, found).ground)", [surface.name, found(section), places])  # fmt: skip
        points = torch.tensor(places, dtype=torch.float64)
        wanted = torch.cat([surface.height(points)[:, None], surface.gradient(points)], 1)
        torch.testing.assert_close(torch.tensor(here, dtype=torch.float64), wanted, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ("C08 bowl", "below the limit 2. It arrives at step"),
        ("C08 ravine", "creeps"),
        ("C08 just below 2/λ", "= 1.99, below the limit 2. At step 200 it zigzags"),
        ("C08 just above 2/λ", "= 2.03, not below the limit 2. It leaves"),
        ("C08 with momentum", "below the limit 3.4. It arrives at step"),
        ("C08 on the ridge", "sits still, 1 from the bottom"),
        ("C08 plateau", "sits still, 1.9 from the bottom"),
        ("C09 neuron", "It arrives at step"),
        ("C09 saturated", "it creeps, 9 from the bottom"),
    ],
)
def test_a_walk_is_told_as_it_goes(touch, preset, words):
    page, section = touch("descent")
    section.get_by_role("button", name=preset).click()
    assert words in told(section)
    assert preset[:3] in section.locator(".why").inner_text()
    assert page.trouble == []


def test_every_preset_of_the_walker_is_told():
    told_of = test_a_walk_is_told_as_it_goes.pytestmark[0].args[1]
    assert [preset.name for preset in descent.EXPLORABLE.presets] == [name for name, _ in told_of]


def test_looking_around_finds_what_the_slope_does_not(touch):
    """At the saddle the slope is 0 and lower ground lies to both sides; far out on the plateau it is the reverse."""
    _, section = touch("descent", "#descent:land=saddle&x=0&y=0")
    assert "The slope there is 0; looking around finds another way down" in told(section)
    assert section.locator("path.way").count() == 0
    _, section = touch("descent", "#descent:land=plateau&x=2&y=2")
    assert "looking around finds nothing lower" in told(section)
    assert section.locator("path.way").count() == 1


def test_a_walker_is_dropped_by_a_finger_dragged_by_a_mouse_and_steps(touch):
    page, section = touch("descent", width=390, has_touch=True)
    drawing = section.locator("svg")
    drawing.scroll_into_view_if_needed()
    side = drawing.bounding_box()["width"]
    drawing.tap(position={"x": side * 0.75, "y": side * 0.25})
    x, y = (float(section.locator(f"[name={axis}]").input_value()) for axis in "xy")
    assert (x, y) == pytest.approx((1.05, 1.05), abs=0.02)
    grip = section.locator("circle.take").bounding_box()
    page.mouse.move(grip["x"] + 22, grip["y"] + 22)
    page.mouse.down()
    page.mouse.move(grip["x"] + 22 - side / 2, grip["y"] + 22, steps=3)
    page.mouse.up()
    assert float(section.locator("[name=x]").input_value()) == pytest.approx(-1.05, abs=0.03)
    section.get_by_role("slider", name="Steps taken").press("Home")
    assert "At step 0 it stands, 1." in told(section)
    section.get_by_role("button", name="take one step").click()
    assert "At step 1 it" in told(section)
    section.get_by_role("slider", name="Start, up").press("ArrowRight")
    section.get_by_role("radio", name="neuron").check()
    assert section.get_by_role("slider", name="Start, across").get_attribute("aria-valuetext").startswith("weight −5")
    assert page.trouble == []


def under_roof(page, given, **state):
    return page.evaluate("([state, found]) => explore.roof.compute(state, found)", [state, given])


def test_operations_and_bytes_of_the_page_are_the_librarys(touch):
    page, section = touch("roof")
    given = found(section)
    powers = tuple(2**n for n in range(13))
    many = replace(Roofline.preset("smoke"), numbers=1, side=2, batches=powers, images=(1, 8, 64), most=inf)
    jobs = [job for job in many.jobs(torch.device("cpu")) if job.layer in given["layers"]]
    assert {job.layer for job in jobs} == {*given["layers"]}
    for job in jobs:
        here = under_roof(page, given, layer=job.layer, roof="here", batch=log2(job.batch))
        assert (here["operations"], here["bytes"]) == (job.operations, job.bytes)
        assert here["intensity"] == pytest.approx(job.operations / job.bytes)


@pytest.mark.parametrize("roof", ["here", "2010", "2022"])
def test_from_that_batch_on_it_reaches_the_ridge(touch, roof):
    page, section = touch("roof")
    given = found(section)
    for layer in given["layers"]:
        here = under_roof(page, given, layer=layer, roof=roof, batch=0)
        if here["enough"] is None:  # infinite, as JSON has it
            continue
        there, before = (
            under_roof(page, given, layer=layer, roof=roof, batch=log2(size)) if size else {"intensity": 0}
            for size in (here["enough"], here["enough"] - 1)
        )
        assert before["intensity"] < here["ridge"] <= there["intensity"] * (1 + 1e-12)
        assert there["bound"] == pytest.approx(there["roof"]["gflops"])


def test_points_are_the_records_and_only_under_the_measured_roof(touch, smoke):
    page, section = touch("roof", "#roof:layer=full7&roof=here&batch=4")
    table = read(Roofline.preset("smoke"))
    rows = table[table.layer == "full7"]
    fastest = (rows.operations / rows.seconds / 1e9).groupby(rows.batch).max()
    here = under_roof(page, found(section), layer="full7", roof="here", batch=0)
    assert dict(here["points"]) == fastest.to_dict()
    assert section.locator("circle.grip").count() == len(fastest)
    assert f"Measured: {float(f'{fastest[16]:.3g}'):g} GFLOP/s" in told(section)
    section.get_by_role("slider", name="Examples at once").press("ArrowRight")
    assert "an upper bound; this batch was not measured" in told(section)
    assert section.get_by_role("slider").get_attribute("aria-valuetext") == "32"
    section.get_by_role("radio", name="H100").check()
    assert "nothing here ran on it" in told(section)
    assert section.locator("circle.grip").count() == 0
    assert page.trouble == []


@pytest.mark.parametrize(("name", "at"), SHOWN)
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_has_nothing_against_it(touch, name, at, theme, width):
    page, section = touch(name, place=at, color_scheme=theme, width=width)
    page.locator("section.explorable").evaluate_all("all => all.forEach(e => e.scrollIntoView())")
    assert violations(page, runOnly=RULES) == []
    assert section.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    colours = section.locator("svg text").evaluate_all("all => all.map(e => getComputedStyle(e).fill)")
    assert "rgb(0, 0, 0)" not in colours
    from_npm(AXE)


@pytest.mark.parametrize("name", PLACES)
def test_without_scripts_there_is_a_question_and_a_sentence(touch, name):
    _, section = touch(name, java_script_enabled=False)
    assert section.get_by_text("To try it, allow this page its scripts.").is_visible()
    assert not section.locator(".stage").is_visible()


@pytest.mark.parametrize("name", PLACES)
def test_it_works_from_a_file(site, visit, name):
    file = site.folder / f"{PLACES[name]}.html"
    if f'data-explorable="{name}"' not in file.read_text(encoding="utf-8"):
        pytest.skip(f"{PLACES[name]}.md does not show it")
    page = visit(file.as_uri())
    section = page.locator(f"[data-explorable={name}]")
    section.get_by_role("slider").first.press("ArrowRight")
    assert f"#{name}:" in place(page)
    assert told(section)


def test_scripts_are_small_and_come_only_where_they_are_used(site):
    texts = [path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.js")]
    assert max(len(text.encode()) for text in texts) <= MOST
    code = [line.strip() for text in texts for line in text.splitlines() if not line.strip().startswith(("//", "/**"))]
    assert len("\n".join(code).encode()) <= IN_ALL
    for path in site.folder.glob("*.html"):
        html = path.read_text(encoding="utf-8")
        used = {name for name in PLACES if f'data-explorable="{name}"' in html}
        loaded = {name for name in (*PLACES, "explore") if f"_static/explore/{name}.js" in html}
        assert loaded == (used | {"explore"} if used else set()), path.name


def test_eval_is_not_used():
    for path in SCRIPTS.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in ("eval(", "new Function", "innerHTML", "fetch(", "import ")), path


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(("name", "at"), SHOWN)
def test_nothing_moves_when_its_scripts_come(touch, visit, name, at, width):
    page, _ = touch(name, place=at, width=width)
    now = page.evaluate("document.querySelector('main').offsetHeight")
    early = visit(width=width)
    early.route("**/explore/*.js", lambda route: route.abort())
    early.goto(page.url)
    assert early.evaluate("document.querySelector('main').offsetHeight") == pytest.approx(now, abs=1)
