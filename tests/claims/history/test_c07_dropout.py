import numpy as np
import pandas as pd
import pytest

from lecture.claims.claim import Verdict, key_of
from lecture.claims.history.c07_dropout import CLAIM, data_worth
from lecture.experiments.history.cures import CURES

SEEDS = 6
BASE = {"nothing": 80, "2x data": 85, "4x data": 88.75, "8x data": 91.5625}  # each doubling removes a quarter


def records(**changed):
    """Records with the given test accuracies, in per cent, by cure; training accuracy is 100 where nothing is said."""
    accuracies = dict.fromkeys(CURES, 80.0) | BASE | {"dropout, 8x data": BASE["8x data"]}
    accuracies |= {
        name.replace("_", " ").replace("dropout 8x", "dropout, 8x"): value for name, value in changed.items()
    }
    rows = []
    for cure, value in accuracies.items():
        test, train = value if isinstance(value, tuple) else (value, 100)
        rows += [
            {"cure": cure, "seed": seed, "train_accuracy": train / 100, "test_accuracy": (test + 0.2 * seed) / 100}
            for seed in range(SEEDS)
        ]
    return pd.DataFrame(rows)


def judge(**changed):
    return CLAIM.find(records(**changed), records()[lambda t: t["cure"].isin(["nothing", "dropout"])])


def values(finding):
    return {m.key: m.interval.value for m in finding.measurements}


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"dropout": 91, "dropout_8x_data": 93, "augmentation": 93}, Verdict.HOLDS),
        ({"dropout": 91, "dropout_8x_data": 93}, Verdict.CAVEAT),  # helps, and nothing is better
        ({"dropout": 85, "dropout_8x_data": 93, "augmentation": 93}, Verdict.CAVEAT),  # helps, far from a cure
        ({"dropout": 91, "augmentation": 93}, Verdict.CAVEAT),  # helps at one size only
        ({"augmentation": 93}, Verdict.CAVEAT),  # does not help, and something is better
        ({"dropout": (80, 85)}, Verdict.FAILS),  # closes the gap by learning less
        ({}, Verdict.FAILS),
        ({"dropout": 75, "augmentation": 93}, Verdict.FAILS),  # harms
        ({"dropout": 91, "dropout_8x_data": 85, "augmentation": 93}, Verdict.FAILS),  # harms where data are many
    ],
)
def test_verdicts(changed, verdict):
    assert judge(**changed).verdict is verdict


def test_numbers_are_those_of_the_table():
    found = values(judge(dropout=(85, 95), augmentation=91, dropout_8x_data=90))
    assert found["change_dropout"] == pytest.approx(5)
    assert found["closed_dropout"] == pytest.approx(100 * (19.5 - 9.5) / 19.5)  # seeds add half a point on average
    assert found["change_augmentation"] == pytest.approx(11)
    assert found["change_dropout_8x_data"] == pytest.approx(90 - BASE["8x data"])  # against as many images
    assert found["change_dropout_wider_network"] == pytest.approx(0)
    assert found["train_nothing"] == pytest.approx(100)


def test_the_scale_and_the_headline_are_measured():
    finding = judge()
    assert set(finding.scale) <= set(values(finding))
    assert finding.measurements[0].key == "change_dropout"


def test_the_worth_in_data_is_read_off_a_power_law():
    seeds = np.array([1.0, 1.1, 1.2])
    more = {times: pd.Series(20 * seeds * times**-0.5) for times in (1, 2, 4, 8)}
    worth = data_worth(pd.Series(20 * seeds * 3**-0.5), more)
    assert worth.value == pytest.approx(3)
    assert worth.low == pytest.approx(worth.high)


def test_the_published_gain_is_the_papers():
    published = next(m.published for m in judge().measurements if m.key == "change_dropout_8x_data")
    assert published.value == pytest.approx(1.62 - 1.25)


def test_keys():
    assert key_of("dropout + augmentation") == "dropout_augmentation"
    assert key_of("dropout, 8x data") == "dropout_8x_data"
