"""C19: a few images, for the features of a real ImageNet network, and for methods that have never seen a photograph."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray
from skimage.feature import local_binary_pattern
from torch import Tensor, nn
from torch.nn.functional import interpolate

from lecture.data import mnist, photographs
from lecture.data.images import Images
from lecture.experiments.experiment import Experiment
from lecture.experiments.history.real_images import describe
from lecture.experiments.when_to_use.borrowing import Classifier, linear, machine, one_by_one
from lecture.models import efficientnet_lite0
from lecture.models.image_network import image_network
from lecture.seeds import Seeds, Stream
from lecture.training.fit import fit
from lecture.training.scores import evaluate

MISSING = "not installed"
"""The task of the one row that says that this machine has no ImageNet network."""
METHODS = ("ImageNet", "HOG + SVM", "LBP + SVM", "SVM", "scratch")
AT_ONCE = 20
COST, GAMMA = 10.0, 1.0
SMALL = 32  # pixels a side, about, to which large pieces are averaged for the network from scratch
RADII = ((8, 1), (16, 2))  # neighbours, and how far off they lie


@dataclass(frozen=True, eq=False)
class Task(Images):
    """Images of a few classes, sorted, every class equally often.

    Attributes:
        halves: ``[n]``, 0 or 1: a seed trains on one half and is tested on the other; without it, it deals anew.
    """

    halves: Tensor | None = None


@dataclass(frozen=True, kw_only=True)
class ImagenetFeatures(Experiment):
    """EfficientNet-Lite0, frozen, with logistic regression on its 1,280 features, on three tasks of grey images.

    "photos": from which of ten photographs is this piece? It is as large as what the network sees, pixel for pixel.
    Seeds train on pieces of one half of each photograph and are tested on pieces of the other. "faces": a face or not.
    "digits": MNIST's 5 to 9, which are far from photographs. All seeds share one pool of images, so intervals are over
    ways to divide it. Every method gets the same grey pixels; the network gets faces and digits enlarged, that from
    scratch the large pieces made small.

    Settings were chosen on seeds 1000 and up; the support vector machines have one for all kinds of features. Without
    the optional package the table is one row that says so.

    Attributes:
        sizes: Training images a class.
        test: Test images a class, at most as many as are left.
        pixels: Side of the images that the network sees, and of the pieces of photographs.
        batch: Images a step of the network from scratch.
        steps: Its steps.
        rate: Its learning rate, at the start.
        decay: Of the logistic regression.
    """

    seeds: int = 10
    sizes: tuple[int, ...] = (5, 10, 20)
    test: int = 30
    pixels: int = 96
    batch: int = 50
    steps: int = 60
    rate: float = 0.003
    decay: float = 10.0

    presets: ClassVar = {
        "smoke": {"seeds": 2, "sizes": (2, 3), "test": 2, "pixels": 32, "steps": 2},
        "full": {"seeds": 30, "test": 60, "pixels": 128},
    }
    core_seconds: ClassVar[float] = 45.0
    size: ClassVar[str] = (
        "{sizes} images a class, EfficientNet-Lite0 on {pixels} pixels a side, against two convolutions, {steps} "
        "steps of {batch}"
    )

    def data_digest(self) -> str:
        """Return which weights this machine has, and which digits; the photographs come with scikit-image."""
        return f"{efficientnet_lite0.SHA256 if efficientnet_lite0.weights_file() else MISSING} {mnist.load().digest()}"

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row a task, method, size and seed: task, side, method, n (images a class), seed, accuracy."""
        if not efficientnet_lite0.weights_file():
            row = {"task": MISSING, "method": METHODS[0], "n": 0, "seed": self.first_seed, "accuracy": np.nan}
            return pd.DataFrame([row])
        seeds = self.seeds_on(device)
        network = efficientnet_lite0.load().to(device)
        found, sides = {}, {}
        for task in self._tasks():
            sides[task.name] = task.x.shape[2]
            views = self._views(task, network, device)
            train, test = self._divided(task)
            for n in self.sizes:
                chosen = train[:, :, :n], test
                for method, (described, classifier) in views.items():
                    sets = (part for places in chosen for part in _taken(described, places))
                    found[task.name, method, n] = one_by_one(classifier, *sets)
                found[task.name, "scratch", n] = self._from_scratch(task, *chosen, seeds)
        table = self.per_seed(found, ["task", "method", "n"], "accuracy")
        return table.assign(side=table["task"].map(sides))

    def _tasks(self) -> Iterator[Task]:
        found, halves = photographs.pieces(max(*self.sizes, self.test), 0, self.pixels, shrink=1)
        yield Task("photos", found.x, found.y, halves)
        faces, digits, few = photographs.faces(), mnist.load(), max(self.sizes) + self.test
        yield Task("faces", *_first(faces.x, faces.y, range(2), min(few, 100)))
        yield Task("digits", *_first(digits.x, digits.y - 5, range(5), few))

    def _divided(self, task: Task) -> tuple[Tensor, Tensor]:
        """Return which images each seed trains on, in its order, and is tested on: ``[R, classes, n]`` twice."""
        seeds, classes = self.seed_range(), int(task.y.max()) + 1
        each, first = len(task.y) // classes, max(self.sizes)
        order = Stream(seeds, f"divide {task.name}").uniform(classes, each).argsort(2)
        order += each * torch.arange(classes)[:, None]  # from places within a class to places within the set
        if task.halves is not None:  # the training half first
            own = torch.tensor([seed % 2 for seed in seeds])[:, None, None]
            order = order.gather(2, (task.halves[order] != own).long().argsort(stable=True, dim=2))
            first = each // 2
        return order[:, :, :first], order[:, :, first : first + self.test]

    @torch.inference_mode()
    def _views(
        self, task: Task, network: efficientnet_lite0.EfficientNetLite0, device: torch.device
    ) -> dict[str, tuple[Tensor, Classifier]]:
        """Return what each method looks at, ``[n, d]``, and how it learns from it."""
        seen = [network.features(self._enlarged(part.to(device))).cpu() for part in torch.split(task.x, AT_ONCE)]
        edges, texture = (
            torch.from_numpy(np.stack([f(image) for image in task.x])) for f in (describe, local_patterns)
        )
        return {
            "ImageNet": (torch.cat(seen), linear(self.decay)),
            "HOG + SVM": (edges, machine(COST, GAMMA)),
            "LBP + SVM": (texture, machine(COST, GAMMA)),
            "SVM": (task.x.flatten(1), machine(COST, GAMMA)),
        }

    def _enlarged(self, x: Tensor) -> Tensor:
        """Return grey images as colour photographs of the network's size, ``[n, 3, pixels, pixels]``."""
        large = interpolate(x[:, None], (self.pixels, self.pixels), mode="bilinear", antialias=True)
        colour = efficientnet_lite0.prepared(large).expand(-1, 3, -1, -1)
        return colour.contiguous(memory_format=torch.channels_last)

    def _from_scratch(self, task: Task, train: Tensor, test: Tensor, seeds: Seeds) -> list[float]:
        """Return the accuracies of small convolutional networks that start from nothing."""
        x, y, x_test, y_test = (part.to(seeds.device) for chosen in (train, test) for part in _taken(task.x, chosen))
        stream, classes = seeds.stream(f"weights {task.name}"), int(task.y.max()) + 1
        shrink = max(1, task.x.shape[2] // SMALL)
        network = image_network(stream, channels=(8, 16), pixels=task.x.shape[2] // shrink, classes=classes)
        model = nn.Sequential(nn.AvgPool2d(shrink), *network)
        fit(model, x, y, seeds, batch=self.batch, steps=self.steps, rate=self.rate)
        accuracies: list[float] = evaluate(model, x_test, y_test).accuracy.tolist()
        return accuracies


def local_patterns(image: Tensor) -> NDArray[np.float32]:
    """Return how often each uniform local binary pattern occurs, ``[28]``: made for texture (Ojala et al. 2002).

    A pattern says which of the points around a pixel are brighter than it; frequencies enter by their square roots.
    """
    grey = (255 * image.numpy()).astype(np.uint8)
    codes = {n: local_binary_pattern(grey, n, reach, "uniform") for n, reach in RADII}
    counts = [np.bincount(found.astype(int).ravel(), minlength=n + 2) for n, found in codes.items()]
    return np.sqrt(np.concatenate(counts) / grey.size, dtype=np.float32)


def _first(x: Tensor, y: Tensor, classes: range, each: int) -> tuple[Tensor, Tensor]:
    """Return the first images of each class, sorted by class."""
    return torch.cat([x[y == c][:each] for c in classes]), torch.arange(len(classes)).repeat_interleave(each)


def _taken(x: Tensor, chosen: Tensor) -> tuple[Tensor, Tensor]:
    """Return the chosen ``[R, classes, n]`` of ``[m, ...]`` as ``[R, classes * n, ...]`` and their labels."""
    y = torch.arange(chosen.shape[1])[:, None].expand(chosen.shape)
    return x[chosen.flatten(1)], y.flatten(1)
