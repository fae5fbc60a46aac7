import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.when_to_use.reliability import PART, QUANTITIES

METHODS = ("logistic", "SVM", "forest", "network", "ensemble")


def table(disagreement, error, scaled=None):
    """Made-up records: per cents by method, the same for five sets of data up to a little noise."""
    given = {"disagreement": disagreement, "calibration_error": error, "calibration_error_scaled": scaled or error}
    return pd.DataFrame(
        [
            {
                "seed": seed,
                "method": method,
                "quantity": quantity,
                "at": at,
                "value": (given.get(quantity, {}).get(method, 50) + 0.1 * (seed * (len(method) + 1) % 5)) / 100,
            }
            for seed in range(5)
            for method in METHODS
            for quantity in QUANTITIES
            if not (method == "ensemble" and quantity == "disagreement_other")
            for at in (0, 1)
        ]
    )


STEADY = {"logistic": 0, "SVM": 0, "forest": 10, "network": 20, "ensemble": 15}
SURE = {"logistic": 5, "SVM": 5, "forest": 5, "network": 10, "ensemble": 8}
CURED = {"ensemble": 8}


@pytest.mark.parametrize(
    ("disagreement", "error", "scaled", "verdict"),
    [
        (STEADY, SURE, SURE, Verdict.HOLDS),
        (STEADY | CURED, SURE, SURE | {"ensemble": 2}, Verdict.CAVEAT),  # both troubles halved
        (STEADY | CURED, SURE, SURE, Verdict.HOLDS),  # one of them is not
        (STEADY, SURE | {"forest": 30}, SURE, Verdict.CAVEAT),  # a forest knows less how sure to be
        (STEADY | {"forest": 20}, SURE, SURE, Verdict.CAVEAT),  # a forest is as restless
        (STEADY | {"forest": 25}, SURE | {"forest": 30}, SURE, Verdict.FAILS),
    ],
)
def test_the_verdict_in_every_direction(disagreement, error, scaled, verdict):
    assert PART.judge(table(disagreement, error, scaled)).verdict == verdict


def test_the_headline_is_the_networks_disagreement():
    found = PART.judge(table(STEADY, SURE))
    assert found.measurements[0].key == "network_disagreement"
    assert found.measurements[0].interval.value == pytest.approx(20.2)
    assert found.opposite == 0


def test_the_published_numbers_stand_beside_ours():
    found = {m.key: m.interval.value for m in PART.judge(table(STEADY, SURE)).measurements}
    assert (found["published_before"], found["published_after"]) == (16.53, 1.26)
