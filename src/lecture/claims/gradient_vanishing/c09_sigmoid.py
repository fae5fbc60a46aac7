"""C09: the sigmoid is flat; at 8 or 10 its gradient is 0."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.experiments.gradient_vanishing.sigmoid import Sigmoid
from lecture.statistics import Interval

SMALL = 0.01  # of the largest slope, 1/4: what we take "flat" to mean


def judge(table: pd.DataFrame) -> Finding:
    """Read the slope at 0, 8 and 10 in each number format, and where it becomes exactly zero."""
    slopes = table.set_index(["format", "x"])["slope"]
    true = {x: float(slopes["float64", x]) for x in (0.0, 8.0, 10.0)}
    share = {x: true[x] / true[0.0] for x in (8.0, 10.0)}
    formats = list(table["format"].unique())
    measurements = [
        Measurement("at_8", "slope of the sigmoid at 8", Interval.exact(true[8.0]), spec=".2e", colour="sigmoid"),
        Measurement("at_10", "slope of the sigmoid at 10", Interval.exact(true[10.0]), spec=".2e", colour="sigmoid"),
        Measurement("at_0", "slope of the sigmoid at 0, its largest", Interval.exact(true[0.0]), colour="sigmoid"),
        Measurement(
            "share_8", "how many times steeper it is at 0 than at 8", Interval.exact(1 / share[8.0]), spec=",.0f"
        ),
        Measurement(
            "share_10", "how many times steeper it is at 0 than at 10", Interval.exact(1 / share[10.0]), spec=",.0f"
        ),
    ]
    for name in formats:
        zero = table[(table["format"] == name) & (table["slope"] == 0)]["x"]
        for side, where in (("right", zero[zero > 0].min()), ("left", zero[zero < 0].max())):
            words = f"input on the {side} from which autograd gives slope 0, {name}"
            measurements.append(Measurement(f"zero_{side}_{name}", words, Interval.exact(where), spec=".2f"))
        for x in (8, 10):
            value = Interval.exact(slopes[name, float(x)])
            measurements.append(Measurement(f"at_{x}_{name}", f"slope at {x} in {name}", value, spec=".3g"))

    if max(share.values()) >= SMALL:
        verdict = Verdict.FAILS
    elif max(true[8.0], true[10.0]) > 0:
        verdict = Verdict.CAVEAT
    else:
        verdict = Verdict.HOLDS
    return Finding(verdict, tuple(measurements), scale=("at_0", "at_8", "at_10"))


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
