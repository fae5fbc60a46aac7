import pandas as pd
import pytest

from lecture.claims.history.c01_pipeline import PIPELINES, errors, judge_stages, judge_whole
from lecture.claims.verdict import Verdict

SEEDS, SIZES = range(5), (100, 4000)
PHOTOGRAPHS = "pieces of photographs"
NETWORKS, HANDMADE = ("network", "network, shifts"), ("pixels, RBF SVM", *PIPELINES)


def contest(*methods, images="MNIST 5k", **most):
    """Made-up errors in per cent: 10 at few images, at many those named by method or 5; seeds differ by a little."""
    rows = [
        (method, n, seed, (level + 0.02 * seed * (1 + place % 2)) / 100)
        for place, method in enumerate(methods)
        for n, level in zip(SIZES, (10.0, most.get(method.replace(", ", "_").replace(" ", "_"), 5.0)), strict=True)
        for seed in SEEDS
    ]
    return pd.DataFrame(rows, columns=["method", "n", "seed", "error"]).assign(images=images)


def joint(together, loss=0.1, images="MNIST 5k"):
    levels = {"apart": (5.0, 0.1), "together": (together, loss), "apart, linear SVM": (5.0, float("nan"))}
    rows = [
        (stages, n, seed, train_loss, 1.0 + error / 10, 1 - (error + 0.02 * seed * (1 + (stages == "apart"))) / 100)
        for stages, (error, train_loss) in levels.items()
        for n in SIZES
        for seed in SEEDS
    ]
    table = pd.DataFrame(rows, columns=["stages", "n", "seed", "train_loss", "test_loss", "test_accuracy"])
    return table.assign(images=images)


@pytest.mark.parametrize(
    ("digits", "photographs", "verdict"),
    [
        ((3.0,), (3.0,), Verdict.HOLDS),
        ((5.0,), (5.0,), Verdict.FAILS),
        ((5.0,), (3.0,), Verdict.IN_PART),
        ((3.0, 0.2), (3.0, 0.2), Verdict.UNDECIDED),  # together they have not been trained as far
        ((5.0,), (5.0, 0.2), Verdict.UNDECIDED),
    ],
)
def test_stages_trained_together_have_to_beat_the_same_stages_apart(digits, photographs, verdict):
    found = judge_stages(joint(*digits), joint(*photographs, images=PHOTOGRAPHS))
    assert found.verdict is verdict
    assert found.value.value == pytest.approx(5 - digits[0], abs=0.1)
    numbers = {number.key: number.interval for number in found.numbers}
    assert numbers["photographs_over_svm"].value == pytest.approx(5 - photographs[0], abs=0.1)
    assert numbers["digits_loss"].value == pytest.approx((5 - digits[0]) / 10, abs=0.01)
    own, other = found.value, numbers["photographs_gain"]
    assert own.high - own.low > other.high - other.low  # seeds share the digits, not the pieces
    assert set(found.drawn) <= set(numbers)


def whole(digits, photographs=3.0, **ahead):
    return judge_whole(
        contest(*NETWORKS, network_shifts=digits),
        contest(*HANDMADE, **ahead),
        contest(*NETWORKS, images=PHOTOGRAPHS, network_shifts=photographs),
        contest(*HANDMADE, images=PHOTOGRAPHS),
    )


@pytest.mark.parametrize(
    ("network", "verdict"), [(3.0, Verdict.HOLDS), (5.0, Verdict.FAILS), (4.5, Verdict.UNDECIDED), (7.0, Verdict.FAILS)]
)
def test_the_network_has_to_beat_every_pipeline(network, verdict):
    found = whole(network)
    assert found.verdict is verdict
    assert found.value.value == pytest.approx(min(2, 5 - network), abs=0.1)  # where it does worst
    numbers = {number.key: number.interval.value for number in found.numbers}
    assert numbers["digits_lead"] == pytest.approx(5 - network, abs=0.1)
    assert numbers["photographs_lead"] == pytest.approx(2, abs=0.1)


def test_one_pipeline_on_one_set_is_enough_to_refute_it():
    assert whole(3.0, photographs=7.0).verdict is Verdict.FAILS
    found = whole(3.0, HOG_RBF_SVM=2.0)
    assert found.verdict is Verdict.FAILS
    assert found.value.value == pytest.approx(-1, abs=0.1)
    assert set(found.drawn) <= {number.key for number in found.numbers}


def test_errors_are_per_cent_by_seed_and_number_of_images():
    found = errors(contest("network"), joint(3.0))
    assert list(found["network"].columns) == list(SIZES)
    assert found["coarse words, together"].loc[0, 4000] == pytest.approx(3)
