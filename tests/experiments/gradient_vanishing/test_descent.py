import numpy as np
import pytest

from lecture import devices
from lecture.experiments.gradient_vanishing.descent import Descent


@pytest.fixture(scope="module")
def walks():
    return Descent.preset("smoke").run(devices.pick("cpu")).set_index(["surface", "seed", "step"]).sort_index()


@pytest.mark.parametrize(("surface", "slow"), [("bowl", 1 - 0.3), ("ravine", 1 - 0.3 / 25)])
def test_on_a_paraboloid_each_step_multiplies_each_coordinate(walks, surface, slow):
    for seed in (0, 7):
        walk = walks.loc[surface, seed]
        steps = walk.index.to_numpy()
        np.testing.assert_allclose(walk["x"], walk["x"].iloc[0] * slow**steps, rtol=1e-9)
        np.testing.assert_allclose(walk["y"], walk["y"].iloc[0] * (1 - 0.3) ** steps, rtol=1e-9)


def test_every_step_goes_down(walks):
    heights = walks["height"].groupby(["surface", "seed"]).diff().dropna()
    assert (heights <= 0).all()


def test_only_the_round_surfaces_point_at_their_minimum(walks):
    astray = walks.xs(0, level="step")["astray"].groupby("surface").max()
    assert astray["bowl"] < 1e-6
    assert astray["plateau"] < 1e-6
    assert astray["ravine"] > 10
