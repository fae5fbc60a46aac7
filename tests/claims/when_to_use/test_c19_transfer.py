import numpy as np
import pandas as pd
import pytest

from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.c19_transfer import judge_transfer, near_fifty
from lecture.experiments.when_to_use.imagenet_features import MISSING

ABSENT = pd.DataFrame([{"seed": 0, "task": MISSING, "method": "ImageNet", "n": 0, "accuracy": np.nan}])


def runs(**at_ten):
    """Accuracies in per cent at ten a class over six seeds; 20 points less at 5, 10 more at 50."""
    names = {"tuned": "fine-tuned", "hog": "HOG + SVM"}
    return pd.DataFrame(
        {"seed": seed, "method": names.get(method, method), "n": n, "accuracy": (value + more + 0.2 * seed) / 100}
        for method, value in at_ten.items()
        for n, more in ((5, -20), (10, 0), (50, 10))
        for seed in range(6)
    )


def imagenet(ours, rival, side=96, spread=0.5):
    return pd.DataFrame(
        {"seed": seed, "task": task, "method": method, "n": n, "accuracy": (value + up * (-1) ** seed) / 100}
        for task in ("photos", "faces", "digits")
        for method, value, up in (("ImageNet", ours, spread), ("HOG + SVM", rival, 0), ("scratch", 20, 0))
        for n in (5, 10, 20)
        for seed in range(6)
    ).assign(side=side)


SIGNALS, DIGITS = runs(tuned=80, frozen=60, scratch=40, SVM=50), runs(tuned=60, frozen=50, scratch=40, SVM=40, hog=70)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (imagenet(90, 60), Verdict.HOLDS),
        (imagenet(60, 40), Verdict.FAILS),  # better, and not reliable
        (imagenet(90, 90), Verdict.FAILS),  # reliable, and no better
        (imagenet(80, 75, spread=8), Verdict.UNDECIDED),
        (imagenet(90, 60, side=32), Verdict.UNDECIDED),  # crops, blown up
        (ABSENT, Verdict.UNDECIDED),
    ],
)
def test_a_real_network_on_large_photographs_decides(found, verdict):
    assert judge_transfer(found, SIGNALS, DIGITS).verdict is verdict


def test_the_numbers_prose_quotes():
    found = {m.key: m.interval.value for m in judge_transfer(imagenet(90, 60), SIGNALS, DIGITS).numbers}
    assert found["signals_gain"] == pytest.approx(30)
    assert found["digits"] == pytest.approx(60.5)
    assert found["digits_hog"] == pytest.approx(70.5)
    assert found["saving"] == pytest.approx(5)  # never reached: the largest size stands for it
    assert found["faces_imagenet_gain"] == pytest.approx(30)
    assert "photos" not in {m.key for m in judge_transfer(ABSENT, SIGNALS, DIGITS).numbers}


def test_about_fifty_images():
    sizes = pd.DataFrame({"n": [5, 10, 20]})
    assert [near_fifty(task, sizes) for task in ("photos", "faces", "digits")] == [5, 20, 10]
