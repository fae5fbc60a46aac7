import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.saturation.c25_scaling import CLAIM, sentence
from lecture.power_law import PowerLaw

SIZES = (300, 1000, 1700, 3000, 5500, 10_000, 30_000)
CLASSICAL, TREES = ("logistic", "neighbours", "SVM"), ("forest", "boosting")
LEVEL, STEEP = PowerLaw(30.0, 1.0, 0.4), PowerLaw(20.0, 0.6, 0.0)
IDLE, STRAIGHT = PowerLaw(0.3, 1.0, 0.4), PowerLaw(0.3, 0.5, 0.0)
CELLS = tuple((channels, steps) for channels in (8, 16, 32, 64) for steps in (200, 400, 800, 1600))


def noise(seed, place):
    return 1 + 0.004 * ((seed + place) % 3 - 1)


def table(amounts=SIZES, name="n", **laws):
    rows = [
        (seed, method.replace("_", " "), n, float(law.at(n)) * noise(seed, i))
        for method, law in laws.items()
        for i, n in enumerate(amounts)
        for seed in range(5)
    ]
    return pd.DataFrame(rows, columns=["seed", "method", name, "error"])


def networks(law):
    """Make up networks whose error follows from their computing alone: the longest trainings, and the others."""
    rows = [
        (seed, channels, 30 * channels**2, steps, work, float(law.at(work / 200**2)) * noise(seed, i))
        for i, (channels, steps) in enumerate(CELLS)
        for work in [channels**2 * steps]
        for seed in range(5)
    ]
    frame = pd.DataFrame(rows, columns=["seed", "channels", "parameters", "steps", "multiply_adds", "error"])
    longest = frame["steps"] == 1600
    return frame[longest], frame[~longest]


def find(going=0, large=STEEP, knobs=IDLE, cells=STRAIGHT):
    """Judge a world in which so many classical methods keep improving with data."""
    laws = {m: STEEP if place < going else LEVEL for place, m in enumerate(CLASSICAL + TREES)}
    return CLAIM.find(
        table(**{m: laws[m] for m in CLASSICAL}),
        table(**{m: laws[m] for m in TREES}),
        table(CNN_16=LEVEL, CNN_32=large),
        table((1, 3, 9, 27, 81), "amount", logistic=knobs, forest=knobs, boosting=knobs),
        *networks(cells),
        table(logistic=LEVEL, neighbours=LEVEL, SVM=LEVEL, CNN=STEEP),
    )


def measured(finding):
    return {m.key: m.interval for m in finding.measurements}


@pytest.mark.parametrize(("going", "verdict"), [(0, Verdict.HOLDS), (2, Verdict.CAVEAT), (3, Verdict.FAILS)])
def test_the_claim_needs_classical_methods_that_stop(going, verdict):
    assert find(going).verdict == verdict


def test_a_seed_alone_speaks_for_the_talk_if_its_network_goes_on_and_most_of_its_others_do_not():
    def errors(*last):
        return pd.DataFrame({1000: 50.0, 3000: last})

    rivals = {"a": errors(50, 50, 30, 50), "b": errors(50, 30, 30, 50), "c": errors(50, 50, 50, 50)}
    assert sentence(rivals, errors(20, 20, 20, 48)).tolist() == [True, True, False, False]


def test_the_claim_needs_a_network_that_goes_on_with_data():
    finding = find(large=LEVEL)
    assert finding.verdict == Verdict.FAILS
    assert finding.opposite == 0
    assert measured(finding)["axes"].value == 2


def test_the_claim_needs_a_network_that_goes_on_with_size_and_computing():
    finding = find(cells=PowerLaw(0.3, 0.5, 0.5))
    assert finding.verdict == Verdict.FAILS
    assert measured(finding)["axes"].value == 1


def test_the_claim_needs_classical_models_that_stop_when_they_grow():
    finding = find(knobs=PowerLaw(0.6, 0.5, 0.0))
    assert finding.verdict == Verdict.FAILS
    assert measured(finding)["axes"].value == 1


def test_a_forecast_is_held_against_the_size_that_the_fit_has_not_seen():
    found = measured(find())
    assert found["held_out_cnn_large"].value == pytest.approx(100 * float(STEEP.at(30_000)), rel=0.01)
    assert found["forecast_cnn_large"].low <= found["held_out_cnn_large"].value <= found["forecast_cnn_large"].high
    assert found["forecasts"].value == 7


def test_a_network_that_breaks_its_law_at_the_last_size_earns_a_caveat():
    class Broken:
        def at(self, n):
            return STEEP.at(n) * (0.7 if n == SIZES[-1] else 1.0)

    finding = find(large=Broken())
    assert finding.verdict == Verdict.CAVEAT


def test_the_numbers_prose_quotes():
    quarter = PowerLaw(20.0 * 4**-0.6, 0.6, 0.0)  # the same error with a quarter of the data
    finding = find(1, quarter)
    found = measured(finding)
    assert finding.measurements[0].key == "removed_cnn_large"
    assert found["removed_cnn_large"].value == pytest.approx(100 * (1 - 3**-0.6), abs=0.5)
    assert found["saving_logistic"].value == pytest.approx(4, rel=0.02)
    assert found["floor_cnn_large"].value == pytest.approx(0, abs=0.1)
    assert found["lead_best"].value == pytest.approx(100 * float(STEEP.at(30_000) - quarter.at(30_000)), abs=0.02)
    assert (found["classical"].value, found["going"].value) == (5, 1)
    assert found["most_cnn_large"].value == 30_000
    assert found["widest"].value == pytest.approx(100 * float(STRAIGHT.at(64**2 * 1600 / 200**2)), rel=0.01)
    assert found["removed_by_model"].value == pytest.approx(100 * (1 - 4**-0.5), abs=0.5)
    assert found["removed_by_compute"].value == pytest.approx(100 * (1 - 3**-0.5), abs=0.5)
    assert found["bend_wider"].value == pytest.approx(100 * (1 - 4**-0.5), abs=0.5)
    assert found["bend_longer"].value == pytest.approx(100 * (1 - 2**-0.5), abs=0.5)
    assert found["heavy_removed_cnn"].value == pytest.approx(100 * (1 - 3**-0.6), abs=0.5)
    assert set(finding.scale) <= set(found)
