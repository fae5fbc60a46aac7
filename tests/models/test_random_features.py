"""Random features stand for the Gaussian kernel, and least squares on them for the kernel machine."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.linear_model import Ridge
from sklearn.metrics.pairwise import rbf_kernel

from lecture.models import random_features
from lecture.models.random_features import RandomFeatures


def examples(n=200, seed=0):
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(n, 5)).astype(np.float32)
    return x, (np.linalg.norm(x, axis=1) > 2.1).astype(np.int64) + 3


def test_products_of_features_come_near_the_kernel():
    x, y = examples(60)
    found = RandomFeatures(features=4000, gamma=0.2).fit(x, y).transform(x)
    np.testing.assert_allclose(found @ found.T, rbf_kernel(x, gamma=0.2), atol=0.07)


def test_the_weights_are_those_of_ridge_regression():
    x, y = examples()
    machine = RandomFeatures(features=50, gamma=0.2, penalty=0.7).fit(x, y)
    ridge = Ridge(alpha=0.7, fit_intercept=False).fit(machine.transform(x), 2 * np.eye(2)[y - 3] - 1)
    assert (machine.predict(x) == 3 + ridge.predict(machine.transform(x)).argmax(1)).mean() > 0.99


def test_it_learns_what_no_line_can():
    machine = RandomFeatures(features=500, gamma=0.2, penalty=0.1).fit(*examples(2000))
    assert machine.score(*examples(500, seed=1)) > 0.9


@pytest.mark.parametrize("at_once", [7, 200])
def test_blocks_change_nothing(monkeypatch, at_once):
    x, y = examples()
    whole = RandomFeatures(features=40).fit(x, y)
    monkeypatch.setattr(random_features, "AT_ONCE", at_once)
    np.testing.assert_allclose(clone(whole).fit(x, y)._weights, whole._weights, rtol=1e-3, atol=1e-4)


def test_a_seed_has_its_own_features():
    x, y = examples()
    assert (RandomFeatures(seed=1).fit(x, y).transform(x) != RandomFeatures(seed=2).fit(x, y).transform(x)).any()
