"""The contenders meet the very examples of the records that they are compared with; wrong labels are wrong as told."""

import pandas as pd
import pytest
import torch

from lecture.experiments.history import real_images
from lecture.experiments.history.end_to_end import EndToEnd
from lecture.experiments.history.pipeline import Pipeline
from lecture.experiments.saturation.scaling_classical import ScalingClassical
from lecture.experiments.saturation.scaling_deep import ScalingDeep
from lecture.experiments.when_to_use.image_curves import ImageCurves, halved
from lecture.experiments.when_to_use.label_noise import CROOKED, UNIFORM, LabelNoise, spoilt
from lecture.experiments.when_to_use.signal_curves import SignalCurves
from lecture.seeds import Seeds

CPU = torch.device("cpu")


@pytest.mark.parametrize("preset", ["smoke", "book", "full"])
def test_all_draw_the_same_examples_at_every_preset(preset):
    deep, classical, ours, noisy = (e.preset(preset) for e in (ScalingDeep, ScalingClassical, SignalCurves, LabelNoise))
    assert max(deep.sizes) == classical.drawn == ours.drawn == noisy.drawn
    assert deep.test == classical.test == ours.test == noisy.test
    assert deep.seeds == classical.seeds == ours.seeds == noisy.seeds
    assert set(ours.sizes) <= set(deep.sizes)
    assert len(noisy.shares) == len(noisy.rates)
    images, pipeline, network = (e.preset(preset) for e in (ImageCurves, Pipeline, EndToEnd))
    assert images.rounds()[-1][0] == pipeline.rounds()[-1][0] == network.rounds()[-1][0]
    assert set(images.few).isdisjoint(pipeline.sizes)
    assert dict(pipeline.rounds()).items() <= dict(images.rounds()).items()


def test_without_wrong_labels_the_clean_curve_comes_back():
    deep = ScalingDeep.preset("smoke", channels=(16,))
    clean = deep.run(CPU).set_index(["seed", "n"])["error"]
    noisy = LabelNoise.preset("smoke", shares=(0.0,), rates=(deep.rate,)).run(CPU).set_index(["seed", "n"])["error"]
    pd.testing.assert_series_equal(noisy, clean, check_exact=True)


def test_the_network_of_few_images_is_chapter_1_s():
    there = EndToEnd.preset("smoke", channels=EndToEnd().channels)
    ours = ImageCurves.preset("smoke", few=(40,)).run(CPU).query("method == 'network' and n == 40")
    theirs = there.run(CPU).query("method == 'network' and n == 40")
    assert ours["error"].tolist() == theirs["error"].tolist()


def test_boosting_stops_at_its_largest_size():
    table = ImageCurves.preset("smoke", most_boosting=40).run(CPU)
    assert table.groupby("method")["n"].max().to_dict() == {
        **dict.fromkeys(("MLP", "logistic", "neighbours", "forest"), 80),
        "boosting": 40,
        **dict.fromkeys(("network", "pixels, RBF SVM"), 30),
    }
    assert set(table["images"]) == {real_images.images(300).name}


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


def test_halving_takes_means():
    image = torch.arange(16.0).view(1, 4, 4)
    assert halved(image).tolist() == [[2.5, 4.5, 10.5, 12.5]]
