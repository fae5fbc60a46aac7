import pytest
import torch

from lecture.seeds import Seeds
from lecture.training.augmentation import shift, shifted

CPU = torch.device("cpu")


def moved(image, down, right):
    """Move an image pixel by pixel."""
    height, width = image.shape
    out = torch.zeros_like(image)
    for row in range(height):
        for column in range(width):
            if 0 <= row - down < height and 0 <= column - right < width:
                out[row, column] = image[row - down, column - right]
    return out


def test_a_shift_is_what_moving_pixel_by_pixel_gives():
    images = torch.rand(2, 5, 4, 6)
    down, right = torch.randint(-2, 3, (2, 5)), torch.randint(-2, 3, (2, 5))
    expected = torch.stack(
        [torch.stack([moved(images[r, b], down[r, b], right[r, b]) for b in range(5)]) for r in range(2)]
    )
    torch.testing.assert_close(shift(images, down, right, 2), expected, rtol=0, atol=0)


@pytest.mark.parametrize("most", [1, 2])
def test_every_shift_up_to_the_largest_occurs_and_no_other(most):
    point = torch.zeros(1, 400, 9, 9)
    point[:, :, 4, 4] = 1
    batches = shifted([(point.flatten(2), torch.zeros(1, 400))], most, 9, Seeds((0,), CPU).stream("shifts"))
    places = {tuple(place) for place in next(batches)[0].view(400, 9, 9).nonzero()[:, 1:].tolist()}
    reach = range(4 - most, 5 + most)
    assert places == {(row, column) for row in reach for column in reach}


def test_a_seed_alone_shifts_as_among_others():
    x, y = torch.rand(3, 7, 16), torch.zeros(3, 7)
    together = next(shifted([(x, y)], 1, 4, Seeds((0, 1, 2), CPU).stream("shifts")))[0]
    alone = next(shifted([(x[2:], y[2:])], 1, 4, Seeds((2,), CPU).stream("shifts")))[0]
    assert torch.equal(together[2:], alone)
