"""C09: the sigmoid is flat; at 8 or 10 its gradient is 0, or close to 0."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, conclude
from lecture.claims.measurement import exact
from lecture.claims.selection import groups
from lecture.claims.verdict import Verdict
from lecture.statistics import Comparison

FLAT = 100  # so many times less steep than in the middle is what we take "close to 0" to mean
PLACES = (8.0, 10.0)


def judge(sigmoid: pd.DataFrame) -> Finding:
    """Ask in each number format whether the slope at 8 and at 10 is 0, or far below that in the middle."""
    slopes = sigmoid.set_index(["format", "x"])["slope"]
    formats = slopes.index.unique("format")
    middle = float(slopes["float64", 0.0])
    true = {x: float(slopes["float64", x]) for x in PLACES}
    flat = [Comparison.exact(true[x], all(FLAT * slopes[name, x] < middle for name in formats)) for x in PLACES]
    zero = sigmoid[(sigmoid["slope"] == 0) & (sigmoid["x"] > 0)]
    numbers = [
        exact("at_0", "slope of the sigmoid at 0, its largest", middle, spec=".2f"),
        exact("at_10", "slope of the sigmoid at 10", true[10.0], spec=".2e"),
        exact("steeper", "how many times steeper it is at 0 than at 8", middle / true[8.0]),
        *(
            exact(f"zero_{name}", f"input from which autograd gives slope 0, {name}", rows["x"].min(), spec=".2f")
            for name, rows in groups(zero, "format")
        ),
    ]
    return conclude(*flat, numbers=numbers, drawn=("at_0", "at_10"))


CLAIM = Claim(
    id="C09",
    headline="Right: close to 0, and exactly 0 in bfloat16",
    expected=(Verdict.HOLDS,),
    parts=(
        Part(
            quantity=Quantity("slope of the sigmoid at 8", "", ".2e", "sigmoid"),
            refuted_by="In one of the four number formats the slope at 8 or at 10 is at least a hundredth of the slope "
            "at 0.",
            judge=judge,
            note="Very small in exact arithmetic; whether it is 0 depends on the number format.",
        ),
    ),
    why="Float32 and float64 keep a slope at 8 and at 10, hundreds of times smaller than at 0. In 16-bit formats even "
    "the stronger word is right: bfloat16 rounds both slopes to exactly zero, float16 the one at 10.",
    figure="gradient_vanishing/plot_sigmoid",
)
