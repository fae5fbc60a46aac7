import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.saturation.c25_scaling import CLAIM
from lecture.power_law import PowerLaw

SIZES = (300, 1000, 3000, 10_000, 30_000)
CLASSICAL = ("logistic", "neighbours", "SVM", "forest", "boosting")
LEVEL, STEEP = PowerLaw(30.0, 1.0, 0.4), PowerLaw(20.0, 0.6, 0.0)


def table(**laws):
    rows = [
        (seed, method.replace("_", " "), n, float(law.at(n)) * (1 + 0.004 * ((seed + i) % 3 - 1)))
        for method, law in laws.items()
        for i, n in enumerate(SIZES)
        for seed in range(5)
    ]
    return pd.DataFrame(rows, columns=["seed", "method", "n", "error"])


def find(going, large=STEEP):
    """Judge a world in which so many classical methods keep improving."""
    classical = {method: STEEP if place < going else LEVEL for place, method in enumerate(CLASSICAL)}
    return CLAIM.find(table(**classical), table(CNN_16=LEVEL, CNN_32=large))


@pytest.mark.parametrize(("going", "verdict"), [(0, Verdict.HOLDS), (2, Verdict.CAVEAT), (3, Verdict.FAILS)])
def test_the_claim_needs_classical_methods_that_stop(going, verdict):
    assert find(going).verdict == verdict


def test_the_claim_needs_a_network_that_goes_on():
    finding = find(0, LEVEL)
    assert finding.verdict == Verdict.FAILS
    assert finding.opposite == 1


def test_the_numbers_prose_quotes():
    quarter = PowerLaw(20.0 * 4**-0.6, 0.6, 0.0)  # the same error with a quarter of the data
    finding = find(1, quarter)
    found = {m.key: m.interval for m in finding.measurements}
    assert finding.measurements[0].key == "removed_cnn_large"
    assert found["removed_cnn_large"].value == pytest.approx(100 * (1 - 3**-0.6), abs=0.5)
    assert found["tenfold_cnn_large"].value == pytest.approx(100 * (1 - 10**-0.6), abs=0.5)
    assert found["saving_best"].value == pytest.approx(4, rel=0.02)
    assert found["exponent_cnn_large"].value == pytest.approx(0.6, abs=0.02)
    assert found["floor_neighbours"].value == pytest.approx(40, rel=0.02)
    assert found["lead_best"].value == pytest.approx(100 * float(STEEP.at(30_000) - quarter.at(30_000)), abs=0.02)
    assert found["logistic_1000"].value == pytest.approx(100 * float(STEEP.at(1000)), rel=0.01)
    assert (found["classical"].value, found["going"].value, found["stopped"].value) == (5, 1, 4)
    assert found["most_svm"].value == 30_000
    assert set(finding.scale) <= set(found)


def test_no_law_is_fitted_to_three_points():
    classical = table(**dict.fromkeys(CLASSICAL, STEEP))
    finding = CLAIM.find(classical[classical["n"] <= 10_000], table(CNN_16=LEVEL, CNN_32=STEEP))
    keys = {m.key for m in finding.measurements}
    assert "exponent_cnn_large" in keys
    assert "exponent_forest" not in keys
