from dataclasses import replace

import numpy as np
import pytest
import torch
from skimage.feature import hog

from lecture import devices
from lecture.experiments.history import real_images
from lecture.experiments.history.end_to_end import EndToEnd, EndToEndOnPhotographs
from lecture.experiments.history.joint import Joint, JointOnPhotographs
from lecture.experiments.history.pipeline import Pipeline, PipelineOnPhotographs

CPU = torch.device("cpu")
TINY = {
    Pipeline: Pipeline.preset("smoke", steps=(30, 60)),
    EndToEnd: EndToEnd.preset("smoke", steps=(30, 60)),
    Joint: Joint.preset("smoke", steps=(30, 60)),
}


@pytest.fixture(scope="module")
def tables():
    devices.prepare()
    return {experiment: settings.run(CPU) for experiment, settings in TINY.items()}


def test_every_method_meets_every_size_and_seed(tables):
    for experiment, by in ((Pipeline, "method"), (EndToEnd, "method"), (Joint, "stages")):
        table = tables[experiment]
        assert (table.groupby(by).size() == 4).all()
        assert set(table["n"]) == {40, 80}
    assert tables[Pipeline]["method"].nunique() == 6
    assert tables[EndToEnd]["method"].nunique() == 3


def test_all_of_them_learn_something(tables):
    assert tables[Pipeline].query("n == 80").groupby("method")["error"].mean().lt(0.6).all()
    assert tables[EndToEnd].query("n == 80").groupby("method")["error"].mean().lt(0.75).all()
    assert tables[Joint]["test_accuracy"].gt(0.3).all()


def test_apart_and_together_differ_in_nothing_but_the_words():
    images = real_images.images(300)
    x, y = (part[None] for part in images.split(60, 60, 0)[:2])
    still = Joint.preset("smoke", seeds=1, rate_apart=0.01, rate_together=0.01)
    apart, together = still.trained(20, (x, y))
    assert not torch.equal(apart[0].words, together[0].words)
    frozen, moved = (model.get_parameter("2.weight") for model in (apart, together))
    assert torch.nn.functional.cosine_similarity(frozen.flatten(), moved.flatten(), dim=0) > 0.7
    zero, start = replace(still, rate_together=0.0).trained(20, (x, y))
    assert torch.equal(zero[0].words, start[0].words)


def test_hog_is_scikit_image_s_and_stays_with_its_label():
    images = real_images.images(300)
    found = real_images.with_hog(300)
    wanted = hog(images.x[7].numpy(), orientations=9, pixels_per_cell=(4, 4), cells_per_block=(2, 2))
    np.testing.assert_allclose(found.x[7].numpy(), wanted, atol=1e-6)
    assert torch.equal(found.y, images.y)


@pytest.mark.parametrize("contest", [PipelineOnPhotographs, EndToEndOnPhotographs, JointOnPhotographs])
def test_on_photographs_all_meet_the_same_pieces(contest):
    settings = contest.preset("smoke")
    ((n, _),) = settings.rounds()
    x, y, x_test, y_test = settings.splits(CPU)
    assert x.shape == (2, n, 32, 32)
    assert x_test.shape == (2, settings.test, 32, 32)
    first = PipelineOnPhotographs.preset("smoke").splits(CPU)
    assert all(torch.equal(mine, theirs) for mine, theirs in zip((x, y, x_test, y_test), first, strict=True))
    assert not torch.equal(x[0], x[1])
    table = settings.run(CPU)
    assert set(table["images"]) == {"pieces of photographs"}
    assert settings.data_digest() == ""


def test_photographs_are_described_as_digits_are():
    settings = PipelineOnPhotographs.preset("smoke")
    (x, *_), (found, *_) = settings.split(3), settings.split(3, hog=True)
    np.testing.assert_allclose(found[5].numpy(), real_images.describe(x[5]))


def test_a_size_that_leaves_too_few_test_images_is_left_out():
    assert Pipeline.preset("smoke", sizes=(40, 240, 241), steps=(1, 2, 3)).rounds() == [(40, 1), (240, 2)]


def test_the_digest_notices_which_images_there_are():
    assert real_images.images(300).digest() != real_images.images(200).digest()
    assert Pipeline.preset("smoke").data_digest() == real_images.source().digest()
