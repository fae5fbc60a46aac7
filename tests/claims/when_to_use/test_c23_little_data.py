import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.when_to_use.little_data import PART, best

SIZES = (1, 10, 20)


def table(**worse):
    """The network errs by so many points more at each size, set by set; a second network and method are never best."""
    rows = [
        (name, n, method, seed, 0.2 + 0.001 * seed + gap / 100 + 0.0005 * (seed % 3) * (method == "MLP"))
        for name, points in worse.items()
        for n, difference in zip(SIZES, points, strict=True)
        for method, gap in (("MLP", difference), ("CNN", 30), ("SVM", 0), ("logistic", 20), ("neighbour", 20))
        for seed in range(6)
    ]
    rows += [(*row[:2], "nearest mean", row[3], 0.9) for row in rows if row[2] == "SVM"]
    return pd.DataFrame(rows, columns=["set", "per_class", "method", "seed", "error"])


@pytest.mark.parametrize(
    ("worse", "verdict"),
    [
        ({"a": (5, 5, 1), "b": (4, 4, 1)}, Verdict.HOLDS),
        ({"a": (5, 5, 5), "b": (4, 4, 4)}, Verdict.CAVEAT),  # as much worse with more data: not for want of it
        ({"a": (9, 9, 0), "b": (-3, -3, 0)}, Verdict.CAVEAT),  # not on each set
        ({"a": (0.5, 0.5, 0), "b": (0.5, 0.5, 0)}, Verdict.CAVEAT),  # too little to choose by
        ({"a": (0, 0, 0), "b": (-0.2, 0.05, 0)}, Verdict.FAILS),
        ({"a": (-5, -5, 0), "b": (-5, -5, 0)}, Verdict.FAILS),
        ({"a": (-5, -5, 9), "b": (-5, -5, 9)}, Verdict.FAILS),  # 20 a class is not few
    ],
)
def test_few_examples_must_hurt_the_network_everywhere_and_more_must_help(worse, verdict):
    assert PART.judge(table(**worse)).verdict == verdict


def test_the_numbers_prose_quotes():
    finding = PART.judge(table(a=(5, 3, 1), b=(2, 2, 0)))
    found = {m.key: m.interval.value for m in finding.measurements}
    assert finding.measurements[0].key == "gap"
    assert found["gap"] == pytest.approx((4 + 2) / 2 + 0.05)
    assert found["gap_a"] == pytest.approx(4.05)
    assert found["gap_most"] == pytest.approx(0.55)
    assert found["narrowing"] == pytest.approx(2.5)
    assert found["gap_b_20"] == pytest.approx(0.05)


def test_the_choice_never_sees_the_seed_that_it_is_judged_by():
    """A method that wins by luck on the even seeds alone is chosen for the odd ones, where the luck is gone."""
    errors = pd.DataFrame({"lucky": [0.0, 9, 0, 9, 0, 9], "steady": [5.0] * 6})
    assert best(errors, ["lucky", "steady"]).tolist() == [5, 9, 5, 9, 5, 9]
