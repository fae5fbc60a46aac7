import pandas as pd
import pytest

from lecture.claims.history.c07_dropout import CLAIM, judge_cures, judge_dropout
from lecture.claims.verdict import Verdict
from lecture.experiments.history.cures import CURES

BASE = {"nothing": 80, "4x data": 88, "8x data": 91, "dropout, 8x data": 91}


def records(cures=CURES, **changed):
    """Records with the given test accuracies, in per cent, by cure; training accuracy is 100 where nothing is said."""
    accuracies = dict.fromkeys(cures, 80.0) | {cure: BASE[cure] for cure in cures if cure in BASE}
    accuracies |= {name.replace("_", " "): value for name, value in changed.items()}
    rows = []
    for place, (cure, value) in enumerate(accuracies.items()):
        test, train = value if isinstance(value, tuple) else (value, 100)
        rows += [
            {
                "cure": cure,
                "examples": 500 * CURES[cure].times,
                "seed": seed,
                "train_accuracy": train / 100,
                "test_accuracy": (test + 0.1 * (seed + place * seed % 3)) / 100,
            }
            for seed in range(6)
        ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("dropout", "verdict"),
    [
        (83, Verdict.HOLDS),
        (77, Verdict.FAILS),
        (80.3, Verdict.UNDECIDED),
        ((77, 90), Verdict.UNDECIDED),  # it has not been trained to its end
    ],
)
def test_dropout_has_to_win_where_it_has_room(dropout, verdict):
    assert judge_dropout(records(dropout=dropout)).verdict is verdict


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"augmentation": 88}, Verdict.HOLDS),  # one better cure is enough
        ({"dropout": 88}, Verdict.FAILS),
        ({"augmentation": 81}, Verdict.UNDECIDED),
    ],
)
def test_another_cure_is_better_or_none_is(changed, verdict):
    assert judge_cures(records(**changed)).verdict is verdict


def test_changes_are_against_the_same_images_without_the_cure():
    found = judge_cures(records(dropout=85, augmentation=91))
    numbers = {number.key: number.interval.value for number in found.numbers}
    assert found.value.value == pytest.approx(6, abs=0.3)
    assert numbers["change_dropout"] == pytest.approx(5, abs=0.3)
    assert numbers["change_dropout_8x_data"] == pytest.approx(0, abs=0.3)
    assert set(found.drawn) <= set(numbers)


def test_the_published_gain_is_the_papers():
    found = judge_cures(records())
    published = next(number.published for number in found.numbers if number.key == "change_dropout_8x_data")
    assert published.value == pytest.approx(1.62 - 1.25)
    assert CLAIM.parts[0].published.value is None  # AlexNet's paper gives no number
