import pandas as pd
import pytest

from lecture.claims.summary.c29_causes import SETS, judge_causes
from lecture.claims.verdict import Verdict

ERROR = {
    "full": 10, "no_depth": 40, "no_data": 60, "no_compute": 50, "only_depth": 65, "only_data": 70, "only_compute": 68,
    "nothing": 75, "patient": 30, "shallow": 14,
}  # fmt: skip
SPREAD = (-1, 0, 0, 1)


def rows(error, **columns):
    """Four seeds of a network with this mean test error in per cent."""
    accuracy = [1 - (error + s) / 100 for s in SPREAD]
    usual = {"layers": 2, "examples": 100, "steps": 50, "batch": 10, "train_accuracy": 0.99}
    return pd.DataFrame({"seed": range(4), "test_accuracy": accuracy, **usual, **columns})


def judged(error=None, **changed):
    """Judge the cells, in some of which other columns are changed too."""
    cube = [rows(e, cell=name, **changed.get(name, {})) for name, e in (ERROR | (error or {})).items()]
    tools = [rows(10 * n, tools=tools, layers=n) for tools in SETS for n in (4, 8)]
    return judge_causes(pd.concat(cube), pd.concat(tools))


@pytest.mark.parametrize(
    ("error", "changed", "verdict"),
    [
        ({}, {}, Verdict.HOLDS),
        ({"patient": 12}, {}, Verdict.FAILS),
        ({"no_depth": 12}, {}, Verdict.HOLDS),  # with twenty times the computing it counts, not with as much
        ({}, {"patient": {"test_accuracy": [0.85, 0.88, 0.86, 0.89]}}, Verdict.UNDECIDED),  # about three points
        ({}, {"no_compute": {"steps": 5}}, Verdict.UNDECIDED),  # it saw half of the examples
        ({}, {"patient": {"train_accuracy": 0.7}}, Verdict.UNDECIDED),  # it might still catch up
        ({"no_data": 11}, {"no_compute": {"steps": 5}}, Verdict.FAILS),
    ],
)
def test_each_cause_must_be_worth_something_and_go_alone(error, changed, verdict):
    assert judged(error, **changed).verdict is verdict


def test_measurements_are_differences_seed_by_seed():
    finding = judged(no_compute={"steps": 5})
    values = {m.key: m.interval for m in finding.numbers}
    assert finding.value.value == pytest.approx(20)
    assert [round(values[f"cost_{cause}"].value) for cause in ("depth", "data", "compute")] == [20, 50, 40]
    assert [round(values[f"alone_{cause}"].value) for cause in ("depth", "data", "compute")] == [10, 5, 7]
    assert values["cost_depth"].low == pytest.approx(values["cost_depth"].high)  # the seeds' spread cancels
    assert values["seen_no_compute"].value == 50
    assert (values["cost_tools"].value, values["layers"].value) == pytest.approx((30, 4))
    assert (values["custom_shallow"].value, values["now_deep"].value) == pytest.approx((40, 80))
