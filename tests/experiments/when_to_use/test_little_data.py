from dataclasses import replace

import numpy as np
import pytest
import torch
from sklearn.neighbors import NearestCentroid

from lecture import devices
from lecture.experiments.when_to_use.little_data import CLASSICAL, LittleData, NearestMean, first

CPU = torch.device("cpu")
TINY = LittleData.preset("smoke", seeds=2, sets=("digits", "wine"))


@pytest.fixture(scope="module")
def table():
    devices.prepare()
    return TINY.run(CPU)


def test_everybody_meets_every_set_and_size_and_learns(table):
    methods = table.groupby("set")["method"].unique().map(set)
    assert methods["wine"] == {*CLASSICAL, "MLP"}
    assert methods["digits"] == {*CLASSICAL, "MLP", "CNN"}
    assert (table.groupby(["set", "method", "per_class"]).size() == 2).all()
    five = table[table["per_class"] == 5].groupby(["set", "method"])["error"].mean()
    assert five["wine"].max() < 0.4
    assert five["digits"].drop("CNN").max() < 0.5


def test_more_examples_contain_the_fewer_and_none_is_tested_on():
    x, y, x_test, _ = TINY.split("wine", 3)
    few, many = first(x, y, 2), first(x, y, 5)
    assert np.bincount(few[1]).tolist() == [2, 2, 2]
    assert set(map(tuple, few[0])) < set(map(tuple, many[0]))
    assert not set(map(tuple, many[0])) & set(map(tuple, x_test))


def test_columns_are_scaled_by_what_is_not_tested_on():
    x, _, x_test, _ = TINY.split("wine", 0)
    np.testing.assert_allclose(x.mean(0), 0, atol=1e-5)
    np.testing.assert_allclose(x.std(0), 1, atol=1e-5)
    assert abs(x_test.mean(0)).max() > 1e-2


def test_a_size_that_some_class_cannot_fill_is_left_out():
    devices.prepare()
    settings = replace(TINY, sets=("wine",), sizes=(1, 50), steps=1, width=2)
    assert settings.run(CPU)["per_class"].unique().tolist() == [1]


def test_the_nearest_mean_is_scikit_learns():
    x, y, x_test, _ = TINY.split("wine", 0)
    ours, theirs = NearestMean(1).fit(x, y), NearestCentroid().fit(x, y)
    assert (ours.predict(x_test) == theirs.predict(x_test)).all()
