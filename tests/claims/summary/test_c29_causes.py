from itertools import product

import pandas as pd
import pytest

from lecture.claims.summary.c29_causes import NAMES, judge_causes
from lecture.claims.verdict import Verdict

ERROR = {
    "full": 10, "no_depth": 30, "no_data": 60, "no_compute": 50, "only_depth": 65, "only_data": 70, "only_compute": 68,
    "nothing": 75,
}  # fmt: skip
NETWORKS = {("now", 2): 20, ("now", 8): 10, ("then", 2): 30, ("then", 8): 90}
SPREAD = (-1, 0, 0, 1)


def rows(error, **columns):
    """Four seeds of a network with this mean test error in per cent, and a pilot that must not count."""
    accuracy = [1 - (error + s) / 100 for s in SPREAD]
    usual = {"layers": 2, "examples": 100, "steps": 50, "batch": 10, "train_accuracy": 0.99}
    table = pd.DataFrame({"seed": range(4), "test_accuracy": accuracy, **usual, **columns})
    return [table.assign(pilot=False), table.assign(pilot=True, test_accuracy=0.5)]


def judged(error=None, **changed):
    """Judge eight cells, in some of which other columns are changed too."""
    error = ERROR | (error or {})
    cube = [
        part
        for depth, data, compute in product((True, False), repeat=3)
        for name in [NAMES[depth, data, compute]]
        for part in rows(error[name], depth=depth, data=data, compute=compute, **changed.get(name, {}))
    ]
    depth = [part for (tools, n), e in NETWORKS.items() for part in rows(e, tools=tools, layers=n)]
    return judge_causes(pd.concat(cube), pd.concat(depth))


@pytest.mark.parametrize(
    ("error", "changed", "verdict"),
    [
        ({}, {}, Verdict.HOLDS),
        ({"no_depth": 12}, {}, Verdict.FAILS),
        ({"no_depth": 13}, {}, Verdict.UNDECIDED),
        ({}, {"no_compute": {"steps": 5}}, Verdict.UNDECIDED),  # it saw half of the examples
        ({}, {"no_depth": {"train_accuracy": 0.7}}, Verdict.UNDECIDED),  # it might still catch up
        ({"no_data": 11}, {"no_compute": {"steps": 5}}, Verdict.FAILS),
    ],
)
def test_each_cause_must_be_worth_something_and_go_alone(error, changed, verdict):
    if error == {"no_depth": 13}:  # just at the bar, with a spread of its own
        changed = {"no_depth": {"test_accuracy": [0.85, 0.88, 0.86, 0.89]}}
    assert judged(error, **changed).verdict is verdict


def test_measurements_are_differences_seed_by_seed():
    finding = judged(no_compute={"steps": 5})
    values = {m.key: m.interval for m in finding.numbers}
    assert finding.value.value == pytest.approx(20)
    assert [round(values[f"cost_{cause}"].value) for cause in ("depth", "data", "compute")] == [20, 50, 40]
    assert [round(values[f"alone_{cause}"].value) for cause in ("depth", "data", "compute")] == [10, 5, 7]
    assert values["cost_depth"].low == pytest.approx(values["cost_depth"].high)  # the seeds' spread cancels
    assert values["seen_no_compute"].value == 50
    assert (values["error_then_deep"].value, values["error_now_shallow"].value) == pytest.approx((90, 20))
