import pytest
import torch

from lecture.data import glyphs
from lecture.seeds import Seeds, Stream
from lecture.training.distortions import Distortion, blurred, distort, distorted, places, shifted, waves

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


def moved(seeds, x, reach):
    y = torch.zeros(x.shape[:2], dtype=torch.long)
    ((found, labels),) = shifted([(x, y)], reach, Seeds(seeds, torch.device("cpu")).stream("shifts"))
    assert labels is y
    return found


def test_every_image_is_moved_whole_by_at_most_the_reach_and_all_shifts_occur():
    x = torch.zeros(1, 200, 7, 9)
    x[:, :, 3, 4] = 1
    found = moved((0,), x, 1)[0]
    assert (found.sum((1, 2)) == 1).all()
    found_at = {tuple((image == 1).nonzero()[0].tolist()) for image in found}
    assert found_at == {(row, column) for row in (2, 3, 4) for column in (3, 4, 5)}


def test_what_moves_in_is_zero_and_what_moves_out_is_gone():
    found = moved((0,), torch.ones(1, 50, 5, 5), 2)[0]
    assert {int(image.sum()) for image in found} <= {a * b for a in (3, 4, 5) for b in (3, 4, 5)}
    assert found.sum() < 50 * 25


def test_without_reach_nothing_moves():
    x = torch.rand(2, 3, 5, 6, generator=torch.Generator().manual_seed(0))
    assert torch.equal(moved((0, 1), x, 0), x)


def test_a_seed_moves_its_images_as_it_does_alone():
    x = torch.rand(3, 4, 6, 6, generator=torch.Generator().manual_seed(0))
    assert torch.equal(moved((0, 1, 2), x, 2)[2], moved((2,), x[2:], 2)[0])
