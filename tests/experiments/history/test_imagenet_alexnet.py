"""AlexNet on a tiny ImageNet: its few steps, killed and resumed, with and without workers; and what is said before."""

import numpy as np
import pandas as pd
import pytest
import torch
from tests import pictures as made_up
from tests.training.test_checkpoint import interrupted, left
from torch import nn

from lecture.data import imagenet
from lecture.data import pictures as reading
from lecture.errors import LectureError
from lecture.experiments import foresight, registry
from lecture.experiments.foresight import forecast, whereabouts
from lecture.experiments.history.imagenet_alexnet import ImagenetAlexnet, quarters
from lecture.models.alexnet import alexnet
from lecture.models.convnet import Dropout
from lecture.records import state, store
from lecture.training import checkpoint

CPU = torch.device("cpu")


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("LECTURE_DATA", str(tmp_path))
    monkeypatch.setattr(reading, "workers", lambda: 0)
    monkeypatch.setattr(checkpoint, "INTERVAL", 0.0)
    imagenet._listed.cache_clear()
    yield made_up.write(tmp_path)
    imagenet._listed.cache_clear()


@pytest.fixture
def experiment():
    return ImagenetAlexnet(**ImagenetAlexnet.few_steps)


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_killed_anywhere_and_resumed_it_gives_the_same_record_with_any_workers(root, cache, experiment, monkeypatch):
    whole = experiment.run(CPU)
    assert (
        whole.groupby("seed")[["epoch", "views"]].apply(lambda t: t.to_numpy().tolist()).tolist()
        == [[[1, 1], [2, 1], [2, 10]]] * 2
    )
    assert whole[["classes", "train_images", "test_images"]].drop_duplicates().to_numpy().tolist() == [[3, 12, 6]]
    assert np.isfinite(whole).all(axis=None)
    assert whole["top_1"].between(0, 1).all()
    assert whole["train_loss"].nunique() == 4
    for number in (1, 5):
        interrupted(experiment, monkeypatch, number)
        assert left(experiment)
    monkeypatch.setattr(reading, "workers", lambda: 2)
    resumed = store.compute(experiment, CPU)
    pd.testing.assert_frame_equal(resumed.table, whole, check_exact=True)
    assert not left(experiment)
    path = next((root / "train").rglob("*.JPEG"))
    path.write_bytes(path.read_bytes() + b"\0")
    imagenet._listed.cache_clear()
    assert state(experiment, CPU).reason == "data changed"


def test_one_seed_alone_gives_what_it_gives_among_others_and_it_takes_the_steps_that_it_tells(
    root, experiment, monkeypatch
):
    steps, step = [], torch.optim.SGD.step
    monkeypatch.setattr(torch.optim.SGD, "step", lambda self, *a, **k: steps.append(1) or step(self, *a, **k))
    found = experiment.run(CPU)
    (training,) = experiment.trainings()
    assert len(steps) == training.times * training.recipe.steps == 2 * 2 * 3
    alone = ImagenetAlexnet(**ImagenetAlexnet.few_steps | {"seeds": 1, "first_seed": 1}).run(CPU)
    pd.testing.assert_frame_equal(alone, found[found["seed"] == 1].reset_index(drop=True), check_exact=True)


def test_it_is_there_at_full_alone(monkeypatch):
    assert "history.imagenet_alexnet" in registry.experiments()
    assert ImagenetAlexnet.preset("full").preset_name() == "full"
    with pytest.raises(LectureError, match="needs more than preset 'book' has: use full"):
        ImagenetAlexnet.preset("book")


def test_without_imagenet_it_ends_in_one_line(experiment, monkeypatch, cache):
    monkeypatch.delenv("LECTURE_DATA", raising=False)
    with pytest.raises(LectureError, match="ImageNet is not on this machine") as caught:
        store.compute(experiment, CPU)
    assert "\n" not in str(caught.value)


def test_the_network_is_the_papers_and_starts_as_its_did(experiment):
    model, plain = experiment._network(3, 0), alexnet(classes=3, narrow=16)
    assert [name for name, _ in model.named_children()] == [name for name, _ in plain.named_children()]
    assert isinstance(model.drop6, Dropout)
    assert isinstance(model.drop7, Dropout)
    ones = [
        name for name, layer in model.named_children() if getattr(layer, "bias", None) is not None and layer.bias.all()
    ]
    assert ones == ["conv2", "conv4", "conv5", "full6", "full7"]
    assert model.full6.weight.std().item() == pytest.approx(0.01, rel=0.02)
    caffe = ImagenetAlexnet(**experiment.few_steps | {"bias": 0.1})._network(3, 0)
    assert caffe.conv4.bias.unique().item() == pytest.approx(0.1)
    assert not caffe.conv1.bias.any()
    assert torch.equal(caffe.full8.weight, model.full8.weight)
    assert not any(isinstance(layer, nn.Dropout) for layer in model)


def test_the_rate_falls_three_times():
    recipe = ImagenetAlexnet()._recipe(imagenet.TRAIN)
    assert recipe.steps == 90 * 10_009
    found = [quarters(step, 100) for step in (0, 24, 25, 49, 50, 74, 75, 99)]
    assert found == pytest.approx([1, 1, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001])


def test_time_is_that_of_the_slower_of_reading_and_computing(monkeypatch, experiment):
    monkeypatch.delenv("LECTURE_DATA", raising=False)
    images = 2 * (imagenet.TRAIN // 4) * 4 + imagenet.VAL * 12
    for reading_takes, expected in (
        (1.0, images * 2),
        (0.0, 2 * 0.5 * (2 * (imagenet.TRAIN // 4) + imagenet.VAL * 3 / 3)),
    ):
        monkeypatch.setattr(reading, "seconds_a_picture", lambda seconds=reading_takes: seconds)
        monkeypatch.setattr(foresight, "_step", lambda model, training, device: (0.5, 77))
        assert forecast(experiment, CPU).seconds == pytest.approx(expected)


def test_memory_and_place_are_told_without_the_data(monkeypatch, experiment):
    monkeypatch.delenv("LECTURE_DATA", raising=False)
    found = forecast(experiment, CPU)
    (training,) = experiment.trainings()
    weights = sum(w.nbytes for w in training.network(0).parameters())
    assert training.network(0).full8.out_features == imagenet.CLASSES
    assert found.bytes > 3 * weights + 4 * 4 * 3 * reading.SIDE**2 + ImagenetAlexnet.held
    assert whereabouts(imagenet.published).startswith("imagenet, from image-net.org by hand")


def test_what_is_here_is_what_is_told(root, experiment):
    (training,) = experiment.trainings()
    assert training.network(0).full8.out_features == 3
    assert training.recipe.steps == 6
    assert whereabouts(imagenet.published) == "imagenet, here: 3 classes, 12 photographs to learn from, 6 to test on"
