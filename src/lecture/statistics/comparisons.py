"""Comparisons with three outcomes: beyond the smallest effect of interest, on the other side, or undecided.

A comparison holds a number for each seed against a bar. Where the whole interval lies above the bar the answer is yes,
where it lies below it is no, and where it reaches over the bar, or ends close to it, the runs cannot tell. "Not clearly
better" is no answer: it refutes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lecture.statistics.intervals import LEVEL, Interval, mean_interval, paired, proportion, resampled_interval

Rule = Callable[[Sequence[bool | None]], Any]
"""Makes one answer, or one verdict, of several answers; each is True, False, or None where it is open."""


@dataclass(frozen=True)
class Comparison:
    """What the runs say about a bar.

    Attributes:
        interval: The quantity, with its interval.
        answer: True above the bar, False below it, None where the interval reaches over it or ends near it.
        pointwise: What the mean alone, without its interval, would answer.
        singles: What each seed alone would have answered: whether its own number lies above the bar. Empty where
            nothing is random.
    """

    interval: Interval
    answer: bool | None
    pointwise: bool
    singles: tuple[bool, ...] = ()

    @classmethod
    def exact(cls, value: float, holds: bool) -> "Comparison":
        """Return the comparison of a quantity without spread: it always has an answer."""
        return cls(Interval.exact(value), bool(holds), bool(holds))

    def negated(self) -> "Comparison":
        """Return the comparison with the opposite answer: below the bar instead of above it."""
        answer = None if self.answer is None else not self.answer
        return Comparison(self.interval, answer, not self.pointwise, tuple(not single for single in self.singles))

    def open_unless(self, settled: bool) -> "Comparison":
        """Return the comparison without an answer where the runs cannot give one: networks that are not yet trained."""
        return self if settled else replace(self, answer=None)


def compare(
    a: ArrayLike,
    b: ArrayLike | float = 0.0,
    *,
    smallest: float = 0.0,
    split: tuple[int, int] | None = None,
    level: float = LEVEL,
) -> Comparison:
    """Ask whether ``a`` exceeds ``b`` by more than the smallest effect of interest, paired by seed.

    Args:
        a: One number for each seed.
        b: What they are compared with: as many numbers, in the same order of seeds, or one number.
        smallest: The bar, in the unit of ``a``: a smaller difference would interest nobody.
        split: Training and test examples of a split, where seeds draw from one pool: the interval is then corrected
            (see :func:`lecture.statistics.resampled_interval`).
        level: Level of the interval.

    Raises:
        ValueError: The numbers are not paired, or fewer than two.
    """
    x = np.asarray(a, dtype=float)
    difference = paired(x, np.broadcast_to(np.asarray(b, dtype=float), x.shape) if np.ndim(b) == 0 else b)
    interval = resampled_interval(difference, *split, level) if split else mean_interval(difference, level)
    singles = tuple(bool(d > smallest) for d in difference)
    return Comparison(interval, interval.side(smallest), interval.value > smallest, singles)


def equivalent(
    a: ArrayLike, b: ArrayLike | float = 0.0, *, margin: float, split: tuple[int, int] | None = None
) -> Comparison:
    """Ask whether ``a`` and ``b`` are as good as equal: whether their difference lies within a margin on either side.

    Two one-sided tests at 5 % say the same as the 90 % interval within the margin (Schuirmann 1987); the interval shown
    is the usual one of 95 %, which is stricter. False only where the whole interval lies outside.

    Raises:
        ValueError: The margin is not positive, or as :func:`compare`.
    """
    if margin <= 0:
        raise ValueError(f"equivalence needs a positive margin, got {margin}")
    found = compare(a, b, split=split)
    sides = found.interval.side(-margin), found.interval.side(margin)
    inside, outside = sides == (True, False), sides in ((True, True), (False, False))
    x = np.asarray(a, dtype=float) - np.asarray(b, dtype=float)
    singles = tuple(bool(abs(d) < margin) for d in x)
    answer = True if inside else False if outside else None
    return Comparison(found.interval, answer, abs(found.interval.value) < margin, singles)


def compare_several(
    pairs: Mapping[str, tuple[ArrayLike, ArrayLike | float]],
    *,
    smallest: float = 0.0,
    split: tuple[int, int] | None = None,
) -> dict[str, Comparison]:
    """Make several comparisons at once so that in 95 of 100 such families no answer is wrong (Holm 1979).

    Step by step, from the clearest on, each is asked at the level ``1 - 0.05 / (number still open)``; the first that
    stays undecided leaves the rest undecided. Each interval is that of its own step.

    Args:
        pairs: For each name what is compared, as in :func:`compare`.
        smallest: The bar, for all.
        split: As in :func:`compare`, for all.
    """
    clearest = sorted(pairs, key=lambda name: -_distance(*pairs[name], smallest, split))
    found, open_still = {}, False
    for step, name in enumerate(clearest):
        level = 1 - (1 - LEVEL) / (len(pairs) - step)
        one = compare(*pairs[name], smallest=smallest, split=split, level=level)
        open_still = open_still or one.answer is None
        found[name] = replace(one, answer=None) if open_still else one
    return {name: found[name] for name in pairs}


def mostly(flags: ArrayLike, share: float = 0.5) -> Comparison:
    """Ask whether something is true of more than a share of the runs, by the Wilson interval of the share.

    Args:
        flags: A truth value for each run.
        share: The bar, 0 to 1.

    Raises:
        ValueError: No runs.
    """
    found = proportion(flags)
    answer = True if found.low > share else False if found.high < share else None
    return Comparison(found, answer, found.value > share, tuple(bool(flag) for flag in np.asarray(flags)))


def every(answers: Sequence[bool | None]) -> bool | None:
    """Return whether all hold: False as soon as one does not, open while one is."""
    return False if False in answers else None if None in answers else True


def some(answers: Sequence[bool | None]) -> bool | None:
    """Return whether at least one holds: True as soon as one does, open while one is."""
    return True if True in answers else None if None in answers else False


def count_misled(comparisons: Sequence[Comparison], rule: Rule = every) -> tuple[int, int]:
    """Count the single runs that would have misled about an answer made of several comparisons: how many, of how many.

    A run misleads if what it alone would answer, by the same rule, is not what the means of all runs answer. Exact
    comparisons are the same for every run; where the numbers of seeds differ, the fewest count.
    """
    seeded = [comparison for comparison in comparisons if comparison.singles]
    if not seeded:
        return 0, 0
    n = min(len(comparison.singles) for comparison in seeded)
    together = rule([comparison.pointwise for comparison in comparisons])
    alone = [rule([c.singles[k] if c.singles else c.answer for c in comparisons]) for k in range(n)]
    return sum(one != together for one in alone), n


def _distance(a: ArrayLike, b: ArrayLike | float, smallest: float, split: tuple[int, int] | None) -> float:
    """Return how many half intervals lie between the mean and the bar."""
    interval = compare(a, b, smallest=smallest, split=split).interval
    half = interval.high - interval.value
    distance = abs(interval.value - smallest)
    return float(distance / half) if half else float("inf") if distance else 0.0
