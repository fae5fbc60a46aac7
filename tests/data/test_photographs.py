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
