from math import ceil, log

import pytest

from lecture import devices
from lecture.experiments.gradient_vanishing.step_size import StepSize


@pytest.fixture(scope="module")
def runs():
    experiment = StepSize.preset("smoke", paces=(0.1, 0.5, 1.0, 1.5, 1.9, 2.1))
    return experiment.run(devices.pick("cpu"))


@pytest.mark.parametrize("pace", [0.1, 0.5, 1.5, 1.9])
def test_steps_on_the_bowl_are_those_of_the_formula(runs, pace):
    needed = runs.query("surface == 'bowl' and pace == @pace")["needed"]
    assert (needed == ceil(log(0.01) / log(abs(1 - pace)))).all()


def test_one_step_of_the_right_size_crosses_the_bowl(runs):
    assert (runs.query("surface == 'bowl' and pace == 1.0")["needed"] == 1).all()


def test_beyond_two_over_the_curvature_nothing_arrives(runs):
    beyond = runs.query("pace > 2")
    assert beyond["needed"].isna().all()
    assert (beyond["left"] > 1).all()
    assert (runs.query("pace < 2")["left"] < 1).all()
