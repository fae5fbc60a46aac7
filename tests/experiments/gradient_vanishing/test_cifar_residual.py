"""The networks on CIFAR-10, on a few made-up photographs in the set's own shape."""

import pandas as pd
import pytest
import torch

from lecture.data import cifar10
from lecture.data.images import Images
from lecture.errors import LectureError
from lecture.experiments import registry
from lecture.experiments.gradient_vanishing import cifar_residual
from lecture.experiments.gradient_vanishing.cifar_residual import BORDER, CifarResidual, Set, moved
from lecture.models.resnet import DEEP, resnet

CPU = torch.device("cpu")
TINY = CifarResidual(seeds=2, depths=(8,), steps=3, batch=4, warm_up=1)


def photographs(part="train"):
    """Twelve photographs of three classes, each class of one colour."""
    generator = torch.Generator().manual_seed(len(part))
    y = torch.arange(12) % 3
    x = 0.2 * torch.rand(12, 3, 32, 32, generator=generator)
    x[torch.arange(12), y] += 0.6
    return Images("fake", x, y)


@pytest.fixture(autouse=True)
def _no_real_photographs(monkeypatch):
    monkeypatch.setattr(cifar10, "load", photographs)


def test_every_network_has_every_seed_and_the_same_again_gives_the_same():
    table = TINY.run(CPU)
    assert table.groupby("network")["seed"].apply(list).to_dict() == {name: [0, 1] for name in cifar_residual.NETWORKS}
    assert table["train_loss"].nunique() == len(table)
    pd.testing.assert_frame_equal(table, TINY.run(CPU))


def test_it_learns_colours():
    settings = CifarResidual(seeds=1, depths=(8,), steps=40, batch=12, warm_up=5, rate=0.05)
    table = settings.run(CPU).set_index("network")
    assert (table.loc[["residual", "residual, activation first"], "test_error"] < 0.2).all()


def test_beyond_bottlenecks_no_plain_network_is_trained(monkeypatch):
    seen = []
    monkeypatch.setattr(
        cifar_residual, "resnet", lambda depth, generator, **kind: seen.append(kind) or resnet(8, generator)
    )
    CifarResidual(seeds=1, depths=(DEEP,), steps=1, batch=4).run(CPU)
    assert seen == [{}, {"before": True}]


def test_the_rate_is_the_papers():
    settings = CifarResidual()
    rates = [settings.rate_at(step) for step in (0, 399, 400, 31_999, 32_000, 47_999, 48_000, 63_999)]
    assert rates == pytest.approx([0.01, 0.01, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001])


def test_a_pass_shows_every_photograph_once():
    numbered = Set(torch.zeros(12, 3, 32, 32), torch.arange(12))
    labels = torch.cat([y for _, y in CifarResidual(steps=6, batch=4).batches(numbered, seed=0)])
    assert labels[:12].sort().values.tolist() == labels[12:].sort().values.tolist() == list(range(12))
    assert labels[:12].tolist() != labels[12:].tolist()


def test_images_are_mirrored_and_shifted_and_the_border_is_black():
    x = torch.rand(3, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    still, corner, mirror = moved(
        x, torch.tensor([[BORDER, 0, BORDER], [BORDER, 2 * BORDER, BORDER]]), torch.tensor([False, False, True])
    )
    assert torch.equal(still, x[0])
    assert torch.equal(corner[:, BORDER:, :-BORDER], x[1, :, :-BORDER, BORDER:])
    assert not corner[:, :BORDER].any()
    assert torch.equal(mirror, x[2].flip(2))


def test_it_is_there_at_full_alone(monkeypatch):
    assert CifarResidual.preset("full").preset_name() == "full"
    with pytest.raises(
        LectureError, match=r"gradient_vanishing\.cifar_residual needs more than preset 'book' has: use full"
    ):
        CifarResidual.preset("book")
    monkeypatch.setenv("LECTURE_PRESET", "full")
    assert CifarResidual in registry.offered()
    monkeypatch.setenv("LECTURE_PRESET", "smoke")
    assert CifarResidual not in registry.offered()
