"""The colours: the same in figures and pages, legible, and apart for every eye."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from lecture.style import DARK, LIGHT, VERDICTS

DATA = ("sigmoid", "tanh", "relu", "residual", "classical", "deep", "neutral")
SHEET = (Path(__file__).parents[2] / "book" / "_static" / "palette.css").read_text(encoding="utf-8")
CONES = {
    "all": np.eye(3),
    "no long": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no middle": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no short": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
"""How linear RGB looks without a kind of cone (Machado, Oliveira and Fernandes 2009, severity 1)."""
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])


def linear(colour):
    value = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """CIELAB, in which a distance of about 2 can just be told."""
    ratio = XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one, other):
    low, high = sorted(float(linear(colour) @ XYZ[1]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def blocks():
    """The variables of the light sheet, of the dark one, and of the dark one for readers without scripts."""
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r"{([^{}]*)}", SHEET)]
    return [block for block in found if "sigmoid" in block]


def test_pages_and_figures_share_their_colours():
    light, dark, silent = blocks()
    assert dark == silent
    assert {name: light[name] for name in LIGHT} == LIGHT
    assert {name: dark[name] for name in DARK} == DARK
    assert {name: light[name] for name in VERDICTS} == VERDICTS


@pytest.mark.parametrize("sheet", [0, 1], ids=["light", "dark"])
def test_letters_in_any_colour_are_legible(sheet):
    colours = blocks()[sheet]
    faint = {name: contrast(colours[name], colours["paper"]) for name in (*DATA, *VERDICTS, "ink", "ink-2", "link")}
    assert {name: ratio for name, ratio in faint.items() if ratio < 4.5} == {}
    on_cards = {name: contrast(colours[name], colours["paper-2"]) for name in (*VERDICTS, "ink", "ink-2", "link")}
    assert {name: ratio for name, ratio in on_cards.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("names", [DATA, tuple(VERDICTS)], ids=["data", "verdicts"])
@pytest.mark.parametrize("sheet", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("eye", CONES)
def test_every_eye_can_tell_colours_apart(names, sheet, eye):
    seen = {name: lab(np.array(CONES[eye]) @ linear(blocks()[sheet][name])) for name in names}
    distances = {(a, b): np.linalg.norm(seen[a] - seen[b]) for a, b in itertools.combinations(names, 2)}
    assert {pair: distance for pair, distance in distances.items() if distance < 15} == {}
