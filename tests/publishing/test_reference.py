"""The reference says what the source says: functions, classes, experiments with their settings."""

import re
from html import unescape

import pytest

from lecture.experiments.registry import experiments
from lecture.publishing import docstrings
from lecture.publishing.directives.reference import described

DOCSTRING = """Return a thing, of :class:`lecture.models.mlp.MLP`. It is large.

    More of it, ``[R, B]``.

    Args:
        size: How large: in units,
            of 1 at least.
        shape: Its shape.

    Returns:
        The thing.

    Raises:
        ValueError: It is too large.
    """
SOURCE = '''
"""A module."""
from dataclasses import dataclass

def lost(): pass

def _mine():
    """Not shown."""

def made(size: int, *, shape: tuple[int, ...] = (1, 2)) -> list[int]:
    """Return a thing."""

@dataclass(frozen=True)
class Design:
    """One design.

    Attributes:
        layers: How many.
    """

    layers: int = 3

    @property
    def depth(self) -> int:
        """The depth."""

class Net(Module):
    """A net."""

    def __init__(self, stream, *, width: int) -> None:
        """Not shown."""

    def forward(self, x: Tensor) -> Tensor:
        """Return logits."""
'''


def text(html):
    return unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", "", html)))


def test_a_docstring_comes_apart():
    assert docstrings.first_sentence(DOCSTRING) == "Return a thing, of ``MLP``."
    assert docstrings.rest(DOCSTRING) == (
        "It is large.\n\nMore of it, ``[R, B]``.\n\n"
        ":Args:\n    - ``size``: How large: in units, of 1 at least.\n    - ``shape``: Its shape.\n"
        ":Returns: The thing.\n:Raises:\n    - ``ValueError``: It is too large."
    )
    assert docstrings.named(DOCSTRING, "Args") == {"size": "How large: in units, of 1 at least.", "shape": "Its shape."}


@pytest.mark.parametrize(
    ("whole", "first"),
    [
        ("As torch does, e.g. for x. Then more.", "As torch does, e.g. for x."),
        ("Of 0.5 alone", "Of 0.5 alone"),
        ("Two lines\n    of it. More.", "Two lines of it."),
        ("", ""),
    ],
)
def test_the_first_sentence(whole, first):
    assert docstrings.first_sentence(whole) == first


def test_what_is_public_is_described():
    found = described("lecture.toy", SOURCE)
    assert [(one.name, one.signature) for one in found] == [
        ("lecture.toy.made", "made(size: int, *, shape: tuple[int, ...]=(1, 2)) → list[int]"),
        ("lecture.toy.Design", "class Design(layers: int = 3)"),
        ("lecture.toy.Net", "class Net(stream, *, width: int)"),
    ]
    assert [one.signature for one in found[1].members] == ["depth: int"]
    assert [one.signature for one in found[2].members] == ["forward(x: Tensor) → Tensor"]


@pytest.mark.parametrize("room", ["data", "models", "training", "records", "statistics"])
def test_a_room_is_shown_whole_and_the_search_finds_it(build, room):
    built = build(index=f"# Toy\n\n```{{reference}} {room}\n```\n")
    assert built.status == 0, built.said
    html = built.page()
    ids = re.findall(r'<(?:details|div) class="entry" id="([^"]+)"', html)
    assert len(ids) == len({*ids}) > 10
    assert all(one.startswith(f"lecture.{room}.") for one in ids)
    index = (built.output / "searchindex.js").read_text(encoding="utf-8")
    assert '"entry-function"' in index
    assert f'<section id="module-{room}-' in html


def test_every_experiment_has_every_setting_with_its_meaning(build):
    built = build(index="# Toy\n\n```{experiments}\n```\n")
    assert built.status == 0, built.said
    html = built.page()
    for name, experiment in experiments().items():
        entry = html.partition(f'<details class="entry" id="{name}">')[2].partition('<details class="entry"')[0]
        assert f"lecture run {name}" in text(entry), name
        told = dict(re.findall(r"<div><dt><code[^>]*>(\w+) = .*?</dt><dd>(.*?)</dd></div>", entry, re.DOTALL))
        known = experiment.preset("book" if "book" in experiment.offered else "full").settings()
        assert list(told) == list(known), name
        assert [setting for setting, meaning in told.items() if not text(meaning).strip()] == [], name
    assert "small&gt;" not in html
