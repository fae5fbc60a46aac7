"""The real tables: content, and splits that keep together what belongs together."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from lecture.data import tables
from lecture.data.tables import Table
from lecture.errors import LectureError

CONTENT = {
    "doctor": ((20_190, 9), (6_308, 13_882)),
    "affairs": ((6_366, 8), (4_313, 2_053)),  # 2,053 of 6,366: Fair 1978
    "vote": ((944, 9), (551, 393)),
    "cancer": ((569, 30), (212, 357)),
    "diabetes": ((442, 10), (221, 221)),
    "cars": ((392, 7), (196, 196)),
    "wine": ((178, 13), (59, 71, 48)),
    "children": ((30_000, 7), (18_672, 11_328)),  # 38 % have a third child: Angrist and Evans 1998
    "taxi": ((10_000, 18), (791, 9_209)),
    "loans": ((9_857, 31), (517, 9_340)),
    "pensions": ((9_275, 7), (5_638, 3_637)),
    "insurance": ((8_802, 18), (1_750, 7_052)),
    "caravans": ((5_822, 85), (5_474, 348)),  # 348 buyers: the CoIL challenge of 2000
    "developers": ((5_594, 23), (5_019, 575)),
    "spam": ((4_601, 6), (2_788, 1_813)),  # 1,813 of 4,601: the spambase of Hewlett-Packard
    "credit": ((4_039, 22), (1_026, 3_013)),
    "jobs": ((4_331, 24), (1_347, 259, 514, 2_211)),
    "email": ((3_921, 20), (3_554, 367)),
    "arrests": ((2_725, 10), (1_970, 755)),
    "mortgages": ((2_380, 13), (2_095, 285)),  # 285 of 2,380 denied: Stock and Watson
    "cells": ((2_019, 56), (1_300, 719)),  # 719 well segmented: Hill et al. 2007
}


@pytest.mark.parametrize("name", tables.TABLES)
def test_content(name):
    table = tables.load(name)
    shape, classes = CONTENT[name]
    assert table.x.shape == shape
    assert tuple(np.bincount(table.y)) == classes
    assert np.isfinite(table.x).all()
    assert len(table.columns) == len(set(table.columns)) == shape[1]


@pytest.mark.parametrize("name", ["vote", "cancer", "cars"])
def test_rows_belong_to_their_classes(name):
    table = tables.load(name)
    (x, y), (x_test, y_test) = table.split((250, 100), 0)
    scale = StandardScaler().fit(x)
    assert LogisticRegression().fit(scale.transform(x), y).score(scale.transform(x_test), y_test) > 0.8


def test_no_column_gives_the_answer_away():
    """No single question on one column may be as good as knowing."""
    for name in tables.FROM_R:
        table = tables.load(name)
        stump = DecisionTreeClassifier(max_depth=1).fit(table.x, table.y)
        assert stump.score(table.x, table.y) < max(np.bincount(table.y)) / len(table.y) + 0.25, name


def toy():
    x = np.arange(40.0)[:, None]
    return Table("toy", ("x",), x, np.arange(40) % 2, np.arange(40) // 4)


def test_no_group_lies_in_two_parts_and_sizes_are_kept():
    for seed in range(20):
        parts = toy().split((9, 10, 5), seed)
        assert [len(y) for _, y in parts] == [9, 10, 5]
        groups = [set(x[:, 0] // 4) for x, _ in parts]
        assert not groups[0] & groups[1]
        assert not (groups[0] | groups[1]) & groups[2]
        assert all((x[:, 0] % 2 == y).all() for x, y in parts)


def test_a_household_seen_in_training_is_not_tested_on():
    (x, _), (x_test, _) = tables.load("doctor").split((4000, 2000), 0)
    assert not set(map(tuple, x)) & set(map(tuple, x_test))


def test_a_split_belongs_to_its_seed():
    assert (toy().split((9, 9), 1)[0][0] == toy().split((9, 9), 1)[0][0]).all()
    assert (toy().split((9, 9), 1)[0][0] != toy().split((9, 9), 2)[0][0]).any()


@pytest.mark.parametrize("sizes", [(30, 20), (0, 5)])
def test_impossible_splits_are_refused(sizes):
    with pytest.raises(LectureError, match="toy has 40 rows"):
        toy().split(sizes, 0)


def test_an_unknown_table_is_named():
    with pytest.raises(LectureError, match="no table 'titanic'"):
        tables.load("titanic")


def test_the_digest_tells_tables_apart():
    assert tables.digest(("wine",)) != tables.digest(("cars",))
