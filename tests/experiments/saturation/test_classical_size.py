"""One fit gives all sizes, of trees and rounds."""

import pytest
import torch
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier

from lecture.data import mnist1d
from lecture.experiments.saturation.classical_size import ClassicalSize

CPU = torch.device("cpu")


@pytest.mark.parametrize("trees", [1, 2, 4])
def test_the_first_trees_of_a_forest_are_the_smaller_forest(trees):
    table = ClassicalSize.preset("smoke", seeds=1).run(CPU)
    x, y, x_test, y_test = (part.numpy() for part in mnist1d.split(200, 200, 0))
    forest = ExtraTreesClassifier(trees, max_features=0.5, random_state=0).fit(x, y)
    row = table[(table["method"] == "forest") & (table["amount"] == trees)]
    assert row["error"].item() == pytest.approx(1 - forest.score(x_test, y_test))


def test_the_first_rounds_of_boosting_are_the_shorter_boosting():
    table = ClassicalSize.preset("smoke", seeds=1).run(CPU)
    x, y, x_test, y_test = (part.numpy() for part in mnist1d.split(200, 200, 0))
    boosting = HistGradientBoostingClassifier(
        max_iter=2, learning_rate=0.2, max_bins=63, early_stopping=False, random_state=0
    ).fit(x, y)
    row = table[(table["method"] == "boosting") & (table["amount"] == 2)]
    assert row["error"].item() == pytest.approx(1 - boosting.score(x_test, y_test))
