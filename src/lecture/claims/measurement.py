"""A measured quantity, and short ways to write the usual ones down."""

import re
from dataclasses import dataclass

from numpy.typing import ArrayLike

from lecture.statistics import Interval, mean_interval

Found = Interval | ArrayLike
"""What was found: an interval, or one number a seed, whose mean is meant."""
YEAR = "year"
"""The unit of a date: nobody writes it behind the number, and no axis of dates starts at 0."""


@dataclass(frozen=True)
class Published:
    """A figure from the literature for the very quantity of the measurement that it belongs to.

    Attributes:
        value: The published number, in the unit of the measurement.
        citation: Key in ``book/references.bib``.
        where: Place in the source, for example ``"Table 2"``.
    """

    value: float
    citation: str
    where: str = ""


@dataclass(frozen=True)
class Measurement:
    """One measured quantity of a claim, usable in prose as ``{measured}`C10.key```.

    Attributes:
        key: Short name, unique within the claim: letters, digits and underscores. A part's letter is the key of the
            number that decides it.
        quantity: What was measured, in words, for example ``"test accuracy, 32 layers, ReLU"``.
        interval: The value with its interval.
        unit: ``"%"``, ``"ms"`` ... or empty for a pure number; :data:`YEAR` for a date.
        spec: Python format specification of the value, for example ``".2f"``.
        published: What the literature reports for this quantity.
        colour: Name of a palette colour with a fixed meaning (see :mod:`lecture.style`), for the card's scale.
    """

    key: str
    quantity: str
    interval: Interval
    unit: str = ""
    spec: str = ".2f"
    published: Published | None = None
    colour: str = "ink"


def mean(key: str, quantity: str, found: Found, unit: str = "", spec: str = ".2f", colour: str = "ink") -> Measurement:
    """Return the mean over the seeds, of one number each."""
    return Measurement(key, quantity, _interval(found), unit, spec, colour=colour)


def percent(
    key: str, quantity: str, found: Found, spec: str = ".0f", colour: str = "ink", published: Published | None = None
) -> Measurement:
    """Return a share in per cent, by its interval or one number a seed; its interval ends where no share can be."""
    interval = _interval(found)
    return Measurement(key, quantity, interval.clipped(min(0.0, interval.value), 100.0), "%", spec, published, colour)


def points(
    key: str, quantity: str, found: Found, spec: str = "+.1f", colour: str = "ink", published: Published | None = None
) -> Measurement:
    """Return a difference of two shares, in points of a per cent, by its interval or one number a seed."""
    return Measurement(key, quantity, _interval(found), "points", spec, published, colour)


def _interval(found: Found) -> Interval:
    return found if isinstance(found, Interval) else mean_interval(found)


def exact(
    key: str, quantity: str, value: float, unit: str = "", spec: str = ",.0f", published: Published | None = None
) -> Measurement:
    """Return a quantity without spread: counted, derived or read off."""
    return Measurement(key, quantity, Interval.exact(value), unit, spec, published)


def key_of(words: str) -> str:
    """Return words as they stand in the keys of measurements: ``"ReLU, He start"`` is ``relu_he_start``."""
    return re.sub(r"\W+", "_", words.lower()).strip("_")


def rounded(value: float, spec: str) -> str:
    """Format a number; what is rounded to zero has no sign."""
    text = format(value, spec)
    return text[1:] if re.fullmatch(r"[+-]0[.0]*", text) else text


def text(measurement: Measurement) -> str:
    """Return a measurement as a terminal shows it: value, interval if there is one, unit."""
    found = measurement.interval
    value, low, high = (rounded(x, measurement.spec) for x in (found.value, found.low, found.high))
    interval = f" [{low}, {high}]" if found.low < found.high else ""
    unit = "" if measurement.unit == YEAR else measurement.unit
    return f"{value}{interval} {unit}".rstrip()
