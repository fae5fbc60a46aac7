"""Printed digits for training, handwritten ones for the test: what a supply without end is worth in real images."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data import glyphs, mnist
from lecture.data.images import Images
from lecture.experiments.experiment import Experiment
from lecture.models.image_network import image_network
from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.distortions import Distortion, distorted
from lecture.training.fit import Batches, fit
from lecture.training.scores import evaluate

ASIDE = 1000  # real images that only the pilots use


@dataclass(frozen=True, kw_only=True)
class Rendered(Experiment):
    """Trains one network on rendered digits, on real ones, on distorted real ones, and on both together.

    A rendered digit is a printed one distorted at random, anew each time; real digits are distorted by the same draws.
    All contenders get the same network, steps, batch and learning rate, and the same test images: real, undistorted.
    Each seed draws its test images and its training images from one fixed pool, MNIST 5k without those set aside; a
    larger training set contains the smaller one.

    Five pilot networks (seeds 1000 to 1004), trained and judged on the images set aside, chose the learning rate (0.003
    or 0.01), the strength of the distortion (a half, one or one and a half times its default) and how real and rendered
    ones are combined: rendered first and then few real ones, which makes a network forget the rendered ones, or both in
    each batch. So the renderer has been fitted to real digits, by hand, though no training image is one.

    Attributes:
        faces: Numbers of typefaces, drawn at random for each seed; the largest is all there are.
        sizes: Numbers of real images.
        distorted: Those sizes at which real images are also distorted.
        mixed: Those sizes at which they also share each batch with rendered ones, half and half.
        test: Real test images of each seed.
        channels: Channels of the two convolutions.
        width: Units of the hidden linear layer.
        batch: Images a step, fewer where there are fewer.
        steps: Steps of each training run.
        learning_rate: Adam's; it falls to zero along a cosine.
    """

    seeds: int = 5
    faces: tuple[int, ...] = (1, 5, len(glyphs.FACES))
    sizes: tuple[int, ...] = (10, 30, 100, 300, 1000)
    distorted: tuple[int, ...] = (10, 30, 100, 1000)
    mixed: tuple[int, ...] = (10, 30, 100)
    test: int = 1000
    channels: tuple[int, int] = (8, 16)
    width: int = 64
    batch: int = 32
    steps: int = 200
    learning_rate: float = 0.01

    presets: ClassVar = {
        "smoke": {
            "seeds": 2, "faces": (2,), "sizes": (10, 40), "distorted": (10,), "mixed": (10,), "test": 50,
            "channels": (2, 4), "width": 8, "batch": 10, "steps": 4,
        },
        "full": {"seeds": 20, "faces": (1, 2, 5, 10, len(glyphs.FACES)), "channels": (16, 32), "steps": 4000},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 30.0
    size: ClassVar[str] = (
        "{sizes} images of MNIST or digits of {faces} typefaces, two convolutions of {channels} channels, {steps} "
        "steps of {batch} images"
    )
    sources: ClassVar = (mnist.load, glyphs.load)

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``trained_on``, ``faces``, ``real`` (images), ``seed`` and ``accuracy`` on real images, a share."""
        seeds = self.seeds_on(device)
        x, y, x_test, y_test = self._real(seeds)
        found = {
            setting: evaluate(model, x_test, y_test).accuracy.tolist()
            for setting, model in self._contenders(seeds, x, y)
        }
        return self.per_seed(found, ["trained_on", "faces", "real"], "accuracy")

    def _real(self, seeds: Seeds) -> tuple[Tensor, ...]:
        """Return real training images ``[R, n, 28, 28]`` and labels ``[R, n]``, and the same for the test."""
        images = mnist.load()
        pool = Images("MNIST 5k without those set aside", *images.split(len(images.y) - ASIDE, ASIDE, seed=0)[:2])
        return seeds.stack(partial(pool.split, max(self.sizes), self.test))

    def _contenders(self, seeds: Seeds, x: Tensor, y: Tensor) -> Iterator[tuple[tuple[str, int, int], nn.Module]]:
        """Yield on what each contender was trained, the number of faces and of real images, and the networks."""
        for faces in self.faces:
            yield ("rendered", faces, 0), self._trained(seeds, self._printed(seeds, faces), distort=True)
        for n in self.sizes:
            yield ("real", 0, n), self._trained(seeds, (x[:, :n], y[:, :n]))
        for n in self.distorted:
            yield ("real, distorted", 0, n), self._trained(seeds, (x[:, :n], y[:, :n]), distort=True)
        for n in self.mixed:
            both = [self._printed(seeds, max(self.faces)), (x[:, :n], y[:, :n])]
            yield ("real and rendered", max(self.faces), n), self._trained(seeds, *both, distort=True)

    def _printed(self, seeds: Seeds, faces: int) -> tuple[Tensor, Tensor]:
        """Return all digits of some faces for each seed, ``[R, 10 * faces, 28, 28]``, and their labels."""
        found = glyphs.load()
        chosen = seeds.stream("faces").permutation(len(glyphs.FACES))[:, :faces].to(found.y.device)
        rows = (10 * chosen[:, :, None] + torch.arange(10)).flatten(1)
        return found.x[rows].to(seeds.device), found.y[rows].to(seeds.device)

    def _trained(self, seeds: Seeds, *sets: tuple[Tensor, Tensor], distort: bool = False) -> nn.Module:
        """Return one network for each seed; each set of images has an equal share in a batch, or all its images."""
        model = image_network(seeds.stream("weights"), channels=self.channels, width=self.width, pixels=glyphs.SIDE)
        size = self.batch // len(sets)

        def augment(batches: Batches) -> Batches:
            others = [
                minibatches(*data, size, self.steps, seeds.stream(f"order {number}"))
                for number, data in enumerate(sets[1:], 1)
            ]
            mixed = joined(batches, *others)
            return distorted(mixed, Distortion(), seeds.stream("distortions")) if distort else mixed

        (x, y), rate = sets[0], self.learning_rate
        return fit(model, x, y, seeds, batch=size, steps=self.steps, rate=rate, order="order 0", augment=augment)


def joined(*several: Batches) -> Batches:
    """Yield batches that hold one of each: inputs ``[R, B1 + B2 + ..., ...]`` and labels ``[R, B1 + B2 + ...]``."""
    for parts in zip(*several, strict=True):
        x, y = (torch.cat(part, 1) for part in zip(*parts, strict=True))
        yield x, y
