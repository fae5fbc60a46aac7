"""What the stages see in one image: HOG, visual words before and after they are trained with the rest, filters."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray
from torch import Tensor

from lecture.experiments.experiment import Experiment
from lecture.experiments.history import real_images
from lecture.experiments.history.end_to_end import EndToEnd
from lecture.experiments.history.joint import Joint
from lecture.models.visual_words import BLANK, VisualWords, patches

Picture = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Stages(Experiment):
    """One pipeline and one network, trained on the same images, and what they see in one that they do not know.

    Attributes:
        seeds: One, since this is a picture and not a measurement.
        pool: Images in all, of the set that this machine has.
        train: Training images.
        label: Class of the image that is shown.
        words: Visual words of the vocabulary.
        steps_words: Steps in which words and classifier are trained together.
        steps_network: Steps of the network.
    """

    seeds: int = 1
    pool: int = 5000
    train: int = 1000
    label: int = 5
    words: int = 64
    steps_words: int = 300
    steps_network: int = 400

    sources: ClassVar = (real_images.source,)
    size: ClassVar[str] = "{train} images, {steps_words} steps of the pipeline, {steps_network} of the network"
    presets: ClassVar = {
        "smoke": {"pool": 300, "train": 60, "words": 8, "steps_words": 4, "steps_network": 4},
        "full": {"train": 4000, "steps_words": 800, "steps_network": 800},
    }
    core_seconds: ClassVar[float] = 5.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return every pixel: ``seed``, ``picture``, ``number`` within it, ``row``, ``column`` and ``value``."""
        images = real_images.images(self.pool)
        rows = []
        for seed in self.seed_range():
            x, y, x_test, y_test = (part.to(device) for part in images.split(self.train, len(images.y) // 5, seed))
            shown = x_test[y_test == self.label][:1]
            for picture, plates in self._pictures(seed, shown, (x[None], y[None])).items():
                rows += [_pixels(plate).assign(seed=seed, picture=picture, number=i) for i, plate in enumerate(plates)]
        return pd.concat(rows, ignore_index=True)[["seed", "picture", "number", "row", "column", "value"]]

    def _pictures(self, seed: int, shown: Tensor, seen: tuple[Tensor, Tensor]) -> dict[str, Picture]:
        """Return pictures ``[number, height, width]`` by name, for an image ``[1, height, width]``.

        HOG has a number for each direction and a pixel for each cell; the others are what their names say.
        """
        joint = Joint(seeds=1, first_seed=seed, pool=self.pool, words=self.words)
        apart, together = joint.trained(self.steps_words, seen)
        network = EndToEnd(seeds=1, first_seed=seed, pool=self.pool).trained(*seen, self.steps_network, reach=0)
        image = shown[0].cpu()
        words, tuned = (model.get_submodule("0") for model in (apart, together))
        assert isinstance(words, VisualWords)
        assert isinstance(tuned, VisualWords)
        return {
            "image": image[None].numpy(),
            "HOG": edges(image),
            "retold": retold(words, shown).cpu().numpy()[None],
            "words": _plates(words.words[0].mT),
            "words together": _plates(tuned.words[0].mT),
            "filters": _plates(network.get_parameter("2.weight")[0]),
        }


def edges(image: Tensor) -> Picture:
    """Return HOG cell by cell, ``[directions, rows, columns]``: the mean over the blocks that a cell belongs to."""
    size = len(image) // real_images.CELL
    blocks = real_images.describe(image).reshape(size - 1, size - 1, 2, 2, real_images.DIRECTIONS)
    cells, times = np.zeros((size, size, real_images.DIRECTIONS), np.float32), np.zeros((size, size, 1), np.float32)
    for i, j in np.ndindex(2, 2):
        cells[i : i + size - 1, j : j + size - 1] += blocks[:, :, i, j]
        times[i : i + size - 1, j : j + size - 1] += 1
    return np.asarray((cells / times).transpose(2, 0, 1))


@torch.no_grad()
def retold(vocabulary: VisualWords, image: Tensor) -> Tensor:
    """Return an image ``[h, w]`` in which each patch of ``[1, h, w]`` is replaced by the word that is nearest to it.

    Where there is nothing but paper, no word is spoken.
    """
    size, stride = vocabulary.size, vocabulary.stride
    nearest = vocabulary.strength(image[None])[0, 0].argmax(-1)
    empty = (patches(image[None], size, stride)[0, 0] ** 2).sum(-1) < BLANK
    picture, times = torch.zeros_like(image[0]), torch.zeros_like(image[0])
    for row, column in np.ndindex(*nearest.shape):
        place = (slice(row * stride, row * stride + size), slice(column * stride, column * stride + size))
        word = vocabulary.words[0, nearest[row, column]].view(size, size)
        picture[place] += torch.zeros_like(word) if empty[row, column] else word - word.min()
        times[place] += 1
    return picture / times.clamp_min(1)


def _plates(columns: Tensor) -> Picture:
    """Return the columns of ``[size * size, n]`` as pictures ``[n, size, size]``."""
    size = round(columns.shape[0] ** 0.5)
    return np.asarray(columns.detach().cpu().T.reshape(-1, size, size))


def _pixels(plate: Picture) -> pd.DataFrame:
    row, column = np.indices(plate.shape)
    return pd.DataFrame({"row": row.ravel(), "column": column.ravel(), "value": plate.ravel().astype(float)})
