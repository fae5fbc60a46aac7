"""Wrong labels are wrong as told, and without them the clean curve comes back."""

import pandas as pd
import pytest
import torch

from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.experiments.when_to_use.label_noise import CROOKED, UNIFORM, LabelNoise, spoilt
from lecture.seeds import Seeds

CPU = torch.device("cpu")


@pytest.mark.parametrize("preset", ["smoke", "book", "full"])
def test_each_share_has_a_rate(preset):
    noisy = LabelNoise.preset(preset)
    assert len(noisy.shares) == len(noisy.rates)


def test_without_wrong_labels_the_clean_curve_comes_back():
    deep = ScalingDeep.preset("smoke", channels=(16,))
    clean = deep.run(CPU).set_index(["seed", "n"])["error"]
    noisy = LabelNoise.preset("smoke", shares=(0.0,), rates=(deep.rate,)).run(CPU).set_index(["seed", "n"])["error"]
    pd.testing.assert_series_equal(noisy, clean, check_exact=True)


def test_uniform_and_crooked_wrong_labels():
    seeds = Seeds((0, 1, 0), CPU)
    labels = torch.arange(30_000).remainder(10).expand(3, -1)
    y = spoilt(labels, 0.6, torch.tensor([False, False, True]), seeds, 30_000)
    wrong = y != labels
    assert wrong.float().mean(1).tolist() == pytest.approx([0.6] * 3, abs=0.01)
    assert torch.equal(wrong[0], wrong[2])
    assert not torch.equal(wrong[0], wrong[1])
    assert set(((y - labels) % 10)[2].unique().tolist()) == {0, 1}
    steps = torch.bincount(((y - labels) % 10)[0], minlength=10)[1:].float()
    assert (steps / steps.sum()).tolist() == pytest.approx([1 / 9] * 9, abs=0.01)
    lighter = spoilt(labels, 0.3, torch.tensor([False] * 3), seeds, 30_000)
    assert bool(wrong[lighter != labels].all()), "a label that is wrong at 30 % is wrong at 60 %"
    smaller = spoilt(labels[:, :100], 0.6, torch.tensor([False, False, True]), seeds, 30_000)
    assert torch.equal(smaller, y[:, :100])


def test_noise_of_both_kinds():
    table = LabelNoise.preset("smoke").run(CPU)
    assert set(table.loc[table["noise"] == CROOKED, "n"]) == {300}
    assert (table.groupby(["noise", "share", "n"]).size() == 2).all()
    assert set(table.loc[table["noise"] == UNIFORM, "share"]) == {0.3, 0.6, 0.8}
