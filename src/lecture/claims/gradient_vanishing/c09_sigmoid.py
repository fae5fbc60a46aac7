"""C09: the sigmoid is flat; at 8 or 10 its gradient is 0."""

from math import inf

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.experiments.gradient_vanishing.sigmoid import Sigmoid
from lecture.statistics import Interval

FLAT = 100  # times less steep than in the middle: what we take "flat" to mean


def judge(table: pd.DataFrame) -> Finding:
    """Read the slope at 0, 8 and 10 in each number format, and where it becomes exactly zero."""
    slopes = table.set_index(["format", "x"])["slope"]
    true = {x: float(slopes["float64", float(x)]) for x in (0, 8, 10)}
    steeper = {x: true[0] / true[x] if true[x] else inf for x in (8, 10)}
    measurements = [
        *(_exact(f"at_{x}", f"slope of the sigmoid at {x}", true[x], ".2e", "sigmoid") for x in (8, 10)),
        _exact("at_0", "slope of the sigmoid at 0, its largest", true[0], ".2f", "sigmoid"),
        *(_exact(f"share_{x}", f"how many times steeper it is at 0 than at {x}", steeper[x], ",.0f") for x in (8, 10)),
    ]
    for name, numbers in table.groupby("format"):
        zero = numbers.loc[numbers["slope"] == 0, "x"]
        for side, where in (("right", zero[zero > 0].min()), ("left", zero[zero < 0].max())):
            words = f"input on the {side} from which autograd gives slope 0, {name}"
            measurements.append(_exact(f"zero_{side}_{name}", words, where, ".2f"))
        for x in (8, 10):
            words = f"slope at {x} as autograd computes it in {name}"
            measurements.append(_exact(f"at_{x}_{name}", words, slopes[str(name), float(x)], ".2e"))
    if min(steeper.values()) <= FLAT:
        verdict = Verdict.FAILS
    else:
        verdict = Verdict.CAVEAT if true[8] or true[10] else Verdict.HOLDS
    return Finding(verdict, tuple(measurements), scale=("at_0", "at_8", "at_10"))


def _exact(key: str, quantity: str, value: float, spec: str, colour: str = "ink") -> Measurement:
    return Measurement(key, quantity, Interval.exact(value), spec=spec, colour=colour)


CLAIM = Claim(
    id="C09",
    refuted_by="The slope at 8 or at 10 is at least a hundredth of the slope at 0. A caveat is due if it is small but "
    "not 0.",
    expected=Verdict.CAVEAT,
    why="Very small is not zero: float32 and float64 keep a slope at 8 and at 10, hundreds of times smaller than at 0. "
    "In the 16-bit formats of today's training the talk is right to the letter: bfloat16 rounds both slopes to "
    "exactly zero, float16 the one at 10.",
    experiments=(Sigmoid,),
    judge=judge,
    figure="gradient_vanishing/plot_sigmoid",
)
