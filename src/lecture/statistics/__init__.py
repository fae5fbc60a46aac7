"""How the book judges: intervals over seeds, comparisons with three outcomes, corrections for several questions."""

from lecture.statistics.comparisons import (
    Comparison,
    compare,
    compare_several,
    count_misled,
    equivalent,
    every,
    mostly,
    some,
)
from lecture.statistics.intervals import (
    LEVEL,
    Interval,
    difference_interval,
    geometric_interval,
    intervals,
    mean_interval,
    proportion,
    resampled_interval,
)

__all__ = [
    "LEVEL",
    "Comparison",
    "Interval",
    "compare",
    "compare_several",
    "count_misled",
    "difference_interval",
    "equivalent",
    "every",
    "geometric_interval",
    "intervals",
    "mean_interval",
    "mostly",
    "proportion",
    "resampled_interval",
    "some",
]
