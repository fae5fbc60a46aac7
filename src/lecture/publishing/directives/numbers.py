"""How a measured number is written: typographic minus and exponents, the unit, the interval in words."""

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from lecture.claims.claim import Part
from lecture.claims.measurement import YEAR, Measurement, rounded

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_TIGHT = {"", "°", "×"}  # units that stand next to the number, without a space
_EXPONENT = re.compile(r"(?P<mantissa>[^e]+)e(?P<sign>[+-])(?P<digits>\d+)")


def number(value: float, spec: str) -> str:
    """Write a number as a book does: ``8.0e-08`` becomes ``8.0 × 10⁻⁸``, ``2e-01`` 0.2, a hyphen a minus sign."""
    if math.isinf(value):
        return ("" if value > 0 else MINUS) + "∞"
    if math.isnan(value):
        return "–"
    text = rounded(value, spec) if value or not spec.endswith("e") else "0"
    if found := _EXPONENT.fullmatch(text):
        exponent = int(found["sign"] + found["digits"])
        if -2 <= exponent <= 2:  # nobody writes 2 × 10⁻¹
            return f"{float(text):g}".replace("-", MINUS)
        power = str(exponent).translate(_SUPERSCRIPTS)
        mantissa = found["mantissa"]
        text = f"10{power}" if mantissa == "1" else f"{mantissa}{SPACE}×{SPACE}10{power}"
    return text.replace("-", MINUS)


def with_unit(text: str, unit: str) -> str:
    """Append the unit, with a no-break space where one belongs; a year stands for itself."""
    if unit == YEAR:
        return text
    return text + (unit if unit in _TIGHT else SPACE + unit)


def written(value: float, measurement: Measurement) -> str:
    """Write a value of the same quantity as a measurement's, for example the published one."""
    return with_unit(number(value, measurement.spec), measurement.unit)


def value(measurement: Measurement) -> str:
    """Write the measured value with its unit, for example ``97.3 %``; a dash where there is none."""
    return written(measurement.interval.value, measurement)


def reported(part: Part) -> str:
    """Write what was reported of a part's quantity, nothing where no value of it was."""
    quantity, there = part.quantity, part.published
    if not quantity or not there or there.value is None:
        return ""
    return with_unit(number(there.value, quantity.spec), quantity.unit)


def interval(measurement: Measurement) -> str:
    """Write the interval, for example ``0.58 to 0.64``; an exact quantity is its value."""
    low, high = (number(end, measurement.spec) for end in (measurement.interval.low, measurement.interval.high))
    return value(measurement) if is_exact(measurement) else with_unit(f"{low} to {high}", measurement.unit)


def is_exact(measurement: Measurement) -> bool:
    """Tell whether the quantity has no spread: counted or derived, not sampled."""
    low, high = measurement.interval.low, measurement.interval.high
    return low == high or math.isnan(low)


def explanation(measurement: Measurement) -> str:
    """Say in words what the number is, for a reader who points at it."""
    spread = (
        "exact" if is_exact(measurement) else f"95 % interval {interval(measurement)}, n = {measurement.interval.n}"
    )
    return f"{measurement.quantity}: {spread}"


def plain(value: Any, spec: str = "") -> str:
    """Write a setting or a constant: ``4000`` as 4,000, more than three ascending values as ``1 to 32``.

    Raises:
        ValueError: The format specification is not one for such a value.
    """
    if isinstance(value, (list, tuple)):
        words = [plain(one, spec) for one in value]
        ascending = len(value) > 3 and all(_is_number(v) for v in value) and all(a < b for a, b in pairwise(value))
        return f"{words[0]} to {words[-1]}" if ascending else listed(words)
    return number(value, spec or (",d" if isinstance(value, int) else "g")) if _is_number(value) else str(value)


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does: ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
