"""Who borrows, from whom, and on which examples."""

from collections import Counter

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from lecture.experiments.when_to_use.borrowed_digits import BorrowedDigits
from lecture.experiments.when_to_use.borrowed_signals import BorrowedSignals
from lecture.experiments.when_to_use.borrowing import NEW, OLD, examples, features, linear, with_new_head
from lecture.models.cnn import cnn
from lecture.seeds import Seeds
from lecture.training.fit import fit

CPU = torch.device("cpu")


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
    fit(model, x, y, seeds, batch=10, steps=3, rate=0.01)
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


def test_turned_features_give_the_same_model():
    """Fewer examples than features: the accuracies are those of logistic regression on the features as they are."""
    random = np.random.default_rng(0)
    x, x_test = random.normal(size=(30, 80)), random.normal(size=(500, 80))
    y, y_test = (part[:, :3].argmax(1) for part in (x, x_test))
    plain = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000)).fit(x, y)
    assert linear(10.0)(x, y, x_test, y_test) == pytest.approx(plain.score(x_test, y_test), abs=0.004)
