import pandas as pd
import pytest

from lecture.claims.claim import Verdict
from lecture.claims.history.c01_pipeline import CLAIM, catching_up

SIZES = (100, 1000)
METHODS = {
    "pixels, RBF SVM": "pixels_rbf",
    "HOG, linear SVM": "hog_linear",
    "HOG, RBF SVM": "hog_rbf",
    "HOG, trained head": "hog_head",
    "words, linear SVM": "words_linear",
    "words, RBF SVM": "words_rbf",
    "network": "network",
    "network, shifts": "shifts",
    "network, RBF SVM": "network_rbf",
    "coarse words, apart": "apart",
    "coarse words, apart, linear SVM": "apart_svm",
    "coarse words, together": "together",
}


def tables(**few_and_most):
    """Made-up errors in per cent, at few and at many images; what is not named has 10 and 5."""
    rows = [
        (method, n, seed, (error + 0.05 * seed * (1 + index % 2)) / 100, "MNIST 5k")
        for index, (method, key) in enumerate(METHODS.items())
        for n, error in zip(SIZES, few_and_most.get(key, (10.0, 5.0)), strict=True)
        for seed in range(5)
    ]
    table = pd.DataFrame(rows, columns=["method", "n", "seed", "error", "images"])
    coarse = table["method"].str.startswith("coarse")
    stages = table["method"].str.removeprefix("coarse words, ")
    joint = table[coarse].assign(stages=stages, test_accuracy=1 - table["error"])
    network = table["method"].str.startswith("network")
    return table[~network & ~coarse], table[network], joint.drop(columns=["method", "error"])


@pytest.mark.parametrize(
    ("errors", "verdict"),
    [
        ({"network": (8, 3), "together": (8, 3)}, Verdict.HOLDS),
        ({"network": (12, 3), "together": (8, 3)}, Verdict.CAVEAT),  # the lines cross
        ({"network": (8, 3), "together": (8, 5)}, Verdict.CAVEAT),  # better, but not for the reason given
        ({"network": (8, 5), "together": (8, 3)}, Verdict.CAVEAT),  # the reason, but not better
        ({"network": (8, 5), "together": (8, 5)}, Verdict.FAILS),
        ({"network": (8, 9), "together": (8, 9)}, Verdict.FAILS),
        ({"network": (8, 3), "together": (8, 3), "hog_rbf": (10, 2)}, Verdict.CAVEAT),  # one pipeline is enough
        ({"network": (8, 5), "together": (8, 3), "apart_svm": (10, 2)}, Verdict.FAILS),  # a better head, not words
        ({"network": (8, 3), "together": (8, 3), "pixels_rbf": (1, 1)}, Verdict.HOLDS),  # pixels are no pipeline
    ],
)
def test_the_verdict_follows_whole_and_reason(errors, verdict):
    assert CLAIM.find(*tables(**errors)).verdict == verdict


def test_differences_are_learned_minus_made_by_hand_seed_by_seed():
    finding = CLAIM.find(*tables(hog_rbf=(9, 4), network=(12, 3), apart=(8, 6)))
    found = {m.key: m.interval for m in finding.measurements}
    assert found["network_minus_best"].value == pytest.approx(-1.0, abs=0.11)
    assert found["shifts_minus_best"].value == pytest.approx(1.0, abs=0.11)
    assert found["learned_minus_hog"].value == pytest.approx(1.0, abs=0.11)
    assert found["together_minus_apart"].value == pytest.approx(-1.0, abs=0.11)
    assert found["together_minus_svm"].value == pytest.approx(0.0, abs=0.11)
    assert found["hog_rbf_most"].value == pytest.approx(4.2, abs=0.11)
    assert set(finding.scale) < set(found)


def test_catching_up_is_one_where_both_fall_alike_and_a_half_where_one_halves():
    line = pd.DataFrame([[8.0, 4.0, 2.0]] * 3, columns=[100, 1000, 10_000])
    assert catching_up(line, 3 * line).value == pytest.approx(1)
    assert catching_up(line, line * 0 + 5).value == pytest.approx(0.5)
    assert catching_up(line * 0, line).value > 1  # no error at all is not minus infinity
