"""Borrowing must beat everybody who does not borrow, and be decent; the ImageNet network has no say in it."""

import numpy as np
import pandas as pd
import pytest

from lecture.claims.claim import Verdict, key_of
from lecture.claims.when_to_use.c19_transfer import CLAIM, near_fifty
from lecture.experiments.when_to_use.imagenet_features import MISSING

ABSENT = pd.DataFrame([{"seed": 0, "task": MISSING, "method": "ImageNet", "n": 0, "accuracy": np.nan}])


def runs(**at_ten):
    """Accuracies in percent at ten a class over five seeds with a little spread; 20 points less at 5, 10 more at 50."""
    rows = [
        (seed, method, n, (value + more + 0.2 * seed) / 100)
        for method, value in at_ten.items()
        for n, more in ((5, -20), (10, 0), (50, 10))
        for seed in range(5)
    ]
    table = pd.DataFrame(rows, columns=["seed", "method", "n", "accuracy"])
    names = {"tuned": "fine-tuned", "hog": "HOG + SVM"}
    return table.assign(method=table["method"].replace(names))


def signals(tuned, frozen, scratch, svm):
    return runs(scratch=scratch, tuned=tuned, frozen=frozen, SVM=svm)


def imagenet(**photos):
    rows = [
        (seed, "photos", method, n, (value + n + 0.2 * seed) / 100)
        for method, value in photos.items()
        for n in (5, 10, 20)
        for seed in range(6)
    ]
    table = pd.DataFrame(rows, columns=["seed", "task", "method", "n", "accuracy"])
    return table.assign(method=table["method"].replace({"hog": "HOG + SVM"}))


GOOD, POOR = signals(80, 60, 40, 50), signals(60, 78, 79, 50)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (GOOD, GOOD, Verdict.HOLDS),
        (GOOD, signals(50, 82, 40, 70), Verdict.HOLDS),  # frozen features are borrowed as well
        (GOOD, signals(70, 60, 40, 50), Verdict.CAVEAT),  # better than all, and not decent
        (GOOD, POOR, Verdict.CAVEAT),
        (GOOD, signals(80, 60, 40, 85), Verdict.CAVEAT),  # beats the network from scratch only
        (POOR, POOR, Verdict.FAILS),
        (signals(30, 30, 80, 80), signals(30, 30, 80, 80), Verdict.FAILS),  # the opposite of what the talk says
    ],
)
def test_the_verdict_follows_both_tasks(one, other, verdict):
    assert CLAIM.find(one, other, ABSENT).verdict == verdict
    assert CLAIM.find(other, one, ABSENT).verdict == verdict


@pytest.mark.parametrize("network", [5, 95])
def test_the_imagenet_network_does_not_judge(network):
    extra = imagenet(ImageNet=network, hog=50, scratch=20)
    assert CLAIM.find(GOOD, GOOD, extra).verdict == Verdict.HOLDS
    assert CLAIM.find(POOR, POOR, extra).verdict == Verdict.FAILS


def test_the_numbers_prose_quotes():
    finding = CLAIM.find(GOOD, POOR, imagenet(ImageNet=70, hog=50, scratch=20))
    found = {m.key: m.interval for m in finding.measurements}
    assert finding.measurements[0].key == "gain_signals"
    assert found["gain_signals"].value == pytest.approx(30)
    assert found["gain_digits"].value == pytest.approx(-1)
    assert found["over_scratch_signals"].value == pytest.approx(40)
    assert found["signals_frozen_10"].value == pytest.approx(60.4)
    assert found["saving_signals"].value == pytest.approx(5)  # never reached: the largest size stands for it
    assert found["saving_digits"].value == pytest.approx(10 ** (-1 / 20 * np.log10(2)), rel=1e-6)
    assert found["imagenet_photos"].value == pytest.approx(75.5)
    assert found["imagenet_photos_gain"].value == pytest.approx(20)
    assert found["imagenet_photos_total"].value == 50
    assert finding.opposite == 0


def test_without_the_package_its_numbers_are_absent_and_the_rest_is_there():
    keys = {m.key for m in CLAIM.find(GOOD, GOOD, ABSENT).measurements}
    assert not [key for key in keys if key.startswith("imagenet")]
    assert keys < {m.key for m in CLAIM.find(GOOD, GOOD, imagenet(ImageNet=70, hog=50)).measurements}


def test_about_fifty_images():
    sizes = pd.DataFrame({"n": [5, 10, 20]})
    assert [near_fifty(task, sizes) for task in ("photos", "faces", "digits")] == [5, 20, 10]
    assert key_of("HOG + SVM") == "hog_svm"
