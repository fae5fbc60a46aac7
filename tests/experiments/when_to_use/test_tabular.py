import numpy as np
import pytest
import torch

from lecture import devices
from lecture.experiments.when_to_use import tabular
from lecture.experiments.when_to_use.tabular import Tabular, boosted, loss, rotated

CPU = torch.device("cpu")
TINY = Tabular.preset("smoke")


@pytest.fixture(scope="module")
def table():
    devices.prepare()
    return TINY.run(CPU)


def test_every_method_meets_every_table(table):
    assert (table.groupby(["table", "method", "rotated"]).size() == TINY.seeds).all()
    assert set(table[table["rotated"]]["method"]) == {"network", "boosting"}
    assert table["method"].nunique() == 6
    assert table["error"].between(0, 0.6).all()


def circle(n, seed):
    x = np.random.default_rng(seed).normal(size=(n, 2))
    return x, (np.linalg.norm(x, axis=1) > 1.18).astype(np.int64)


def test_boosting_learns_a_circle():
    parts = [circle(400, 0), circle(200, 1), circle(400, 2)]
    trial = {"learning_rate": 0.2, "max_leaf_nodes": 8, "min_samples_leaf": 5, "l2_regularization": 0.0}
    assert boosted(parts, trial, 40)[1] < 0.1


def test_a_rotation_keeps_lengths_and_mixes_columns():
    x, y = circle(50, 0)
    ((turned, labels),) = rotated([(x, y)], 3)
    np.testing.assert_allclose(np.linalg.norm(turned, axis=1), np.linalg.norm(x, axis=1))
    assert (labels == y).all()
    assert abs(turned - x).max() > 0.1


def test_the_loss_is_scikit_learns():
    from sklearn.metrics import log_loss

    p, y = np.array([[0.2, 0.8], [0.6, 0.4], [0.9, 0.1]]), np.array([1, 0, 1])
    assert loss(p, y) == pytest.approx(log_loss(y, p))


def test_each_seed_searches_anew_from_a_common_default():
    assert tabular.network_trial(0, 0) == tabular.network_trial(1, 0)
    assert tabular.network_trial(0, 1) != tabular.network_trial(1, 1)
    assert tabular.boosting_trial(0, 1) != tabular.boosting_trial(0, 2)
    assert {tabular.network_trial(0, trial).depth for trial in range(6)} == {1, 2}
