"""The network that trains in the page: its steps are the library's, it obeys its buttons, and it says what happens."""

import json
from functools import partial
from math import isfinite

import pytest
import torch
from torch import nn

from lecture.models.initialisers import INITIALISERS
from lecture.models.layers import BatchNorm, Linear
from lecture.models.mlp import mlp
from lecture.models.residual import Skip
from lecture.publishing.explored.live import EXPLORABLE
from lecture.seeds import Seeds
from lecture.training.loss import accuracy, cross_entropy
from lecture.training.optimisers import SGD, Adam

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

STREAM = Seeds((0,), torch.device("cpu")).stream("weights")
FUNCTIONS = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "relu": nn.ReLU}
OPTIMISERS = {"sgd": SGD, "momentum": partial(SGD, momentum=0.9), "adam": Adam}
USUAL = {
    "function": "tanh", "start": "Xavier", "depth": "5", "width": "12", "norm": "0", "shortcut": "0",
    "optimiser": "sgd", "rate": "-1", "data": "spirals", "seed": "1",
}  # fmt: skip
SETTINGS = [
    {},
    {"function": "sigmoid", "start": "default", "depth": "10", "width": "32", "optimiser": "momentum"},
    {"function": "relu", "start": "He", "optimiser": "momentum", "rate": "-2", "data": "rings", "seed": "2"},
    {"function": "relu", "start": "He", "depth": "8", "optimiser": "adam", "rate": "-2", "data": "quadrants"},
    {"norm": "1", "optimiser": "adam", "rate": "-2", "seed": "3"},
    {"function": "sigmoid", "depth": "10", "norm": "1", "optimiser": "momentum"},
    {"start": "default", "shortcut": "1", "depth": "30", "width": "7", "rate": "-3"},
    {"function": "relu", "start": "default", "shortcut": "1", "norm": "1", "rate": "-1.5", "data": "rings"},
    {"depth": "1", "shortcut": "1", "width": "2", "optimiser": "adam", "rate": "-1.5"},
]
TRAIN = """([state, found, steps]) => {
  const net = explore.live.build(state, found), all = () => net.parameters.map(({ v }) => [...v]);
  const start = all(), seen = [];
  const keep = () => seen.push({ x: [...net.x], labels: [...net.labels], norms: [...net.norms] });
  keep();
  for (let n = 0; n < steps; n++) { explore.live.step(net); keep(); }
  explore.live.forward(net, false);
  const losses = [...net.losses.slice(0, steps)], rights = [...net.rights.slice(0, steps)];
  return { start, seen, losses, rights, end: all(), scores: [...net.layers.at(-1).z] };
}"""
"""Trains in the page; of each batch, the one that is looked at before the first step included, keeps what was seen."""

LAST = """([state, found, steps]) => {
  const net = explore.live.build(state, found);
  for (let n = 0; n < steps; n++) explore.live.step(net);
  return net.losses.slice(0, net.steps).slice(-50).reduce((sum, loss) => sum + loss, 0) / Math.min(50, net.steps);
}"""
"""Trains in the page, and returns the mean of the last losses."""


@pytest.fixture
def live(visit, address):
    """Return a function that opens the page, and gives it back with the explorable."""

    def come(state="", **reader):
        page = visit(**reader)
        page.trouble = []
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        page.on("console", lambda said: said.type == "error" and page.trouble.append(said.text))
        page.goto(f"{address}/playground.html{state}")
        section = page.locator("[data-explorable=live]")
        section.locator("svg").first.scroll_into_view_if_needed()
        section.locator("svg > *").first.wait_for(state="attached")
        return page, section

    return come


def trained(page, section, state, steps):
    return page.evaluate(TRAIN, [state, json.loads(section.get_attribute("data-found")), steps])


def told(section):
    return section.locator(".told").inner_text()


def steps_in(section):
    return int(told(section).removeprefix("Step ").partition(":")[0])


def press(section, name):
    section.get_by_role("button", name=name, exact=True).click()


