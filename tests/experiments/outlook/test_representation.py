import numpy as np
import pytest
import torch
from sklearn.linear_model import RidgeClassifier

from lecture.data.images import Images
from lecture.experiments.outlook import representation
from lecture.experiments.outlook.representation import Representation, first_of_each, layers, neighbours_agree, score
from lecture.seeds import Seeds

CPU = torch.device("cpu")
TINY = Representation(seeds=2, images=120, test=30, few=2, batch=16, steps=3, few_batch=10, few_steps=3)


def fake(n=200):
    """Images that can be told apart: a bright row of pixels for each class."""
    y = torch.arange(n) % 10
    x = 0.8 * torch.rand(n, 28, 28, generator=torch.Generator().manual_seed(0))
    x[torch.arange(n), 4 + 2 * y] += 0.4
    return Images("fake", x, y)


@pytest.fixture(scope="module", autouse=True)
def _no_real_images():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(representation.mnist, "load", fake)
        yield


@pytest.fixture(scope="module")
def table():
    return TINY.run(CPU)


def test_pixels_once_and_three_layers_of_three_networks(table):
    assert len(table) == 2 * (1 + 3 * 3)
    assert (table[table["layer"] == "pixels"]["accuracy"] > 0.3).all()
    last = table[table["layer"] == "last hidden"].pivot(index="seed", columns="network", values="accuracy")
    assert last.nunique(axis=1).max() > 1


def test_training_without_labels_does_not_look_at_them():
    seeds = Seeds((0,), CPU)
    x, y, *_ = TINY.split(seeds)
    right, wrong = TINY.without_labels(x, y, seeds), TINY.without_labels(x, (y + 1) % 10, seeds)
    for a, b in zip(right.parameters(), wrong.parameters(), strict=True):
        assert torch.equal(a, b)


def test_the_layers_are_what_the_network_computes_on_its_way():
    seeds = Seeds((0,), CPU)
    x, *_ = TINY.split(seeds)
    model = TINY.network(seeds, 7)
    found = layers(model, x)
    torch.testing.assert_close(model[-1](found["last hidden"]), model(x))
    assert found["pixels"].shape == (1, 120, 196)


def test_the_few_are_the_first_of_each_class():
    labels = torch.arange(40) % 10
    assert sorted(first_of_each(labels, 2).tolist()) == list(range(20))


def test_the_probe_is_a_ridge_classifier_and_does_not_see_the_test_labels():
    draw = np.random.default_rng(0)
    y = np.arange(60) % 3
    x = draw.normal(size=(60, 5)) + 2 * np.eye(5)[y]
    seen, tested = torch.from_numpy(x[:30]), torch.from_numpy(x[30:])
    found = score(seen, torch.from_numpy(y[:30]), tested, torch.from_numpy(y[30:]))["accuracy"]
    centred = x - x[:30].mean(0)
    centred /= np.sqrt((centred[:30] ** 2).mean())
    possible = {
        RidgeClassifier(alpha=a).fit(centred[:30], y[:30]).score(centred[30:], y[30:]) for a in representation.STRENGTHS
    }
    assert found in possible
    wrong = score(seen, torch.from_numpy(y[:30]), tested, torch.from_numpy((y[30:] + 1) % 3))["accuracy"]
    assert wrong < 0.5 < found


def test_neighbours_that_agree():
    points = np.array([[0.0], [0.1], [5.0], [5.3]])
    assert neighbours_agree(points, torch.tensor([1, 1, 2, 2])) == 1
    assert neighbours_agree(points, torch.tensor([1, 2, 2, 2])) == 0.5
