"""Wrong labels are wrong as told, and without them the clean curve comes back."""

import pandas as pd
import pytest
import torch

from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.experiments.when_to_use.label_noise import CROOKED, UNIFORM, LabelNoise, NoisyBatches, spoilt
from lecture.seeds import Seeds

CPU = torch.device("cpu")


@pytest.mark.parametrize("preset", ["smoke", "book", "full"])
@pytest.mark.parametrize("experiment", [LabelNoise, NoisyBatches])
def test_each_share_has_a_rate(experiment, preset):
    noisy = experiment.preset(preset)
    assert len(noisy.shares) == len(noisy.rates)


def test_without_wrong_labels_the_clean_curve_comes_back():
    deep = ScalingDeep.preset("smoke")
    clean = deep.run(CPU).query("method == 'fixed'").set_index(["n", "seed"])["error"]
    noisy = LabelNoise.preset("smoke", shares=(0.0,), rates=(deep.rate,)).run(CPU).set_index(["n", "seed"])["error"]
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
    assert set(table.loc[table["noise"] == UNIFORM, "share"]) == {0.0, 0.3, 0.6, 0.8}


def test_a_batch_of_the_usual_size_gives_the_usual_numbers():
    table = NoisyBatches.preset("smoke").run(CPU)
    assert (table.groupby(["share", "batch"]).size() == 2).all()
    usual = LabelNoise.preset("smoke", sizes=(300,), shares=(0.8,), rates=(0.0025,), batch=20).run(CPU)
    assert table.query("share == 0.8 and batch == 20")["error"].tolist() == usual["error"].tolist()