def network(state):
    """Return the library's network of a state: what a layer is made of, in one shortcut where that is asked for."""
    norm = partial(BatchNorm, stream=STREAM) if state["norm"] == "1" else None
    depth, activation = int(state["depth"]), FUNCTIONS[state["function"]]
    plain = mlp(STREAM, depth=depth, width=int(state["width"]), activation=activation, norm=norm, inputs=2, classes=2)
    layers, size = list(plain), 3 if norm else 2
    if state["shortcut"] == "1":
        hidden = [Skip(nn.Sequential(*layers[i : i + size])) for i in range(size, len(layers) - 1, size)]
        return nn.Sequential(*layers[:size], *hidden, layers[-1]).double()
    return plain.double()


@pytest.mark.parametrize("changed", SETTINGS, ids=lambda state: "-".join(state.values()) or "usual")
def test_twenty_steps_of_the_page_are_the_librarys(live, changed):
    """The page's own weights and batches in the book's own network and optimisers, in double precision."""
    state, steps = USUAL | changed, 20
    here = trained(*live(), state, steps)
    model = network(state)
    for parameter, start in zip(model.parameters(), here["start"], strict=True):
        parameter.data = torch.tensor(start, dtype=torch.float64).view_as(parameter)
    optimiser = OPTIMISERS[state["optimiser"]](model, lr=10 ** float(state["rate"]))
    linear = [part for part in model.modules() if isinstance(part, Linear)]
    losses, rights = [], []
    for batch in here["seen"]:
        labels = torch.tensor(batch["labels"]).long().view(1, -1)
        scores = model(torch.tensor(batch["x"], dtype=torch.float64).view(1, -1, 2))
        loss = cross_entropy(scores, labels)
        model.zero_grad()
        loss.sum().backward()
        assert batch["norms"] == pytest.approx([part.weight.grad.norm().item() for part in linear], rel=1e-6, abs=1e-30)
        if batch is not here["seen"][0]:  # that one was only looked at
            losses.append(loss.item())
            rights.append(accuracy(scores, labels).item())
            optimiser.step()
    assert here["losses"] == pytest.approx(losses, rel=1e-6, abs=0)
    assert here["rights"] == pytest.approx(rights, abs=1e-9)
    for parameter, end in zip(model.parameters(), here["end"], strict=True):
        # Before a normalisation a bias has no gradient but rounding, which Adam takes for a direction: hence abs.
        assert end == pytest.approx(parameter.flatten().tolist(), rel=1e-6, abs=1e-7)
    answers = model.eval()(torch.tensor(here["seen"][-1]["x"], dtype=torch.float64).view(1, -1, 2))
    assert here["scores"] == pytest.approx(answers.flatten().tolist(), rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("start", ["default", "Xavier", "He"])
def test_weights_start_as_the_librarys_do(live, start):
    page, section = live()
    here = trained(page, section, USUAL | {"start": start, "width": "48", "depth": "3"}, 0)["start"]
    weights, biases = torch.tensor(here[2]), torch.tensor(here[3])
    theirs = INITIALISERS[start](STREAM, 48, 48, (48, 48))
    assert weights.std().item() == pytest.approx(theirs.std().item(), rel=0.05)
    assert weights.mean().abs() < 0.02
    assert weights.abs().max().item() == pytest.approx(theirs.abs().max().item(), rel=0.01 if start != "He" else 0.4)
    assert bool(biases.any()) is (start == "default")


PRESETS = {
    "C10 stalls": (0.65, 0.75), "C12 ReLU": (0, 0.2), "C12 fails": (0.65, 0.75), "C13 normalised": (0, 0.35),
    "C13 Adam alone": (0.65, 0.75), "C14 thirty layers": (0, 0.2), "C14 diverges": None,
}  # fmt: skip
"""Between which bounds the loss lies in the end; of whatever diverges, none."""


@pytest.mark.parametrize("preset", EXPLORABLE.presets, ids=lambda preset: preset.name)
def test_presets_do_what_their_sentences_say(live, preset):
    page, section = live()
    bounds, given = PRESETS[preset.name], json.loads(section.get_attribute("data-found"))
    for seed, rate in (("1", preset.state["rate"]), ("2", preset.state["rate"] if bounds else "-4")):
        state = USUAL | dict(preset.state) | {"seed": seed, "rate": rate}
        loss = page.evaluate(LAST, [state, given, 400 if bounds else 50])
        assert bounds[0] < loss < bounds[1] if bounds else not isfinite(loss)


def test_a_button_runs_and_pauses_it_and_one_step_is_one_step(live):
    page, section = live()
    page.wait_for_timeout(500)
    assert steps_in(section) == 0, "nothing runs by itself"
    press(section, "One step")
    assert steps_in(section) == 1
    press(section, "Run")
    page.wait_for_timeout(1500)
    press(section, "Pause")
    done = steps_in(section)
    assert done > 10
    page.wait_for_timeout(900)
    assert steps_in(section) == done
    assert told(section) in section.get_by_role("status").text_content()
    assert told(section) in section.locator("svg").first.get_attribute("aria-label")
    assert section.locator("svg rect").count() == 11
    press(section, "From the start")
    assert steps_in(section) == 0
    assert page.trouble == []


def test_the_page_answers_while_it_trains(live):
    """A change arrives while the largest network trains, and takes effect."""
    page, section = live("#live:depth=30&width=48&norm=1")
    press(section, "Run")
    page.wait_for_timeout(500)
    section.get_by_text("tanh", exact=True).click(timeout=3000)
    section.get_by_role("slider", name="Hidden layers").fill("4", timeout=3000)
    assert section.locator("svg rect").count() == 5
    page.wait_for_timeout(500)
    assert steps_in(section) > 0, "it goes on with the network that was asked for"
    press(section, "Pause")
    assert page.trouble == []


def test_where_motion_is_unwelcome_it_runs_when_told_and_draws_seldom(live):
    page, section = live(reduced_motion="reduce")
    page.wait_for_timeout(500)
    assert steps_in(section) == 0
    press(section, "Run")
    seen = set()
    for _ in range(20):
        page.wait_for_timeout(100)
        seen.add(steps_in(section))
    press(section, "Pause")
    assert 2 <= len(seen) <= 5
    assert steps_in(section) > max(seen)


def test_the_keyboard_runs_it(live):
    page, section = live()
    section.get_by_role("button", name="Run", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(600)
    page.keyboard.press("Space")
    assert steps_in(section) > 0
    assert section.get_by_role("button", name="Run", exact=True).is_visible()


def test_the_map_is_what_the_network_answers(live):
    """After some training most dots lie on the first colour, most squares on the second."""
    page, section = live("#live:function=tanh&start=Xavier&depth=3&data=rings&rate=-1")
    press(section, "Run")
    for _ in range(40):
        page.wait_for_timeout(250)
        if steps_in(section) > 300:
            break
    press(section, "Pause")
    page.wait_for_timeout(1000)
    areas = section.locator("path.area").evaluate_all("all => all.map(e => e.getAttribute('d').split('M').slice(1))")
    cells = {tuple(map(float, cell[:-2].split())): n >= 3 for n, some in enumerate(areas) for cell in some}
    assert len(cells) == 48**2
    assert not cells[24.0, 24.5], "the middle of the disc is the first class"
    assert cells[24.0, 4.5], "the ring is the second"


def test_what_diverges_says_so_and_begins_anew(live):
    page, section = live(has_touch=True, width=390)
    section.get_by_role("button", name="C14 diverges").tap()
    section.get_by_role("button", name="Run", exact=True).tap()
    for _ in range(40):
        page.wait_for_timeout(250)
        if "diverged" in told(section):
            break
    assert "diverged" in told(section)
    page.wait_for_timeout(900)
    assert "diverged" in section.get_by_role("status").text_content()
    assert section.get_by_role("button", name="Run", exact=True).is_visible()
    press(section, "One step")
    assert "diverged" in told(section)
    assert page.trouble == []
