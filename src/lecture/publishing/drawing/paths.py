"""Short paths: points that nobody could see are left out, and the rest is written as steps from point to point."""

import re
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]

TOLERANCE = 0.12
"""Units of the picture, about a sixth of a pixel: so far a drawn line may lie from the given one."""

_COMMAND = re.compile(r"([MLQCZz])([^MLQCZz]*)")
_KNOWN = re.compile(r"[MLQCZz\d\s.-]+")
_NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6}
FINE = 12.0
"""A path that is smaller keeps two decimals: it is a marker, or a letter."""


def shorten(path: str) -> str:
    """Return the path in fewer bytes, the same to the eye.

    Args:
        path: As matplotlib writes it: absolute ``M``, ``L``, ``Q``, ``C`` and ``z``; any other comes back unchanged.
    """
    if not _KNOWN.fullmatch(path):
        return path
    commands = _COMMAND.findall(path)
    steps: list[tuple[str, list[Point]]] = []
    for letter, rest in commands:
        values = [float(value) for value in rest.split()]
        if letter not in "Zz" and len(values) != _NUMBERS[letter]:
            return path
        steps.append((letter.upper(), list(zip(values[::2], values[1::2], strict=True))))
    points = [point for _, places in steps for point in places]
    if not points or steps[0][0] != "M" or any(a == "Z" and b != "M" for (a, _), (b, _) in pairwise(steps)):
        return path
    extent = max(max(axis) - min(axis) for axis in zip(*points, strict=True))
    return _written(_thinned(steps), 2 if extent < FINE else 1)


def simplify(line: Sequence[Point], tolerance: float = TOLERANCE) -> list[Point]:
    """Return a line's points without those that lie within ``tolerance`` of what is left (Douglas and Peucker 1973)."""
    keep = {0, len(line) - 1}
    parts = [(0, len(line) - 1)]
    while parts:
        first, last = parts.pop()
        far, at = 0.0, 0
        for n in range(first + 1, last):
            if (distance := _distance(line[n], line[first], line[last])) > far:
                far, at = distance, n
        if far > tolerance:
            keep.add(at)
            parts += [(first, at), (at, last)]
    return [line[n] for n in sorted(keep)]


def _thinned(steps: list[tuple[str, list[Point]]]) -> list[tuple[str, list[Point]]]:
    """Return the path with each run of straight steps simplified."""
    result: list[tuple[str, list[Point]]] = []
    line: list[Point] = []

    def finish() -> None:
        result.extend(("L", [point]) for point in simplify(line)[1:])

    for letter, places in steps:
        if letter == "L":
            line = line or [result[-1][1][-1]]
            line += places
            continue
        if line:
            finish()
            line = []
        result.append((letter, places))
    if line:
        finish()
    return result


def _written(steps: list[tuple[str, list[Point]]], decimals: int) -> str:
    """Write steps relative to where the last one ended; rounded places are counted from, so no error adds up."""
    scale = 10**decimals
    x = y = start_x = start_y = 0
    text, before = "", ""
    for letter, places in steps:
        if letter == "Z":
            text += "z"
            x, y, before = start_x, start_y, "z"
            continue
        whole = [(round(px * scale), round(py * scale)) for px, py in places]
        numbers = [n for px, py in whole for n in (px - x, py - y)]
        x, y = whole[-1]
        if letter == "M":
            start_x, start_y = x, y
            letter, numbers = "M", [x, y]  # an absolute start: z and moves cannot get out of step
        elif letter == "L" and not any(numbers):
            if before in {"M", "z"}:  # a line of no length is a dot
                text, before = text + "h0", "h"
            continue
        elif letter == "L" and not numbers[1]:
            letter, numbers = "H", numbers[:1]
        elif letter == "L" and not numbers[0]:
            letter, numbers = "V", numbers[1:]
        command = letter if letter == "M" else letter.lower()
        text += _joined("" if command == before else command, [_number(n / scale, decimals) for n in numbers])
        before = command
    return text


def _joined(command: str, numbers: list[str]) -> str:
    text = command
    for n, number in enumerate(numbers):
        text += number if number.startswith("-") or (command and n == 0) else f" {number}"
    return text


def _number(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return the distance of a point from a segment."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    t = 0.0 if length == 0 else min(max(((px - ax) * dx + (py - ay) * dy) / length, 0.0), 1.0)
    return float(((px - ax - t * dx) ** 2 + (py - ay - t * dy) ** 2) ** 0.5)
