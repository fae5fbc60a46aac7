"""New digits from a diffusion network, from Gaussians, and copied: how like the real ones they are, and how new.

Rates, sizes and the mixture were chosen on seeds from 1000 on.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import NearestNeighbors
from sklearn.svm import SVC
from torch import Tensor

from lecture.data import digits
from lecture.experiments.experiment import Experiment
from lecture.models.diffusion import Denoiser, squared_error
from lecture.seeds import Seeds
from lecture.training.annealing import cosine
from lecture.training.batches import minibatches
from lecture.training.loop import train
from lecture.training.optimisers import Adam

CLASSES = 10
GREYS = 16  # an image of this set has 17 shades
Pictures = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Generative(Experiment):
    """Let each source make as many digits as it has learned from, and compare them with as many real ones kept back.

    All seeds split one pool of 1,797 images, so intervals are over splits and starts.

    Attributes:
        images: Training images, as many held-out ones, and as many samples.
        levels: Of noise.
        depth: Hidden layers of the network.
        width: Units in each.
        batch: Images a step.
        steps: Steps of the training.
        rate: Adam's learning rate at the start; it falls to 0 along half a cosine.
        parts: Gaussians a class of the mixture.
        jitter: Added to the variances of its pixels, and to those of the single Gaussian.
    """

    seeds: int = 5
    images: int = 890
    levels: int = 50
    depth: int = 3
    width: int = 128
    batch: int = 64
    steps: int = 1200
    rate: float = 0.006
    parts: int = 3
    jitter: float = 0.001

    presets: ClassVar = {
        "smoke": {"seeds": 2, "images": 120, "levels": 5, "width": 16, "steps": 10},
        "full": {"seeds": 10, "width": 512, "levels": 200, "steps": 20000},
    }
    core_seconds: ClassVar[float] = 12.0

    def data_digest(self) -> str:
        """Return what identifies the images."""
        return digits.load().digest()

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each seed and source with :func:`score`."""
        seeds = Seeds(tuple(self.seed_range()), device)
        x, y, x_kept, y_kept = self.split(seeds)
        *_, drawn = self.denoised(x, y, seeds)
        rows = []
        for r, seed in enumerate(seeds.values):
            kept, truth = plain(x_kept[r]), y_kept[r].cpu().numpy()
            made = self.made(x[r], y[r], drawn[r], seed)
            for name, pictures in made.items():
                found = score((pictures, y[r].cpu().numpy()), made["copies"], (kept, truth))
                rows.append({"seed": seed, "source": name, **found})
        return pd.DataFrame(rows)

    def split(self, seeds: Seeds) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return training images and labels, and as many that are kept back, ``[R, n, ...]``."""
        parts = [digits.load().split(self.images, self.images, seed) for seed in seeds.values]
        x, y, x_kept, y_kept = (torch.stack(part).to(seeds.device) for part in zip(*parts, strict=True))
        return x, y, x_kept, y_kept

    def made(self, x: Tensor, y: Tensor, drawn: Tensor, seed: int) -> dict[str, Pictures]:
        """Return the pictures ``[n, 64]`` that each source makes of one seed's training images, in the order of ``y``.

        Args:
            x: Training images, ``[n, 8, 8]``.
            y: Their classes, ``[n]``.
            drawn: What the network made, ``[n, 64]`` from -1 to 1.
            seed: For the Gaussians.
        """
        seen, labels = plain(x), y.cpu().numpy()
        return {
            "copies": seen,
            "one Gaussian": gaussians(seen, labels, 1, self.jitter, seed),
            "mixture": gaussians(seen, labels, self.parts, self.jitter, seed),
            "network": shades(drawn),
        }

    def denoised(self, x: Tensor, y: Tensor, seeds: Seeds) -> Iterator[Tensor]:
        """Train the networks; yield noise, then what is left of it after each step, ``[R, n, 64]`` from -1 to 1.

        Args:
            x: Training images, ``[R, n, 8, 8]``.
            y: Their classes ``[R, n]``, which are also those that are drawn.
            seeds: R of them.
        """
        model = Denoiser(seeds.stream("weights"), levels=self.levels, depth=self.depth, width=self.width)
        optimiser = Adam(model, self.rate)
        batches = minibatches(2 * x.flatten(2) - 1, y, self.batch, self.steps, seeds.stream("order"))
        noised = model.noised(batches, seeds.stream("noise"))
        train(model, optimiser, noised, loss=squared_error, on_step=cosine(optimiser, self.steps))
        yield from model.sample(y, seeds.stream("samples"))


def plain(images: Tensor) -> Pictures:
    """Return images ``[n, 8, 8]`` as rows of pixels, ``[n, 64]``."""
    return np.asarray(images.flatten(1).double().cpu().numpy())


def shades(pictures: Tensor) -> Pictures:
    """Return pictures from -1 to 1 as the set has them: 17 shades from 0 to 1."""
    return rounded((pictures.double().cpu().numpy() + 1) / 2)


def rounded(pictures: Pictures) -> Pictures:
    """Return pictures cut to 0 to 1 and rounded to the shades that the set has: all sources are treated alike."""
    return np.asarray(np.round(pictures.clip(0, 1) * GREYS) / GREYS)


def gaussians(x: Pictures, y: NDArray[np.int64], parts: int, jitter: float, seed: int) -> Pictures:
    """Return samples of ``parts`` Gaussians a class with full covariance, in the order of ``y``."""
    made = np.zeros_like(x)
    for label in range(CLASSES):
        own = y == label
        mixture = GaussianMixture(parts, reg_covar=jitter, random_state=seed, max_iter=50)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # a mixture that is not quite settled samples as well
            mixture.fit(x[own])
        made[own] = mixture.sample(int(own.sum()))[0]
    return rounded(made)


def score(
    made: tuple[Pictures, NDArray[np.int64]], seen: Pictures, real: tuple[Pictures, NDArray[np.int64]]
) -> dict[str, float]:
    """Return three scores, all of them shares.

    ``told_apart``: how often the nearest neighbour tells made from real (leave one out; Lopez-Paz and Oquab 2017).
    Half means that it cannot. ``near_training``: how many made pictures lie nearer to a training image than to any of
    as many held-out ones. Half is what new ones should have, and copies have all. ``accuracy``: of a support vector
    machine that learns from made pictures only, on real ones.

    Args:
        made: Pictures ``[n, 64]`` and their classes.
        seen: The training images, ``[n, 64]``.
        real: As many held-out images and their classes.
    """
    pictures, truth = real
    n = len(pictures)
    both = np.concatenate((made[0], pictures))
    nearest = NearestNeighbors(n_neighbors=1).fit(both).kneighbors(return_distance=False)[:, 0]
    pool = NearestNeighbors(n_neighbors=1).fit(np.concatenate((seen, pictures)))
    return {
        "told_apart": float(np.mean((nearest < n) == (np.arange(2 * n) < n))),
        "near_training": float(np.mean(pool.kneighbors(made[0], return_distance=False)[:, 0] < n)),
        "accuracy": float(SVC(C=10).fit(*made).score(pictures, truth)),
    }
