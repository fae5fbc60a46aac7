"""C08: look around, find the steepest way down, take a small step, repeat. On a bowl that is easy."""

import pandas as pd

from lecture.claims.claim import Claim, Finding, Measurement, Verdict
from lecture.experiments.gradient_vanishing.descent import Descent
from lecture.experiments.gradient_vanishing.look_around import LookAround
from lecture.experiments.gradient_vanishing.step_size import StepSize
from lecture.statistics import Interval, geometric_interval, mean_interval, share_opposite, wilson_interval

SMALL, WIDE = 1e-3, 0.1  # radii of the circle, in the units of the surfaces
NEAR = 0.01  # a path has arrived when its distance to a minimum is below this
DEAR = 10  # so many steps for one on the round bowl earn the claim a caveat
PARABOLOIDS = ("bowl", "ravine")
SURFACES = (*PARABOLOIDS, "saddle", "plateau")


def judge(around: pd.DataFrame, paths: pd.DataFrame, sizes: pd.DataFrame) -> Finding:
    """Compare the direction found by looking with the gradient, then see who arrives and how fast."""
    looking, steepest = _looking(around)
    walking, arrived = _walking(paths)
    stepping, price = _stepping(sizes)
    ratio = mean_interval(price)
    easy = steepest.below(1.0) and arrived > 0.95
    verdict = Verdict.FAILS if not easy else Verdict.CAVEAT if ratio.above(DEAR) else Verdict.HOLDS
    headline = Measurement("ratio", "steps on the ravine for one on the bowl, both at their best", ratio, spec=".0f")
    opposite = share_opposite(price, DEAR + 0 * price)
    return Finding(
        verdict, (headline, *looking, *walking, *stepping), opposite, ("best_steps_bowl", "best_steps_ravine")
    )


def _looking(around: pd.DataFrame) -> tuple[list[Measurement], Interval]:
    """Measure the angle between the lowest direction and the gradient; return it for the small circle, too."""
    errors = {radius: around[around["radius"] == radius] for radius in (SMALL, WIDE)}
    steepest = mean_interval(errors[SMALL].groupby("seed")["error"].mean())
    words = "angle between the lowest direction on a circle and the gradient"
    found = [Measurement("steepest_error", f"{words}, radius {SMALL}, all surfaces", steepest, "°", ".3f")]
    for name in PARABOLOIDS:
        wide = mean_interval(errors[WIDE].loc[errors[WIDE]["surface"] == name, "error"])
        found.append(Measurement(f"wide_error_{name}", f"{words}, radius {WIDE}, {name}", wide, "°", ".2g"))
    return found, steepest


def _walking(paths: pd.DataFrame) -> tuple[list[Measurement], float]:
    """Measure who arrives and whether the way down points at the minimum; return the share that arrives on the bowl."""
    found, share = [], {}
    for name in SURFACES:
        walks = paths[paths["surface"] == name]
        first, last = (walks[walks["step"] == step].set_index("seed") for step in (0, walks["step"].max()))
        arrives = last["distance"] < NEAR
        share[name] = wilson_interval(int(arrives.sum()), len(arrives))
        percent = Interval(100 * share[name].value, 100 * share[name].low, 100 * share[name].high, len(arrives))
        astray = mean_interval(first["astray"])
        found += [
            Measurement(f"arrived_{name}", f"share of starts that arrive, {name}", percent, "%", ".0f"),
            Measurement(f"astray_{name}", f"angle from the way down to the way home, {name}", astray, "°", ".0f"),
        ]
    lost = geometric_interval(first.loc[~arrives, "slope"])  # of the plateau, the last surface
    found.append(Measurement("lost_slope", "slope where nobody leaves the plateau", lost, spec=".0e"))
    return found, share["bowl"].value


def _stepping(sizes: pd.DataFrame) -> tuple[list[Measurement], pd.Series]:
    """Measure the best step sizes and the limit of stability; return each start's price of the ravine."""
    found, steps = [], {}
    for name in PARABOLOIDS:
        needed = sizes[sizes["surface"] == name].pivot(index="seed", columns="pace", values="needed")
        best = needed.dropna(axis=1).mean().sort_values().index.to_list()[0]  # of those with which every start arrives
        steps[name] = needed[best]
        pace, words = Interval.exact(best), f"steps to the bottom at the best step size, {name}"
        found += [
            Measurement(f"best_pace_{name}", f"best step size times the largest curvature, {name}", pace),
            Measurement(f"best_steps_{name}", words, mean_interval(steps[name]), spec=".0f"),
        ]
    farthest = sizes.groupby("pace")["left"].max()
    stable, unstable = farthest.index[farthest < 1].max(), farthest.index[~(farthest < 1)].min()
    found += [
        Measurement("stable", "largest step size times curvature that converged", Interval.exact(stable)),
        Measurement("unstable", "smallest step size times curvature that diverged", Interval.exact(unstable)),
    ]
    return found, steps["ravine"] / steps["bowl"]


CLAIM = Claim(
    id="C08",
    refuted_by="On a circle of radius 0.001 the lowest direction is more than 1° from the gradient on average, or "
    "fewer than 95 % of the starts reach the bottom of the round bowl. A caveat is due if a bowl 25 times "
    "steeper across than along needs more than ten times the steps of a round one, each at its best step "
    "size.",
    expected=Verdict.CAVEAT,
    why="Looking around and the gradient agree, and a round bowl is easy: the way down points at the bottom, and one "
    "step of the right size arrives. Stretch the bowl, and the way down no longer points there: the recipe still "
    "works, slowly.",
    experiments=(LookAround, Descent, StepSize),
    judge=judge,
    figure="gradient_vanishing/plot_surfaces",
    citations=("boyd2004convex",),
)
