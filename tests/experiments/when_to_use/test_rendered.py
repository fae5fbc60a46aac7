"""Every contender has the same budget and the same test; no real image is ever in both sets."""

import torch

from lecture.data import glyphs, mnist
from lecture.experiments.when_to_use.rendered import ASIDE, Rendered, joined
from lecture.seeds import Seeds

CPU = torch.device("cpu")


def bytes_of(images):
    return {image.numpy().tobytes() for image in images}


def test_training_and_test_images_are_real_disjoint_and_not_those_of_the_pilots():
    x, y, x_test, y_test = Rendered(test=500)._real(Seeds((0, 1), CPU))
    assert x.shape == (2, 1000, 28, 28)
    assert x_test.shape == (2, 500, 28, 28)
    _, _, aside, _ = mnist.load().split(len(mnist.load().y) - ASIDE, ASIDE, seed=0)
    for seed in range(2):
        train, test = bytes_of(x[seed]), bytes_of(x_test[seed])
        assert not train & test
        assert not (train | test) & bytes_of(aside)
        assert train | test <= bytes_of(mnist.load().x)
    assert not torch.equal(x[0], x[1])
    assert y.shape == (2, 1000)
    assert y_test.shape == (2, 500)


def test_a_seed_draws_whole_faces():
    seeds = Seeds((0, 1), CPU)
    x, y = Rendered()._printed(seeds, 3)
    assert x.shape == (2, 30, 28, 28)
    assert y[0].tolist() == list(range(10)) * 3
    everything = glyphs.load().x.view(-1, 10, 28, 28)
    drawn = [[int((everything == face).all((1, 2, 3)).nonzero()) for face in x[s].view(3, 10, 28, 28)] for s in (0, 1)]
    assert len(set(drawn[0])) == 3
    assert drawn[0] != drawn[1]
    fewer, _ = Rendered()._printed(seeds, 1)
    assert torch.equal(fewer, x[:, :10])


def test_a_joined_batch_holds_one_of_each():
    y = torch.zeros(2, 5, dtype=torch.long)
    ones, twos = ([(torch.full((2, 5, 28, 28), value), y + number)] * 3 for number, value in enumerate((1.0, 2.0)))
    batches = list(joined(ones, twos))
    assert len(batches) == 3
    for x, labels in batches:
        assert x.shape == (2, 10, 28, 28)
        assert x[:, :, 0, 0].tolist() == [[1.0] * 5 + [2.0] * 5] * 2
        assert labels.tolist() == [[0] * 5 + [1] * 5] * 2


def test_the_table_is_tidy():
    table = Rendered.preset("smoke").run(CPU)
    counts = table.groupby("trained_on", sort=False)["seed"].count().to_dict()
    assert counts == {"rendered": 2, "real": 4, "real, distorted": 2, "real and rendered": 2}
    assert table["accuracy"].between(0, 1).all()
    assert (table.loc[table["trained_on"] == "rendered", "real"] == 0).all()
