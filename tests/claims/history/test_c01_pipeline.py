import pandas as pd
import pytest

from lecture.claims.history.c01_pipeline import PIPELINES, errors, judge_stages, judge_whole
from lecture.claims.verdict import Verdict

SEEDS, SIZES = range(5), (100, 4000)


def contest(*methods, **most):
    """Made-up errors in per cent: 10 at few images, at many those named by method or 5; seeds differ by a little."""
    rows = [
        (method, n, seed, (level + 0.02 * seed * (1 + place % 2)) / 100)
        for place, method in enumerate(methods)
        for n, level in zip(SIZES, (10.0, most.get(method.replace(" ", "_"), 5.0)), strict=True)
        for seed in SEEDS
    ]
    return pd.DataFrame(rows, columns=["method", "n", "seed", "error"])


def joint(together, svm=5.0, loss=0.1):
    levels = {"apart": (5.0, 0.1), "together": (together, loss), "apart, linear SVM": (svm, float("nan"))}
    rows = [
        (stages, n, seed, train_loss, 1 - (error + 0.02 * seed) / 100)
        for stages, (error, train_loss) in levels.items()
        for n in SIZES
        for seed in SEEDS
    ]
    return pd.DataFrame(rows, columns=["stages", "n", "seed", "train_loss", "test_accuracy"])


@pytest.mark.parametrize(
    ("table", "verdict"),
    [
        (joint(3.0), Verdict.HOLDS),
        (joint(5.0), Verdict.FAILS),
        (joint(3.0, svm=3.0), Verdict.FAILS),  # a better classifier does as much
        (joint(3.0, loss=0.2), Verdict.UNDECIDED),  # together they have not been trained as far
        (joint(5.0, loss=0.2), Verdict.UNDECIDED),
    ],
)
def test_stages_trained_together_have_to_beat_both_classifiers(table, verdict):
    assert judge_stages(table).verdict is verdict


@pytest.mark.parametrize(
    ("network", "verdict"), [(3.0, Verdict.HOLDS), (5.0, Verdict.FAILS), (4.5, Verdict.UNDECIDED), (7.0, Verdict.FAILS)]
)
def test_the_network_has_to_beat_every_pipeline(network, verdict):
    found = judge_whole(contest("network", "network, shifts", network=network), contest("pixels, RBF SVM", *PIPELINES))
    assert found.verdict is verdict
    assert found.value.value == pytest.approx(5 - network, abs=0.05)


def test_one_pipeline_is_enough_to_refute_it():
    ahead = contest(*PIPELINES, **{"HOG,_RBF_SVM": 2.0})
    found = judge_whole(contest("network", "network, shifts", network=3.0), ahead)
    assert found.verdict is Verdict.FAILS
    assert found.value.value == pytest.approx(-1, abs=0.1)  # the closest rival gives the number
    assert set(found.drawn) <= {number.key for number in found.numbers}


def test_errors_are_per_cent_by_seed_and_number_of_images():
    found = errors(contest("network"), joint(3.0))
    assert list(found["network"].columns) == list(SIZES)
    assert found["coarse words, together"].loc[0, 4000] == pytest.approx(3)
