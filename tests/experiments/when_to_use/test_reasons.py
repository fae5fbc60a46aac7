"""What trees, linear models and networks name as their reasons on a table."""

import numpy as np
import torch
from sklearn.tree import DecisionTreeClassifier

from lecture import devices
from lecture.experiments.when_to_use import reasons
from lecture.experiments.when_to_use.reasons import Reasons, Told, alike, compare, largest, path_columns

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
    groups = np.array([1, 2, 1, 2])  # so that a column and the other one share theirs
    told = [Told(np.array([0, 1]), np.stack([yes, yes]), len), Told(np.array([0, 0]), np.stack([yes, ~yes]), len)]
    found = compare(told, np.array([0, 1]), groups)
    assert found == {"shared": 0.5, "shared_groups": 1.0, "agreement": 0.5, "error": 0.25}


def test_only_columns_that_carry_the_answer_change_it_when_they_go():
    """The answer is the sign of column 0: whoever names it loses it by deletion, whoever names column 1 does not."""
    x = np.array([[1.0, 3, 0, 0], [2, -3, 0, 0]])
    strangers = np.full((3, 4), -1.0)

    def sign(rows):
        return (rows[:, 0] > 0).astype(int)

    for column, kept in ((0, 1.0), (1, 0.0)):
        named = np.tile(np.arange(4) == column, (2, 1))
        found = reasons.tested([Told(sign(x), named, sign)], x, strangers, np.random.default_rng(0))
        assert (found["deletion"], found["insertion"]) == (kept, kept)


def test_a_tree_needs_nothing_but_the_columns_it_names():
    table = Reasons.preset("smoke").run(CPU)
    assert (table.query("model == 'tree' and quantity == 'insertion'")["value"] == 1).all()


def test_columns_that_say_the_same_are_one_group():
    random = np.random.default_rng(0)
    a, b = random.normal(size=(2, 200))
    groups = alike(np.stack([a, -2 * a + 0.01 * b, b], 1))
    assert groups[0] == groups[1] != groups[2]
