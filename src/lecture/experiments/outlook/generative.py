"""New digits from a diffusion network, from Gaussians, and copied: how like the real ones they are, and how new.

Rates, sizes and the mixture were chosen on seeds from 1000 on.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
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
from lecture.training.fit import fit

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
    core_seconds: ClassVar[float] = 4.0
    size: ClassVar[str] = (
        "{images} images of 8 by 8 points, {depth} hidden layers of {width} units, {levels} levels of noise, {steps} "
        "steps = {passes} passes"
    )
    sources: ClassVar = (digits.load,)

    @property
    def passes(self) -> float:
        """Passes through the training images."""
        return self.steps * self.batch / self.images

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each seed and source with :func:`score`."""
        seeds = self.seeds_on(device)
        x, y, x_kept, y_kept = self.split(seeds)
        *_, drawn = self.denoised(x, y, seeds)
        rows = []
        for r, seed in enumerate(seeds.values):
            real, labels = (plain(x_kept[r]), y_kept[r].cpu().numpy()), y[r].cpu().numpy()
            made = self.made(x[r], y[r], drawn[r], seed)
            rows += [
                {"seed": seed, "source": name, **score((pictures, labels), made["copies"], real)}
                for name, pictures in made.items()
            ]
        return pd.DataFrame(rows)

    def split(self, seeds: Seeds) -> tuple[Tensor, ...]:
        """Return training images and labels, and as many that are kept back, ``[R, n, ...]``."""
        return seeds.stack(partial(digits.load().split, self.images, self.images))

    def made(self, x: Tensor, y: Tensor, drawn: Tensor, seed: int) -> dict[str, Pictures]:
        """Return the pictures ``[n, 64]`` that each source makes of a seed's images ``[n, 8, 8]``, in their order.

        What the network made is already there: ``drawn``, ``[n, 64]`` from -1 to 1.
        """
        seen, labels = plain(x), y.cpu().numpy()
        return {
            "copies": seen,
            "one Gaussian": gaussians(seen, labels, 1, self.jitter, seed),
            "mixture": gaussians(seen, labels, self.parts, self.jitter, seed),
            "network": shades(drawn),
        }

    def denoised(self, x: Tensor, y: Tensor, seeds: Seeds) -> Iterator[Tensor]:
        """Train on images ``[R, n, 8, 8]``; yield noise, then what is left of it after each step, ``[R, n, 64]``.

        Values are from -1 to 1; the classes ``y``, ``[R, n]``, are also those that are drawn.
        """
        model = Denoiser(seeds.stream("weights"), levels=self.levels, depth=self.depth, width=self.width)
        noised = partial(model.noised, stream=seeds.stream("noise"))
        x = 2 * x.flatten(2) - 1
        fit(model, x, y, seeds, batch=self.batch, steps=self.steps, rate=self.rate, loss=squared_error, augment=noised)
        yield from model.sample(y, seeds.stream("samples"))


@dataclass(frozen=True, kw_only=True)
class Samples(Generative):
    """The first pictures of each class that each source of the experiment made: the first, not the best.

    Attributes:
        each: Pictures of a class that are shown.
        looks: Moments at which the pictures that emerge from noise are shown.
    """

    seeds: int = 1  # these are pictures and not a measurement
    each: int = 2
    looks: int = 4

    presets: ClassVar = {
        "smoke": {"images": 120, "levels": 5, "width": 16, "steps": 10, "looks": 3},
        "full": {"width": 512, "levels": 200, "steps": 20000},
    }
    core_seconds: ClassVar[float] = 3.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return every pixel: ``seed``, ``source``, ``number``, ``row``, ``column`` and ``value``.

        The last digit of a number is the class. Sources named ``step 0``, ``step 17`` ... are the network's pictures so
        many steps from noise.
        """
        seeds = self.seeds_on(device)
        x, y, x_kept, y_kept = self.split(seeds)
        moments = np.linspace(0, self.levels, self.looks).round().astype(int)
        drawn = [pictures[0] for pictures in self.denoised(x, y, seeds)]
        labels = y[0].cpu().numpy()
        found = {"real": self.first(plain(x_kept[0]), y_kept[0].cpu().numpy())}
        made = self.made(x[0], y[0], drawn[-1], self.first_seed)
        found |= {name: self.first(pictures, labels) for name, pictures in made.items() if name != "copies"}
        found |= {f"step {step}": self.first(shades(drawn[step]), labels) for step in moments}
        tables = []
        for source, pictures in found.items():
            number, pixel = (axis.ravel() for axis in np.indices(pictures.shape))
            columns = {"number": number, "row": pixel // 8, "column": pixel % 8, "value": pictures.ravel()}
            tables.append(pd.DataFrame({"seed": self.first_seed, "source": source, **columns}))
        return pd.concat(tables, ignore_index=True)

    def first(self, pictures: Pictures, labels: NDArray[np.int64]) -> Pictures:
        """Return the first pictures of each class, ``[10 * each, 64]``: one of each, then the next ones."""
        return np.stack([pictures[labels == label][i] for i in range(self.each) for label in range(CLASSES)])


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
        # a mixture that is not quite settled samples as well
        with warnings.catch_warnings(action="ignore", category=ConvergenceWarning):
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
    machine that learns from made pictures only, on real ones. Pictures are ``[n, 64]``, ``seen`` the training images.
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
