"""How a measured number is written: typographic minus and exponents, the unit, the interval in words."""

import math
import re

from lecture.claims.claim import YEAR, Measurement

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
    text = format(value, spec) if value or not spec.endswith("e") else "0"
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


def value(measurement: Measurement) -> str:
    """Write the measured value with its unit, for example ``97.3 %``; a dash where there is none."""
    return with_unit(number(measurement.interval.value, measurement.spec), measurement.unit)


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
        "exact" if is_exact(measurement) else f"95 % interval {interval(measurement)}, {measurement.interval.n} seeds"
    )
    return f"{measurement.quantity}: {spread}"
