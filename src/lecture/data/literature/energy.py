"""Energy of single operations in a 45 nm process at 0.9 V, in picojoules (Horowitz 2014)."""

CITATION = "horowitz2014computing"

FLOAT32_ADD = 0.9
FLOAT32_MULTIPLY = 3.7
INT8_ADD = 0.03
INT8_MULTIPLY = 0.2
INT32_ADD = 0.1

DRAM = 1300.0
"""Of fetching 64 bits from memory outside the chip: the lower end of 1.3 to 2.6 nJ."""
