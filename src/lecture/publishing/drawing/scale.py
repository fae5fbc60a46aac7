"""Measurements drawn to scale: one bar a row, its interval, the published value as a mark of its own."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from docutils import nodes

from lecture.claims.measurement import YEAR, Measurement
from lecture.publishing.directives import numbers
from lecture.publishing.directives.elements import Element, text

SPREAD = 60
"""A largest value more than so many times the smallest is drawn on a logarithmic axis."""


@dataclass(frozen=True)
class Axis:
    """A horizontal axis.

    Attributes:
        low: Left end.
        high: Right end.
        log: Whether it is logarithmic.
        ticks: Values to label.
    """

    low: float
    high: float
    log: bool
    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """Return where a value lies, in per cent of the width; what lies outside is put at the end."""
        low, high, at = ((math.log10(max(v, 1e-300)) for v in (self.low, self.high, value)) if self.log
                         else (self.low, self.high, value))  # fmt: skip
        return round(min(max(100 * (at - low) / (high - low), 0), 100), 2)


def axis_for(values: Sequence[float], unit: str) -> Axis:
    """Choose the axis for values: decades for years, logarithmic for a wide spread, else with 0 on it; a few ticks."""
    finite = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    low, high = min(finite), max(finite)
    if unit == YEAR:
        first, last = math.floor(low / 10), max(math.ceil(high / 10), math.floor(low / 10) + 1)
        return Axis(
            10 * first, 10 * last, False, tuple(10 * n for n in range(first, last + 1, (last - first + 3) // 4))
        )
    if low > 0 and high / low > SPREAD:
        first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
        step = math.ceil((last - first) / 2)  # three ticks at most: on a phone a bar is narrow
        return Axis(10.0**first, 10.0**last, True, tuple(10.0**power for power in range(first, last + 1, step)))
    if unit == "%" and low >= 0 and 25 < high <= 100:
        return Axis(0, 100, False, (0, 50, 100))
    part = _round_step((max(high, 0) - min(low, 0)) or 1.0)
    first, last = math.floor(min(low, 0) / part), math.ceil(max(high, 0) / part)
    ticks = tuple(round(part * n, 12) for n in range(first, max(last, first + 1) + 1))
    return Axis(ticks[0], ticks[-1], False, ticks if len(ticks) < 4 else ticks[:: (len(ticks) - 1) // 2 or 1])


def drawn(measurements: Iterable[Measurement], smallest: float | None = None) -> str:
    """Return the HTML of the scale: values of one unit share an axis.

    Args:
        measurements: What to draw, each in a row.
        smallest: Where the smallest effect of interest lies; a dashed line marks it.
    """
    return "".join(_block(list(rows), unit, smallest) for unit, rows in groupby(measurements, key=lambda m: m.unit))


def told(measurements: Iterable[Measurement], smallest: float | None = None) -> Element:
    """Return in words what :func:`drawn` draws, for where no drawing can be."""
    rows = []
    for measurement in measurements:
        notes = [note.lstrip("┆◇ ") for note in _notes(measurement, smallest)]  # the marks are those of the drawing
        about = f" ({'; '.join(notes)})" if notes else ""
        value = text("b", numbers.value(measurement))
        rows.append(Element("li", nodes.Text(f"{measurement.quantity}: "), value, nodes.Text(about)))
    return Element("ul", *rows)


def _notes(measurement: Measurement, smallest: float | None) -> list[str]:
    """Return what stands beside a value: its interval, the smallest effect that counts, the published value."""
    notes = [] if numbers.is_exact(measurement) else [numbers.interval(measurement)]
    if smallest is not None:
        notes.append(f"┆ bar {numbers.with_unit(numbers.number(smallest, 'g'), measurement.unit)}")
    if measurement.published:
        notes.append(f"◇ published {numbers.written(measurement.published.value, measurement)}")
    return notes


def _block(rows: list[Measurement], unit: str, smallest: float | None) -> str:
    values = [end for m in rows for end in (m.interval.low, m.interval.value, m.interval.high)]
    marks = [m.published.value for m in rows if m.published] + ([] if smallest is None else [smallest])
    axis = axis_for(values + marks, unit)
    return f'<div class="scale">{"".join(_row(m, axis, smallest) for m in rows)}{_ticks(axis, unit)}</div>'


def _row(measurement: Measurement, axis: Axis, smallest: float | None) -> str:
    interval = measurement.interval
    low, at, high = (axis.place(v) for v in (interval.low, interval.value, interval.high))
    colour = f"var(--{measurement.colour})"
    drawing = '<line class="rail" x1="0%" x2="100%" y1="10" y2="10"/>'
    if not numbers.is_exact(measurement):
        drawing += f'<line x1="{low}%" x2="{high}%" y1="10" y2="10" stroke-width="3"/>'
        drawing += "".join(f'<line x1="{end}%" x2="{end}%" y1="6" y2="14"/>' for end in (low, high))
    if smallest is not None:
        place = axis.place(smallest)
        drawing += f'<line class="smallest" x1="{place}%" x2="{place}%" y1="0" y2="20"/>'
    drawing += f'<circle cx="{at}%" cy="10" r="4.5"/>'
    if measurement.published:
        place = axis.place(measurement.published.value)
        drawing += (
            f'<svg x="{place}%" y="10" overflow="visible"><path class="published" d="M0 -6 L5 0 L0 6 L-5 0 Z"/></svg>'
        )
    small = "".join(f"<small>{escape(note)}</small>" for note in _notes(measurement, smallest))
    return (
        f'<p class="row"><span class="quantity">{escape(measurement.quantity)}</span>'
        f'<svg class="bar" width="100%" height="20" stroke="{colour}" fill="{colour}" aria-hidden="true">'
        f"{drawing}</svg>"
        f'<span class="value"><b>{escape(numbers.value(measurement))}</b>{small}</span></p>'
    )


def _ticks(axis: Axis, unit: str) -> str:
    labels = []
    for tick in axis.ticks:
        at = axis.place(tick)
        anchor = "start" if at < 5 else "end" if at > 95 else "middle"
        text = numbers.number(tick, ".0e" if axis.log and not 0.001 <= tick <= 1000 else "g")
        if len(unit) == 1:  # a word would make neighbours collide; the values beside the rows say it
            text = numbers.with_unit(text, unit)
        labels.append(f'<text x="{at}%" y="11" text-anchor="{anchor}">{escape(text)}</text>')
    return (
        '<p class="row ticks" aria-hidden="true" translate="no"><span class="quantity"></span>'
        f'<svg class="bar" width="100%" height="14">{"".join(labels)}</svg><span class="value"></span></p>'
    )


def _round_step(extent: float) -> float:
    """Return a round step that divides an extent into two to five parts."""
    raw = extent / 4
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw)
