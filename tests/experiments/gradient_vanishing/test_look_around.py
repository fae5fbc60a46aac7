import pytest
import torch

from lecture.experiments.gradient_vanishing.look_around import lowest
from lecture.experiments.gradient_vanishing.surfaces import SURFACES, angle

BOWL, RAVINE = SURFACES[:2]
LOOKS = 36000
HALF = 180 / LOOKS  # degrees between a direction and the nearest look, at most


@pytest.mark.parametrize("radius", [1e-4, 0.1, 2.0])
def test_on_the_round_bowl_a_circle_of_any_size_shows_the_gradient(radius):
    points = torch.tensor([[0.3, 0.4], [-1.0, 0.2], [0.0, -0.9]], dtype=torch.float64)
    error = angle(lowest(BOWL, points, radius, LOOKS), -BOWL.gradient(points))
    assert error.max() <= HALF * 1.001


@pytest.mark.parametrize("radius", [1e-3, 1e-2])
def test_on_the_ravine_curvature_turns_the_answer_as_predicted(radius):
    points = torch.tensor([[0.8, 0.1], [-0.5, 0.3]], dtype=torch.float64)
    gradient = RAVINE.gradient(points)
    down = -gradient / gradient.norm(dim=-1, keepdim=True)
    across = torch.stack([-down[:, 1], down[:, 0]], -1)
    hessian = torch.diag(torch.tensor([1.0, 25.0], dtype=torch.float64))
    predicted = torch.rad2deg(radius * ((down @ hessian) * across).sum(-1).abs() / gradient.norm(dim=-1))
    error = angle(lowest(RAVINE, points, radius, LOOKS), -gradient)
    torch.testing.assert_close(error, predicted, rtol=0.1, atol=HALF)
