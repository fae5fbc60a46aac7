"""C08: look around, find the steepest way down, take a small step, repeat. On a bowl that is easy."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.experiments.gradient_vanishing.descent import Descent
from lecture.experiments.gradient_vanishing.look_around import LookAround
from lecture.experiments.gradient_vanishing.step_size import StepSize
from lecture.statistics import Interval, geometric_interval, mean_interval, wilson_interval

SMALL, WIDE = 1e-3, 0.1  # radii of the circle, in the units of the surfaces
NEAR = 0.01  # a path has arrived when its distance to a minimum is below this


def judge(around: pd.DataFrame, paths: pd.DataFrame, sizes: pd.DataFrame) -> Finding:
    """Compare the direction found by looking with the gradient, then see who arrives and how fast."""
    small, wide = (around[around["radius"] == radius] for radius in (SMALL, WIDE))
    steepest = mean_interval(small.groupby("seed")["error"].mean())
    wide_errors = {name: mean_interval(points["error"]) for name, points in wide.groupby("surface")}

    first, last = paths[paths["step"] == 0], paths[paths["step"] == paths["step"].max()]
    arrived = {
        name: wilson_interval(int((ends["distance"] < NEAR).sum()), len(ends)) for name, ends in last.groupby("surface")
    }
    astray = {name: mean_interval(starts["astray"]) for name, starts in first.groupby("surface")}
    plateau, plateau_end = (ends[ends["surface"] == "plateau"].set_index("seed") for ends in (first, last))
    lost = plateau["slope"][plateau_end["distance"] >= NEAR]

    fastest = {name: _fastest(sizes[sizes["surface"] == name]) for name in ("bowl", "ravine")}
    ratio = fastest["ravine"][1].value / fastest["bowl"][1].value
    stable = sizes.groupby("pace")["left"].max() < 1

    easy = steepest.below(1.0) and arrived["bowl"].value > 0.95
    verdict = Verdict.FAILS if not easy else Verdict.CAVEAT if ratio > 10 else Verdict.HOLDS
    return Finding(
        verdict,
        (
            Measurement("ratio", "steps on a ravine for one on a round bowl, each at its best step size", Interval.exact(ratio), spec=".0f"),
            Measurement("steepest_error", "angle between the lowest direction on a circle of radius 0.001 and the gradient", steepest, "°", ".3f"),
            Measurement("wide_error_bowl", "the same with radius 0.1, on the bowl", wide_errors["bowl"], "°", ".2f"),
            Measurement("wide_error_ravine", "the same with radius 0.1, on the ravine", wide_errors["ravine"], "°", ".1f"),
            *(Measurement(f"arrived_{name}", f"share of starts that arrive, {name}", _percent(share), "%", ".0f") for name, share in arrived.items()),
            *(Measurement(f"astray_{name}", f"angle between the way down and the way to the minimum, {name}", angle, "°", ".0f") for name, angle in astray.items()),
            *(Measurement(f"best_pace_{name}", f"best step size times the largest curvature, {name}", Interval.exact(pace), spec=".2f") for name, (pace, _) in fastest.items()),
            *(Measurement(f"best_steps_{name}", f"steps to a hundredth of the distance at that step size, {name}", steps, spec=".0f") for name, (_, steps) in fastest.items()),
            Measurement("stable", "largest step size times curvature that still converged", Interval.exact(float(stable[stable].index.max())), spec=".2f"),
            Measurement("unstable", "smallest step size times curvature that diverged", Interval.exact(float(stable[~stable].index[stable[~stable].index > 1].min())), spec=".2f"),
            Measurement("lost_slope", "slope at the starts from which nobody leaves the plateau", geometric_interval(lost), spec=".1e"),
        ),
        scale=("best_steps_bowl", "best_steps_ravine"),
    )  # fmt: skip


def _fastest(sizes: pd.DataFrame) -> tuple[float, Interval]:
    """Return the step size that needs the fewest steps on average, every start having arrived, and that number."""
    needed = sizes.groupby("pace")["needed"].apply(lambda steps: steps.mean(skipna=False))
    pace = float(needed.idxmin())
    return pace, mean_interval(sizes.loc[sizes["pace"] == pace, "needed"])


def _percent(share: Interval) -> Interval:
    return Interval(100 * share.value, 100 * share.low, 100 * share.high, share.n)


CLAIM = Claim(
    id="C08",
    refuted_by="On a circle of radius 0.001 the lowest direction is more than 1° from the gradient on average, or fewer than "
    "95 % of the starts reach the bottom of the round bowl. A caveat is due if a bowl 25 times steeper across than along "
    "needs more than ten times the steps of a round one, each at its best step size.",
    expected=Verdict.CAVEAT,
    why="Looking around and the gradient agree, and a round bowl is easy: the way down points at the bottom, and one step of the "
    "right size arrives. Stretch the bowl, and the way down no longer points at the bottom: the recipe still works, but slowly.",
    experiments=(LookAround, Descent, StepSize),
    judge=judge,
    figure="gradient_vanishing/plot_descent",
    citations=("boyd2004convex",),
)
