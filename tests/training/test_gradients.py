import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lecture.seeds import Stream
from lecture.training.gradients import length


@given(st.integers(-30, 30))
def test_length_scales_with_the_gradient_at_every_size(power):
    gradient = Stream((0, 1, 2), "gradient").normal(5, 4)
    expected = gradient.double().flatten(1).norm(dim=1)
    found = length(gradient * 10.0**power).double() / 10.0**power
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=0)


def test_no_gradient_has_length_zero():
    assert length(torch.zeros(2, 3, 3)).tolist() == [0, 0]


@pytest.mark.parametrize("shape", [(2, 7), (2, 3, 5), (2, 1, 2, 3)])
def test_every_shape_gives_one_number_a_replica(shape):
    assert length(torch.ones(shape)).tolist() == pytest.approx([torch.ones(shape[1:]).norm().item()] * 2)
