import torch
from skimage.color import rgb2gray
from skimage.data import cat

from lecture.data import photographs


def test_pieces_come_from_their_half_of_their_photograph():
    found, halves = photographs.pieces(2, seed=0)
    assert found.x.shape == (40, 32, 32)
    assert halves.tolist() == [0, 0, 1, 1] * 10
    pieces = found.x[found.y == photographs.PHOTOGRAPHS.index("cat")].flatten(1)
    grey = torch.from_numpy(rgb2gray(cat())[:300, :450].reshape(150, 2, 225, 2).mean((1, 3))).float()
    windows = grey.unfold(0, 32, 1).unfold(1, 32, 1).flatten(2).flatten(0, 1)
    windows = (windows - windows.mean(1, keepdim=True)) / windows.std(1, keepdim=True)
    place = (windows @ (pieces - pieces.mean(1, keepdim=True)).T).argmax(0) % (225 - 31)
    assert (place[:2] + 32 <= 112).all()
    assert (place[2:] >= 112).all()
    assert place.unique().numel() > 2


def test_large_pieces_are_pixels_of_the_photograph():
    found, _ = photographs.pieces(1, seed=0, side=96, shrink=1)
    assert found.x.shape == (20, 96, 96)
    piece = found.x[found.y == photographs.PHOTOGRAPHS.index("cat")][0]
    grey = torch.from_numpy(rgb2gray(cat())).float()
    windows = grey.unfold(0, 96, 1).unfold(1, 96, 1)
    spread = windows.std((2, 3), correction=0)
    alike = (windows * (piece - piece.mean())).mean((2, 3)) / (spread * piece.std(correction=0))
    assert alike.max() > 0.99


def test_halves_share_no_side_and_fewer_are_the_first_of_more():
    x, y, x_test, y_test = photographs.halves(40, 25, seed=7)
    assert (len(x), len(y), len(x_test), len(y_test)) == (40, 40, 25, 25)
    assert (torch.bincount(y, minlength=10) == 4).all()
    found, half = photographs.pieces(4, seed=7)
    for part, side in ((x, 0), (x_test, 1)):
        same = (part.flatten(1)[:, None] == found.x[half == side].flatten(1)).all(2)
        assert (same.sum(1) == 1).all()
    assert not torch.equal(x, photographs.halves(40, 25, seed=8)[0])
