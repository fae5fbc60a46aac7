import numpy as np
import torch

from lecture.experiments.history.stages import Stages, retold
from lecture.models.visual_words import VisualWords, patches

CPU = torch.device("cpu")


def test_an_image_is_retold_in_its_nearest_words():
    image = torch.zeros(1, 8, 8)
    image[:, :, 4:] = 1
    words = patches(image[None], 4, 4)[0, 0, :, :].reshape(1, -1, 16)[:, :2] + torch.tensor([[[0.0], [0.5]]])
    found = retold(VisualWords(words, stride=4), image)
    assert found.shape == (8, 8)
    assert torch.equal(found[:, :4], found[:, 4:])


def test_the_pictures_of_the_stages():
    table = Stages.preset("smoke").run(CPU)
    counts = table.groupby("picture", sort=False).size().to_dict()
    assert counts == {
        "image": 784, "HOG": 9 * 49, "retold": 784, "words": 8 * 36, "words together": 8 * 36, "filters": 16 * 25,
    }  # fmt: skip
    assert np.isfinite(table["value"]).all()
