import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lecture.experiments.gradient_vanishing.surfaces import SURFACES, angle, discs
from lecture.seeds import Stream

GRADIENTS = {  # worked out by hand
    "bowl": lambda x, y: (x, y),
    "ravine": lambda x, y: (x, 25 * y),
    "saddle": lambda x, y: (x, y**3 - y),
    "plateau": lambda x, y: (9 * x * math.exp(-4.5 * (x * x + y * y)), 9 * y * math.exp(-4.5 * (x * x + y * y))),
}
surfaces = pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.name)


@surfaces
@pytest.mark.parametrize("place", [(0.3, -0.7), (-1.2, 0.1), (0.0, 0.5)])
def test_gradient_is_the_one_worked_out_by_hand(surface, place):
    found = surface.gradient(torch.tensor(place, dtype=torch.float64))
    assert found.tolist() == pytest.approx(GRADIENTS[surface.name](*place))


@surfaces
def test_minima_are_level_and_curve_as_stated(surface):
    for minimum in surface.minima:
        point = torch.tensor(minimum, dtype=torch.float64)
        hessian = torch.autograd.functional.hessian(surface.height, point)
        assert surface.gradient(point).norm() == 0
        assert torch.linalg.eigvalsh(hessian).max().item() == pytest.approx(surface.curvature)
        assert torch.linalg.eigvalsh(hessian).min() > 0


def test_way_to_the_minimum_leads_to_the_nearest():
    saddle = SURFACES[2]
    points = torch.tensor([[0.5, 0.2], [0.5, -0.2]])
    arrived = points + saddle.to_minimum(points)
    assert arrived.tolist() == [pytest.approx([0, 1]), pytest.approx([0, -1])]


@given(st.floats(-math.pi, math.pi), st.floats(-math.pi, math.pi), st.floats(0.01, 100))
def test_angle_is_the_turn_between_two_vectors(a, b, length):
    first = torch.tensor([math.cos(a), math.sin(a)], dtype=torch.float64)
    second = length * torch.tensor([math.cos(b), math.sin(b)], dtype=torch.float64)
    turn = abs(a - b) % (2 * math.pi)
    assert angle(first, second).item() == pytest.approx(math.degrees(min(turn, 2 * math.pi - turn)), abs=2e-9)


def test_discs_are_evenly_filled():
    points = discs(Stream(range(4000), "point").uniform(2).double(), 3.0)
    distance = points.norm(dim=-1)
    assert distance.max() < 3
    inner = (distance < 1.5).double().mean().item()  # a quarter of the area
    assert abs(inner - 0.25) < 4 * math.sqrt(0.25 * 0.75 / 4000)
    assert points.mean(0).abs().max() < 4 * 1.5 / math.sqrt(4000)
