from itertools import product

import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.summary.c29_causes import CLAIM, NAMES
from lecture.claims.summary.c30_references import CLAIM as PROMISE

ERROR = {
    "full": 10, "no_depth": 30, "no_data": 60, "no_compute": 50, "only_depth": 65, "only_data": 70, "only_compute": 68,
    "nothing": 75,
}  # fmt: skip
NETWORKS = {("now", 2): 20, ("now", 8): 10, ("then", 2): 30, ("then", 8): 90}
SPREAD = (-1, 0, 0, 1)


def rows(error, **columns):
    """Four seeds of a network with this mean test error in per cent, and a pilot that must not count."""
    accuracy = [1 - (error + s) / 100 for s in SPREAD]
    table = pd.DataFrame({"seed": range(4), "test_accuracy": accuracy, "layers": 2, "examples": 100, **columns})
    return [table.assign(pilot=False), table.assign(pilot=True, test_accuracy=0.5)]


def found(error=None, networks=None):
    error, networks = ERROR | (error or {}), NETWORKS | (networks or {})
    cube = [
        part
        for depth, data, compute in product((True, False), repeat=3)
        for part in rows(error[NAMES[depth, data, compute]], depth=depth, data=data, compute=compute)
    ]
    depth = [part for (tools, n), e in networks.items() for part in rows(e, tools=tools, layers=n)]
    return CLAIM.find(pd.concat(cube), pd.concat(depth))


@pytest.mark.parametrize(
    ("error", "networks", "verdict"),
    [
        ({}, {}, Verdict.HOLDS),
        ({"no_depth": 12}, {}, Verdict.CAVEAT),  # two causes matter, one does not
        ({"no_depth": 5}, {}, Verdict.CAVEAT),  # one of them even harms
        ({"no_data": 95}, {}, Verdict.CAVEAT),  # something is worse than nothing
        ({}, {("now", 8): 40}, Verdict.CAVEAT),  # the tools matter, depth does not
        ({}, {("now", 8): 20}, Verdict.CAVEAT),
        ({"no_depth": 12, "no_data": 11}, {}, Verdict.FAILS),
        ({"no_depth": 5, "no_data": 5, "no_compute": 5}, {}, Verdict.FAILS),  # the opposite of the talk
    ],
)
def test_the_predicate_in_every_direction(error, networks, verdict):
    assert found(error, networks).verdict == verdict


def test_measurements_are_differences_seed_by_seed():
    values = {m.key: m.interval for m in found().measurements}
    assert values["error_full"].value == pytest.approx(10)
    assert [round(values[f"cost_{cause}"].value) for cause in ("depth", "data", "compute")] == [20, 50, 40]
    assert [round(values[f"alone_{cause}"].value) for cause in ("depth", "data", "compute")] == [10, 5, 7]
    assert values["cost_depth"].low == pytest.approx(values["cost_depth"].high)  # the seeds' spread cancels
    assert values["cost_all"].value == pytest.approx(65)
    assert values["beyond"].value == pytest.approx(15)
    assert values["depth_pays"].value == pytest.approx(10)
    assert values["error_then_8"].value == pytest.approx(90)


def test_the_scale_names_what_there_is():
    finding = found()
    assert set(finding.scale) <= {m.key for m in finding.measurements}


def test_opposite_counts_seeds_in_which_a_removal_helped():
    assert found().opposite == 0
    assert found({"no_depth": 10}).opposite == 1


def test_the_promise_is_kept_elsewhere():
    assert PROMISE.find().verdict is Verdict.CITED
