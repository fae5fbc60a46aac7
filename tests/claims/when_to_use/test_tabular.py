import pandas as pd
import pytest

from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.tabular import ENOUGH, errors, judge_tabular


def records(gap, tables=ENOUGH, turned=0.0, spread=0.2, odd=0.0):
    """The network errs by so many points more than boosting, give or take; rotation costs boosting ``turned``.

    On one table it errs by ``odd`` points more.
    """
    return pd.DataFrame(
        {
            "table": f"t{number}", "seed": seed, "n": 100 * number, "method": method, "rotated": rotated,
            "error": 0.2 + (worse + (spread * (-1) ** seed + odd * (number == 1)) * (method == "network")) / 100,
        }
        for number in range(1, tables + 1)
        for seed in range(6)
        for method, rotated, worse in (
            ("boosting", False, 0), ("boosting", True, turned), ("network", False, gap), ("network", True, gap),
            ("linear", False, 3), ("small tree", False, 5),
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("runs", "verdict"),
    [
        (records(3), Verdict.HOLDS),
        (records(-3), Verdict.FAILS),
        (records(0.1), Verdict.UNDECIDED),
        (records(3, tables=6), Verdict.UNDECIDED),
        (records(0.01, spread=0.001, odd=40), Verdict.UNDECIDED),  # one table makes the mean
    ],
)
def test_the_network_must_lose_to_boosting_on_tables_enough(runs, verdict):
    assert judge_tabular(runs).verdict is verdict


def test_the_largest_table_comes_first_and_tables_are_counted():
    runs = records(3, tables=2, turned=2)
    assert list(errors(runs)["network"]) == ["t2", "t1"]
    found = {m.key: m.interval.value for m in judge_tabular(runs).numbers}
    assert (found["by_table"], found["over_linear"]) == pytest.approx((3, 0))
    assert (found["trees_ahead"], found["network_ahead"]) == (2, 0)
