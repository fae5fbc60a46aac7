import pandas as pd
import pytest

from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.c18_much_data import judge_crossing, races

SIZES = (100, 1000, 10_000)
BEHIND, TIED, AHEAD = -5, 1, 5


def tables(signals, images, sizes=SIZES):
    """Records in which the best network leads by the given points at each size, give or take."""

    def rows(method, errors, spread=0.0):
        return [
            {"method": method, "n": n, "seed": seed, "error": (error + spread * (-1) ** seed) / 100}
            for n, error in zip(sizes, errors, strict=True)
            for seed in range(6)
        ]

    rival, worse = (50, 40, 30), (60, 55, 50)
    net = [[r - points for r, points in zip(rival, task, strict=True)] for task in (signals, images)]
    records = {
        "scaling_classical": rows("SVM", worse) + rows("logistic", worse) + rows("neighbours", worse),
        "scaling_trees": rows("forest", rival) + rows("boosting", worse),
        "scaling_deep": rows("fixed", worse) + rows("family", net[0], 0.5),
        "signal_curves": rows("MLP", worse),
        "pipeline": rows("pixels, RBF SVM", rival) + rows("HOG, linear SVM", (20, 20, 20)),
        "end_to_end": rows("network", net[1], 0.5) + rows("network, shifts", worse),
        "distorted_digits": rows("network, distortions", worse),
        "image_curves": rows("MLP", worse) + rows("forest", worse),
    }
    return {name: pd.DataFrame(table) for name, table in records.items()}


CROSSES, NEVER, ALWAYS, TIES = (BEHIND, TIED, AHEAD), (BEHIND,) * 3, (AHEAD,) * 3, (BEHIND, TIED, TIED)


@pytest.mark.parametrize(
    ("signals", "images", "verdict"),
    [
        (CROSSES, CROSSES, Verdict.HOLDS),
        (CROSSES, NEVER, Verdict.IN_PART),
        (CROSSES, TIES, Verdict.IN_PART),
        (TIES, TIES, Verdict.UNDECIDED),
        (TIES, ALWAYS, Verdict.UNDECIDED),
        (NEVER, ALWAYS, Verdict.FAILS),
        (CROSSES[::-1], CROSSES[::-1], Verdict.FAILS),
    ],
)
def test_curves_must_cross_and_in_the_right_direction(signals, images, verdict):
    assert judge_crossing(**tables(signals, images)).verdict is verdict


def test_a_race_that_ends_too_early_decides_nothing():
    assert judge_crossing(**tables(CROSSES, CROSSES, sizes=(10, 100, 1000))).verdict is Verdict.UNDECIDED


def test_numbers_and_parties():
    found = judge_crossing(**tables(CROSSES, CROSSES))
    numbers = {m.key: m.interval.value for m in found.numbers}
    assert found.value.value == pytest.approx(5)
    assert numbers["few_signals"] == pytest.approx(-5)
    assert numbers["mlp_signals"] == pytest.approx(-20)
    assert numbers["handmade"] == pytest.approx(-5)
    assert set(races(tables(CROSSES, CROSSES))["images"][0]) == {"SVM", "forest"}
