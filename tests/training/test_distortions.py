import pytest
import torch

from lecture.data import glyphs
from lecture.seeds import Stream
from lecture.training.distortions import Distortion, blurred, distort, distorted, places, waves

STILL = {"turn": 0.0, "slant": 0.0, "size": 0.0, "place": 0.0, "bend": 0.0, "weight": 0.0, "sharp": 0.0, "noise": 0.0}


def stream(*seeds):
    return Stream(seeds or (0,), "distortions")


def test_without_moves_every_pixel_stays_where_it_is():
    side = 28
    at = places(stream(), 2, Distortion(**STILL), side).view(2, side, side, 2)
    line = (2 * torch.arange(side) + 1) / side - 1
    torch.testing.assert_close(at[0, :, :, 0], line.expand(side, side))
    torch.testing.assert_close(at[1, :, :, 1], line[:, None].expand(side, side))
    picture = glyphs.load().x[:5]
    same = distort(picture[None], Distortion(**STILL), stream())[0]
    ink = blurred(picture[:, None])[:, 0]
    expected = (0.5 + (ink / ink.amax((1, 2), keepdim=True) - 0.4) / 0.8).clamp(0, 1)
    torch.testing.assert_close(same, expected, atol=1e-5, rtol=0)


def test_a_turn_is_a_turn():
    how = Distortion(**STILL | {"turn": 0.3})
    at = places(stream(), 50, how, 9)[0]
    line = (2 * torch.arange(9) + 1) / 9 - 1
    from_centre = (line[:, None] ** 2 + line**2).sqrt().flatten()
    torch.testing.assert_close(at.norm(dim=2), from_centre.expand(50, -1), atol=1e-5, rtol=0)
    turned = torch.atan2(at[:, 44, 1], at[:, 44, 0])  # the last pixel of the middle row lay at angle 0
    assert turned.abs().max() <= 0.3 + 1e-5
    assert turned.std() > 0.1


@pytest.mark.parametrize("name", ["slant", "size", "place", "bend", "weight", "sharp", "noise"])
def test_each_setting_changes_something_by_chance(name):
    amount = {**STILL, name: getattr(Distortion(), name)}
    twice = glyphs.load().x[3].expand(1, 2, 28, 28)
    first, second = distort(twice, Distortion(**amount), stream())[0]
    assert not torch.equal(first, second)
    still = distort(twice, Distortion(**STILL), stream())[0]
    torch.testing.assert_close(still[0], still[1], atol=1e-5, rtol=0)


def test_paper_stays_white_and_nothing_leaves_the_range():
    x = distort(glyphs.load().x[None], Distortion(noise=0), stream())
    assert x.min() == 0
    assert x.max() <= 1
    paper = (x == 0).float().mean((2, 3))
    assert paper.min() > 0.3, "however soft its edges are, a digit lies on white paper"
    assert distort(torch.zeros(1, 3, 28, 28), Distortion(noise=0), stream()).abs().max() == 0


def test_the_waves_are_smooth_and_of_order_one():
    found = waves(28, torch.device("cpu")).view(-1, 28, 28)
    assert found.abs().max() <= 1
    assert (found[:, 1:] - found[:, :-1]).abs().max() < 0.25


def test_a_seed_alone_gets_what_it_gets_in_company():
    x, y = glyphs.load().x[:12].expand(3, -1, -1, -1), torch.arange(12).expand(3, -1)
    ((many, labels),) = distorted([(x, y)], Distortion(), stream(4, 5, 6))
    ((one, _),) = distorted([(x[:1], y[:1])], Distortion(), stream(5))
    assert torch.equal(many[1], one[0])
    assert torch.equal(labels, y)
