from math import pi

import pytest
import torch
from torch import nn

from lecture.data.spirals import points
from lecture.experiments.gradient_vanishing.spirals import Spirals, _weights
from lecture.models.mlp import mlp
from lecture.seeds import Seeds

CPU = torch.device("cpu")
SEEDS = Seeds((0, 1), CPU)


def test_points_lie_evenly_over_the_disc_on_the_arm_that_is_named():
    places, arms = points(SEEDS.stream("points"), 20_000, 3.0)
    radius = places.norm(dim=2)
    angle = torch.atan2(places[..., 1], places[..., 0]) - 2 * pi * 3 * radius - pi * arms
    torch.testing.assert_close(angle.cos(), torch.ones_like(angle), atol=1e-3, rtol=0)
    for edge in (0.25, 0.5, 0.75):
        assert (radius < edge).float().mean() == pytest.approx(edge**2, abs=0.01)
    assert arms.float().mean() == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(("depth", "width"), [(1, 119), (2, 21), (3, 15), (4, 12), (6, 9)])
def test_a_network_is_as_wide_as_its_weights_allow(depth, width):
    assert Spirals().width(depth) == width
    model = mlp(SEEDS.stream("weights"), depth=depth, width=width, activation=nn.ReLU, inputs=2, classes=2)
    assert sum(parameter[0].numel() for parameter in model.parameters()) == _weights(depth, width) <= 600
    assert _weights(depth, width + 1) > 600


def test_deep_and_shallow_both_tell_half_a_turn():
    table = Spirals.preset("smoke", turns=0.5, steps=600, tested=500).run(CPU)
    assert (table["accuracy"] > 0.95).all()
