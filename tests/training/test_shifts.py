import torch

from lecture.seeds import Seeds
from lecture.training.shifts import shifted

CPU = torch.device("cpu")


def moved(seeds, x, reach):
    y = torch.zeros(x.shape[:2], dtype=torch.long)
    ((found, labels),) = shifted([(x, y)], reach, Seeds(seeds, CPU).stream("shifts"))
    assert labels is y
    return found


def test_every_image_is_moved_whole_by_at_most_the_reach_and_all_shifts_occur():
    x = torch.zeros(1, 200, 7, 9)
    x[:, :, 3, 4] = 1
    found = moved((0,), x, 1)[0]
    assert (found.sum((1, 2)) == 1).all()
    places = {tuple((image == 1).nonzero()[0].tolist()) for image in found}
    assert places == {(row, column) for row in (2, 3, 4) for column in (3, 4, 5)}


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
