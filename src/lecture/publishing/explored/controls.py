"""The controls of an explorable as HTML: ordinary form controls, so that finger, mouse, keyboard and ear all have them.

A page has them from the start, and a script only reads them: nothing moves when it comes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any


@dataclass(frozen=True)
class Preset:
    """A setting worth seeing.

    Attributes:
        name: Words on its button.
        why: A sentence: what it shows, and of which claim.
        state: Values of controls by name; the others are as at first.
    """

    name: str
    why: str
    state: Mapping[str, str]


@dataclass(frozen=True)
class Explorable:
    """Something to touch.

    Attributes:
        experiments: Names of those whose records it shows, for the page's provenance.
        found: Returns what the script gets: plain lists, numbers and words.
        controls: Returns the form's content, given that.
        otherwise: A sentence for whoever has no scripts: where to find the same standing still.
        presets: Settings worth seeing.
        height: Class of the drawing: ``"flat"``, ``"low"``, ``"tall"``, ``"high"`` or ``"square"``.
    """

    experiments: tuple[str, ...]
    found: Callable[[], dict[str, Any]]
    controls: Callable[[dict[str, Any]], str]
    otherwise: str
    presets: tuple[Preset, ...] = ()
    height: str = "low"


def slider(name: str, words: str, low: float, high: float, step: float, value: float, shown: bool = True) -> str:
    """Return a slider; its value stands beside it in words that the script gives."""
    told = f'<span class="value" data-value="{name}" aria-hidden="true">&nbsp;</span>' if shown else ""
    numbers = f'min="{low:g}" max="{high:g}" step="{step:g}" value="{value:g}"'
    return (
        f'<label class="slider"><span>{escape(words)}</span><input type="range" name="{name}" {numbers}>{told}</label>'
    )


def choice(name: str, words: str, choices: Mapping[str, str], value: str) -> str:
    """Return a group of which one is chosen."""
    buttons = "".join(
        f'<label><input type="radio" name="{name}" value="{key}"{" checked" * (key == value)}>{escape(told)}</label>'
        for key, told in choices.items()
    )
    return f'<fieldset class="choice"><legend>{escape(words)}</legend>{buttons}</fieldset>'


def switch(name: str, words: str, on: bool = False) -> str:
    """Return something to switch on and off."""
    checked = " checked" if on else ""
    return f'<label class="switch"><input type="checkbox" name="{name}"{checked}>{escape(words)}</label>'


def hidden(name: str, value: str = "") -> str:
    """Return what belongs to the state, and so into the address, but is set by buttons."""
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def button(act: str, words: str) -> str:
    """Return a button; the script says what it sets."""
    return f'<button type="button" data-act="{act}">{escape(words)}</button>'


def stage(explorable: Explorable, found: dict[str, Any], name: str) -> str:
    """Return presets, drawing, controls and the places of what is told."""
    presets = "".join(
        f'<button type="button" aria-pressed="false" data-set="{escape(json.dumps(dict(preset.state)))}" '
        f'data-why="{escape(preset.why)}">{escape(preset.name)}</button>'
        for preset in explorable.presets
    )
    group = f'<div class="presets" role="group" aria-label="Settings worth seeing">{presets}</div>' if presets else ""
    why = f'<p class="why{" some" if presets else ""}"></p>'
    drawing = f'<svg class="{explorable.height}" role="img" translate="no" aria-label="{escape(name)}"></svg>'
    controls = f'<form autocomplete="off">{explorable.controls(found)}</form>'
    told = '<p class="told"></p><p class="heard" role="status"></p>'
    return f'<div class="stage">{group}{why}{drawing}{controls}{told}</div>'
