"""The contenders meet the very images of the records that they are compared with."""

import pytest
import torch

from lecture.experiments.history import real_images
from lecture.experiments.history.end_to_end import EndToEnd
from lecture.experiments.history.pipeline import Pipeline
from lecture.experiments.when_to_use.image_curves import ImageCurves, halved

CPU = torch.device("cpu")


@pytest.mark.parametrize("preset", ["smoke", "book", "full"])
def test_all_draw_the_same_images_at_every_preset(preset):
    images, pipeline, network = (e.preset(preset) for e in (ImageCurves, Pipeline, EndToEnd))
    assert images.rounds()[-1][0] == pipeline.rounds()[-1][0] == network.rounds()[-1][0]
    assert set(images.few).isdisjoint(pipeline.sizes)
    assert dict(pipeline.rounds()).items() <= dict(images.rounds()).items()


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


def test_halving_takes_means():
    image = torch.arange(16.0).view(1, 4, 4)
    assert halved(image).tolist() == [[2.5, 4.5, 10.5, 12.5]]
