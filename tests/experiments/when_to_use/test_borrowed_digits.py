import torch

from lecture.experiments.history.real_images import describe
from lecture.experiments.when_to_use.borrowed_digits import BorrowedDigits


def test_images_and_their_edges_are_dealt_in_the_same_order():
    experiment = BorrowedDigits.preset("smoke")
    pool = experiment.pool()
    assert not torch.equal(pool[0], pool[1])
    views = experiment.classical(pool)
    edges, _ = views["HOG + SVM"]
    expected = torch.from_numpy(describe(pool[1, 7, 3]))
    torch.testing.assert_close(edges[1, 7, 3], expected)
