"""C08: look around, find the steepest way down, take a small step, repeat. On a paraboloid that is easy."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Part, Quantity, Smallest, conclude
from lecture.claims.measurement import Measurement, exact, mean, percent
from lecture.claims.selection import groups
from lecture.claims.verdict import Verdict, halves
from lecture.statistics import Comparison, compare, geometric_interval, mean_interval, proportion

SMALL = 1e-3  # radius of the circle, in the units of the surfaces
NEAR = 0.01  # a path has arrived when its distance to a minimum is below this
DEGREE = Smallest(1.0, "a way one degree off falls as steeply as the steepest, but for a part in six thousand")


def judge_looking(look_around: pd.DataFrame, descent: pd.DataFrame, step_size: pd.DataFrame) -> Finding:
    """Ask on each surface whether the lowest direction on a small circle is that of the negative gradient."""
    near = look_around[look_around["radius"] == SMALL]
    aside = [compare(looks["error"], smallest=DEGREE.value).negated() for _, looks in groups(near, "surface")]
    together = mean_interval(near.groupby("seed")["error"].mean())
    _, arrives = _walks(descent, "bowl")
    ravine, _ = _walks(descent, "ravine")
    needed = step_size[step_size["surface"] == "ravine"].pivot(index="seed", columns="pace", values="needed")
    best = needed.dropna(axis=1).mean().idxmin()  # of the step sizes with which every start arrives
    farthest = step_size.groupby("pace")["left"].max()
    stable, unstable = farthest.index[farthest < 1].max(), farthest.index[~(farthest < 1)].min()
    numbers = [
        percent("arrived_bowl", "share of starts that arrive, bowl", proportion(arrives).percent()),
        mean("astray_ravine", "angle from the way down to the way home, ravine", ravine["astray"], "°", ".0f"),
        mean("steps_ravine", "steps to the bottom at the best step size, ravine", needed[best], spec=".0f"),
        exact("stable", "largest step size times curvature that converged", stable, spec=".2f"),
        exact("unstable", "smallest step size times curvature that diverged", unstable, spec=".2f"),
    ]
    return conclude(*aside, value=together, numbers=numbers)


def judge_flat(descent: pd.DataFrame, sigmoid: pd.DataFrame) -> Finding:
    """Ask two things: whether flat ground hides the direction by itself, and whether rounding does.

    The sigmoid is as flat at -x as at x. Only where rounding, and not the ground, decides does autograd lose the slope
    on one side before it loses it on the other.
    """
    plateau, arrives = _walks(descent, "plateau")
    hidden = compare(plateau["astray"], smallest=DEGREE.value)
    zero = sigmoid[sigmoid["slope"] == 0]
    sides = [(rows["x"][rows["x"] > 0].min(), -rows["x"][rows["x"] < 0].max()) for _, rows in groups(zero, "format")]
    rounded = Comparison.exact(len(sides), all(right < left for right, left in sides))
    lost = geometric_interval(plateau.loc[~arrives, "slope"])
    numbers = [
        percent("arrived_plateau", "share of starts that arrive, plateau", proportion(arrives).percent()),
        Measurement("lost_slope", "slope where nobody leaves the plateau", lost, spec=".0e"),
    ]
    return conclude(hidden, rounded, rule=halves, numbers=numbers)


def _walks(descent: pd.DataFrame, surface: str) -> tuple[pd.DataFrame, pd.Series]:
    """Return the first row of each walk on a surface, and whether the walk arrives."""
    walks = descent[descent["surface"] == surface]
    first, last = (walks[walks["step"] == step].set_index("seed") for step in (0, walks["step"].max()))
    return first, last["distance"] < NEAR


CLAIM = Claim(
    id="C08",
    headline="Easy indeed; flat ground alone does not hide the way",
    expected=(Verdict.HOLDS, Verdict.IN_PART),
    parts=(
        Part(
            quantity=Quantity("angle between the lowest direction on a small circle and the gradient's", "°", ".3f"),
            smallest=DEGREE,
            refuted_by="On one of the four surfaces the lowest direction on a circle of radius 0.001 is more than 1° "
            "from that of the negative gradient.",
            judge=judge_looking,
            citations=("boyd2004convex",),
        ),
        Part(
            quantity=Quantity("angle between the gradient's direction and the way to the minimum, plateau", "°", ".1f"),
            smallest=DEGREE,
            refuted_by="On the plateau the gradient points to within 1° at the minimum, and no number format loses a "
            "slope of the sigmoid at x that it keeps at -x.",
            judge=judge_flat,
            note="Rounding hides it. Flat ground alone does not: it only makes the steps too short to arrive.",
        ),
    ),
    why="Looking around and the gradient agree, and on a paraboloid the way is plain. On flat ground exact arithmetic "
    "still knows the way, but the walker barely moves; with the digits of a computer the slope can be gone altogether.",
    figure="gradient_vanishing/plot_surfaces",
)
