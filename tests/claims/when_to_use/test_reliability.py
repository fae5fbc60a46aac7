import pandas as pd
import pytest

from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.reliability import SCORES, SHARES, judge_reliability

METHODS = ("logistic", "SVM", "forest", "network", "network, same seed", "ensemble")
STEADY = {"logistic": 0, "SVM": 0, "forest": 10, "network": 20, "ensemble": 15}
SURE = {"logistic": 5, "SVM": 5, "forest": 5, "network": 10, "ensemble": 8}


def table(disagreement, brier, log_loss=SURE, spread=0.2):
    """Made-up records: per cents by method for six sets of data, the network's give or take."""
    given = {"disagreement": disagreement, "calibration_error": SURE, "brier": brier, "log_loss": log_loss}
    return pd.DataFrame(
        {
            "seed": seed, "method": method, "quantity": quantity, "at": at,
            "value": (given.get(quantity, {}).get(method, 50) + spread * (-1) ** seed * (method == "network")) / 100,
        }
        for seed in range(6)
        for method in METHODS
        for quantity in (*SHARES, *SCORES)
        for at in (0, 1)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        (table(STEADY, SURE), Verdict.HOLDS),
        (table(STEADY, SURE | {"network": 1}), Verdict.IN_PART),
        (table(STEADY, SURE, SURE | {"network": 1}), Verdict.IN_PART),  # both scores must be worse
        (table(STEADY | {"forest": 25}, SURE | {"network": 1}), Verdict.FAILS),
        (table(STEADY | {"forest": 19}, SURE | {"network": 6}, spread=3), Verdict.UNDECIDED),
    ],
)
def test_runs_must_differ_more_and_a_proper_score_be_worse(records, verdict):
    assert judge_reliability(records).verdict is verdict


def test_the_published_errors_stand_beside_ours():
    found = judge_reliability(table(STEADY, SURE))
    numbers = {m.key: m for m in found.numbers}
    assert found.value.value == pytest.approx(10)
    assert (numbers["error"].published.value, numbers["error_scaled"].published.value) == (16.53, 1.26)
    assert numbers["brier_forest"].interval.value == pytest.approx(0.05)
    assert numbers["vote_differ"].interval.value == pytest.approx(15)
