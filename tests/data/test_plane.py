import pytest
import torch

from lecture.data.plane import INNER, OUTER, quadrants, rings
from lecture.seeds import Seeds

SEEDS = Seeds((0, 1), torch.device("cpu"))


def test_opposite_quadrants_share_a_class():
    places, classes = quadrants(SEEDS.stream("points"), 10_000)
    assert places.abs().max() <= 1
    signs = places.sign().long()
    assert torch.equal(classes, (signs[..., 0] != signs[..., 1]).long())
    assert classes.float().mean() == pytest.approx(0.5, abs=0.02)


def test_a_ring_lies_around_a_disc_and_points_are_even_over_both():
    places, classes = rings(SEEDS.stream("points"), 20_000)
    radius = places.norm(dim=2)
    assert radius[classes == 0].max() <= INNER
    assert OUTER <= radius[classes == 1].min() <= radius.max() <= 1 + 1e-6
    assert (radius[classes == 0] < INNER / 2).float().mean() == pytest.approx(0.25, abs=0.02)
    assert places.mean((0, 1)).abs().max() < 0.02


@pytest.mark.parametrize("draw", [quadrants, rings])
def test_no_straight_line_parts_them(draw):
    """A linear rule by least squares gets at least one in four wrong."""
    places, classes = (one[0].double() for one in draw(SEEDS.stream("points"), 5000))
    columns = torch.cat([places, torch.ones(len(places), 1, dtype=torch.float64)], 1)
    rule = torch.linalg.lstsq(columns, 2 * classes[:, None] - 1).solution
    assert ((columns @ rule > 0)[:, 0] == (classes == 1)).double().mean() < 0.75
