"""The networks on CIFAR-10, on a few made-up photographs in the set's own shape."""

import pytest
import torch
from tests import photographs

from lecture.data import cifar10
from lecture.data.images import Images
from lecture.experiments.gradient_vanishing import cifar_residual
from lecture.experiments.gradient_vanishing.cifar_residual import CifarResidual
from lecture.models.resnet import DEEP, resnet

CPU = torch.device("cpu")


def colours(part="train"):
    """Twelve photographs of three classes, each class of one colour."""
    generator = torch.Generator().manual_seed(len(part))
    y = torch.arange(12) % 3
    x = 0.2 * torch.rand(12, 3, 32, 32, generator=generator)
    x[torch.arange(12), y] += 0.6
    return Images("fake", x, y)


def test_every_network_has_every_seed(monkeypatch):
    monkeypatch.setattr(cifar10, "load", photographs.made_up)
    table = CifarResidual(**CifarResidual.few_steps).run(CPU)
    assert table.groupby("network")["seed"].apply(list).to_dict() == {name: [0, 1] for name in cifar_residual.NETWORKS}
    assert table["train_loss"].nunique() == len(table)


def test_it_learns_colours(monkeypatch):
    monkeypatch.setattr(cifar10, "load", colours)
    settings = CifarResidual(seeds=1, depths=(8,), steps=40, batch=12, warm_up=5, rate=0.05)
    table = settings.run(CPU).set_index("network")
    assert (table.loc[["residual", "residual, activation first"], "test_error"] < 0.2).all()


def test_beyond_bottlenecks_no_plain_network_is_trained(monkeypatch):
    monkeypatch.setattr(cifar10, "load", photographs.made_up)
    seen = []
    monkeypatch.setattr(
        cifar_residual, "resnet", lambda depth, generator, **kind: seen.append(kind) or resnet(8, generator)
    )
    CifarResidual(seeds=1, depths=(DEEP,), steps=1, batch=4).run(CPU)
    assert seen == [{}, {"before": True}]


def test_the_rate_is_the_papers():
    settings = CifarResidual()
    (training, *_) = settings.trainings()
    recipe = training.recipe
    rates = [
        recipe.rate * recipe.schedule(step, recipe.steps)
        for step in (0, 399, 400, 31_999, 32_000, 47_999, 48_000, 63_999)
    ]
    assert rates == pytest.approx([0.01, 0.01, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001])
