import torch

from lecture.experiments.history.end_to_end import EndToEnd
from lecture.experiments.when_to_use.distorted_digits import DistortedDigits

CPU = torch.device("cpu")


def test_it_meets_the_images_of_the_first_chapter():
    ours, there = DistortedDigits.preset("smoke"), EndToEnd.preset("smoke", sizes=(80,), steps=(4,))
    assert all(torch.equal(a, b) for a, b in zip(ours.splits(CPU), there.splits(CPU), strict=True))


def test_a_row_for_each_size_and_seed():
    table = DistortedDigits.preset("smoke").run(CPU)
    assert (table.groupby("n").size() == 2).all()
    assert table["error"].between(0, 1).all()


def test_copies_follow_their_images_and_keep_their_labels():
    tiny = DistortedDigits.preset("smoke", copies=2)
    x, y, *_ = tiny.splits(CPU)
    shown, labels = tiny.with_copies(x, y, tiny.seeds_on(CPU).stream("distortions"))
    assert torch.equal(shown[:, : x.shape[1]], x)
    assert torch.equal(labels, y.repeat(1, 3))
    first, second = shown[:, x.shape[1] :].chunk(2, 1)
    assert not torch.equal(first, second)
