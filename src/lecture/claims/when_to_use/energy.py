"""The energy of one prediction, estimated from what is counted and from the energy of single operations."""

import pandas as pd

from lecture.data.literature import energy

CLASSICAL = ("logistic", "forest", "kNN")


def arithmetic(table: pd.DataFrame) -> pd.Series:
    """Return the nanojoules of the arithmetic alone.

    A comparison counts as an addition of floats. Products of 8-bit integers are added up as 32-bit integers.
    """
    exact = energy.FLOAT32_MULTIPLY + energy.FLOAT32_ADD
    small = energy.INT8_MULTIPLY + energy.INT32_ADD
    each = table["bits"].map({32: exact, 8: small})
    return (table["multiply_adds"] * each + table["comparisons"] * energy.FLOAT32_ADD) / 1000


def total(table: pd.DataFrame) -> pd.Series:
    """Return the nanojoules when each number of the model has to come once from memory outside the chip."""
    return arithmetic(table) + table["fetched_bits"] / 64 * energy.DRAM / 1000


def costs(table: pd.DataFrame) -> pd.DataFrame:
    """Return the records with accuracy in percent and two estimates in nanojoules; ``name`` says method and bits.

    Of a chip with enough memory of its own, the truth lies between ``arithmetic`` and ``total``.
    """
    name = table["method"] + table["bits"].map({32: "", 8: ", int8"})
    return table.assign(name=name, accuracy=100 * table["accuracy"], arithmetic=arithmetic(table), total=total(table))
