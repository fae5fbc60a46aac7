"""What trees, linear models and networks name as their reasons on a table."""

import numpy as np
import torch
from sklearn.tree import DecisionTreeClassifier

from lecture import devices
from lecture.experiments.when_to_use.reasons import Reasons, compare, largest, path_columns

CPU = torch.device("cpu")


def test_every_seed_has_its_numbers():
    devices.prepare()
    table = Reasons.preset("smoke").run(CPU)
    assert (table.groupby(["model", "quantity"]).size() == 2).all()
    assert table.query("quantity != 'error'")["value"].between(0, 1).all()


def test_the_columns_of_a_path():
    x = np.array([[0.0, 0, 0, 9], [0, 1, 0, 9], [1, 0, 0, 9], [1, 0, 1, 9]] * 5)
    y = np.array([0, 1, 1, 0] * 5)  # column 0 asks first or second; column 3 never
    tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(x, y)
    assert tree.score(x, y) == 1
    named = path_columns(tree, x[:4])
    for row, columns in zip(x[:4], named, strict=True):
        moved = row.copy()
        moved[~columns] = 5.0  # what no question asks about changes nothing
        assert tree.predict([moved]) == tree.predict([row])
    assert not named[:, 3].any()


def test_the_three_largest():
    assert largest(np.array([[1.0, 5, 2, 4, 3]])).tolist() == [[False, True, False, True, True]]


def test_overlap_agreement_and_error():
    yes = np.array([True, True, False, False])
    told = [(np.array([0, 1]), np.stack([yes, yes])), (np.array([0, 0]), np.stack([yes, ~yes]))]
    assert compare(told, np.array([0, 1])) == {"shared": 0.5, "agreement": 0.5, "error": 0.25}
