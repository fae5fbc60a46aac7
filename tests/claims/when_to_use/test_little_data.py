import pandas as pd
import pytest

from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.little_data import judge_little_data

SIZES = (1, 10, 20)


def table(spread=0.1, **worse):
    """The network errs by so many points more at each size, set by set; other networks and methods are never best."""
    rows = [
        (name, n, method, seed, 0.2 + (gap + spread * (-1) ** (seed // 2) * (method == "MLP")) / 100)
        for name, points in worse.items()
        for n, difference in zip(SIZES, points, strict=True)
        for method, gap in (("MLP", difference), ("CNN", 30), ("SVM", 0), ("logistic", 20), ("neighbour", 20))
        for seed in range(8)
    ]
    rows += [(*row[:2], "nearest mean", row[3], 0.9) for row in rows if row[2] == "SVM"]
    return pd.DataFrame(rows, columns=["set", "per_class", "method", "seed", "error"])


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (table(a=(5, 5, 1), b=(4, 4, 1)), Verdict.HOLDS),
        (table(a=(9, 9, 0), b=(-3, -3, 0)), Verdict.IN_PART),
        (table(a=(0.5, 0.5, 0), b=(0.5, 0.5, 0)), Verdict.FAILS),  # too little to choose by
        (table(a=(-5, -5, 9), b=(-5, -5, 9)), Verdict.FAILS),  # 20 a class is not few
        (table(a=(1, 1, 0), b=(1, 1, 0), spread=2), Verdict.UNDECIDED),
    ],
)
def test_few_examples_must_hurt_the_network(records, verdict):
    assert judge_little_data(records).verdict is verdict


def test_the_numbers_prose_quotes():
    found = judge_little_data(table(a=(5, 3, 1), b=(2, 2, 0)))
    assert found.value.value == pytest.approx((4 + 2) / 2)
    assert [(m.key, m.interval.value) for m in found.numbers] == [("gap_most", pytest.approx(0.5))]
