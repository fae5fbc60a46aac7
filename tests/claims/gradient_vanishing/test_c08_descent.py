"""Looking around against the gradient; flat ground against rounding."""

import pandas as pd
import pytest

from lecture.claims.gradient_vanishing.c08_descent import judge_flat, judge_looking
from lecture.claims.verdict import Verdict

SEEDS = range(4)


def looks(*errors):
    """Return records in which the angle on each of two surfaces is the one given, give or take a tenth."""
    return pd.DataFrame(
        [
            {"surface": surface, "radius": 1e-3, "seed": seed, "error": error + 0.1 * seed}
            for surface, error in zip(("bowl", "ravine"), errors, strict=True)
            for seed in SEEDS
        ]
    )


def walks(astray=0.0):
    """Return walks on each surface, of which those of seeds 0 and 1 never arrive."""
    return pd.DataFrame(
        [
            {"surface": s, "seed": seed, "step": step, "astray": astray, "slope": 1e-3 * (1 + seed),
             "distance": 1.0 if step == 0 or seed < 2 else 0.0}
            for s in ("bowl", "ravine", "plateau") for seed in SEEDS for step in (0, 9)
        ]
    )  # fmt: skip


def sizes():
    """Return steps needed on the ravine: fewest at pace 1.5, and no arrival at all beyond 2."""
    rows = [(pace, seed, needed + seed, left) for pace, needed, left in ((1.0, 9, 0.1), (1.5, 4, 0.1), (2.5, 0, 7.0))
            for seed in SEEDS]  # fmt: skip
    table = pd.DataFrame(rows, columns=["pace", "seed", "needed", "left"]).assign(surface="ravine")
    return table.assign(needed=table["needed"].where(table["pace"] < 2))


def zeros(right, left):
    return pd.DataFrame({"format": "float32", "x": [-left, 0.0, right], "slope": [0.0, 0.25, 0.0]})


@pytest.mark.parametrize(
    ("errors", "verdict"),
    [((0.1, 0.1), Verdict.HOLDS), ((0.1, 2.0), Verdict.FAILS), ((0.1, 0.85), Verdict.UNDECIDED)],
)
def test_looking_must_find_the_gradient_on_every_surface(errors, verdict):
    assert judge_looking(looks(*errors), walks(), sizes()).verdict is verdict


def test_walks_and_step_sizes_are_those_of_the_tables():
    found = judge_looking(looks(0.1, 0.3), walks(astray=30.0), sizes())
    values = {number.key: number.interval.value for number in found.numbers}
    assert found.value.value == pytest.approx(0.35)
    assert values == {
        "arrived_bowl": 50, "astray_ravine": 30, "steps_ravine": 5.5, "stable": 1.5, "unstable": 2.5
    }  # fmt: skip


@pytest.mark.parametrize(
    ("astray", "left", "verdict"),
    [(0.0, 87.0, Verdict.IN_PART), (40.0, 87.0, Verdict.HOLDS), (0.0, 17.0, Verdict.FAILS)],
)
def test_flatness_and_rounding_are_two_questions(astray, left, verdict):
    assert judge_flat(walks(astray), zeros(17.0, left)).verdict is verdict
