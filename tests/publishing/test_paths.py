"""Shorter paths draw the same line."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lecture.publishing.drawing.paths import TOLERANCE, _distance, shorten, simplify

number = st.floats(-500, 500, allow_nan=False).map(lambda x: round(x, 3))
points = st.lists(st.tuples(number, number), min_size=2, max_size=30)


def corners(path):
    """Return the end points of a path's steps: an independent reader of SVG's relative commands."""
    places, x, y, start = [], 0.0, 0.0, (0.0, 0.0)
    for letter, rest in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", path):
        values = [float(v) for v in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", rest)]
        if letter == "z":
            x, y = start
            places.append((x, y))
            continue
        size = {"M": 2, "l": 2, "h": 1, "v": 1, "q": 4, "c": 6}[letter]
        for at in range(0, len(values), size):
            group = values[at : at + size]
            if letter == "M":
                x, y = start = (group[0], group[1])
            elif letter == "h":
                x += group[0]
            elif letter == "v":
                y += group[0]
            else:
                x, y = x + group[-2], y + group[-1]
            places.append((x, y))
    return places


def far(point, line):
    return min((_distance(point, a, b) for a, b in pairwise(line)), default=_distance(point, line[0], line[0]))


@given(points)
def test_no_point_lies_further_off_than_allowed(line):
    kept = simplify(line)
    assert kept[0] == line[0]
    assert kept[-1] == line[-1]
    assert set(kept) <= set(line)
    assert max(far(point, kept) for point in line) <= TOLERANCE


@given(points)
def test_a_line_ends_up_where_it_was_also_after_rounding(line):
    written = corners(shorten("M {} {} ".format(*line[0]) + " ".join("L {} {}".format(*p) for p in line[1:])))
    assert max(far(point, written) for point in line) <= TOLERANCE + 0.08
    assert written[0] == pytest.approx(line[0], abs=0.051)
    assert written[-1] == pytest.approx(line[-1], abs=0.051)


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M 50.2 89.59 L 49.36 89.34 L 10 89.34", "M50.2 89.6l-.8-.3h-39.4"),
        ("M 0 0 L 10 0 L 20 0 L 20 50 z", "M0 0h20v50z"),
        ("M 0 3 C 0.79 3 1.55 2.68 2.12 2.12 z", "M0 3c.79 0 1.55-.32 2.12-.88z"),
        ("M 5 5 L 5 5", "M5 5h0"),
        ("M 0 0 A 1 1 0 0 0 2 2", "M 0 0 A 1 1 0 0 0 2 2"),
        ("", ""),
        ("M 0 0 L 20 1 z L 30 2", "M 0 0 L 20 1 z L 30 2"),
        ("L 1 1 L 2 2", "L 1 1 L 2 2"),
    ],
)  # fmt: skip
def test_what_is_written(path, short):
    assert shorten(path) == short


def test_two_strokes_do_not_get_out_of_step():
    strokes = "M 0 0 L 100 0 L 100 100 z M 33.33 33.33 L 66.66 33.33 L 66.66 99 z"
    assert corners(shorten(strokes))[4:7] == [
        pytest.approx(p, abs=0.06) for p in ((33.33, 33.33), (66.66, 33.33), (66.66, 99))
    ]
