"""C19: a few images, for the features of a real ImageNet network, and for methods that have never seen a photograph."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray
from skimage.feature import local_binary_pattern
from torch import Tensor
from torch.nn.functional import interpolate

from lecture.data import mnist, photographs
from lecture.experiments.experiment import Experiment
from lecture.experiments.history.real_images import describe
from lecture.experiments.when_to_use.borrowing import Classifier, fitted, linear, machine, one_by_one
from lecture.models import efficientnet_lite0
from lecture.models.image_network import image_network
from lecture.seeds import Seeds, Stream
from lecture.training.loop import evaluate

MISSING = "not installed"
"""The task of the one row that says that this machine has no ImageNet network."""
METHODS = ("ImageNet", "HOG + SVM", "LBP + SVM", "SVM", "scratch")
AT_ONCE = 20
COST, GAMMA = 10.0, 1.0
RADII = ((8, 1), (16, 2))  # neighbours, and how far off they lie


class Task(NamedTuple):
    """Images of a few classes, and which of them may be trained on.

    Attributes:
        name: As the records know it.
        x: ``[n, height, width]``, from 0 to 1.
        y: ``[n]``, sorted, every class equally often.
        halves: ``[n]``, 0 or 1: a seed trains on one half and is tested on the other; without it, it deals anew.
    """

    name: str
    x: Tensor
    y: Tensor
    halves: Tensor | None = None


@dataclass(frozen=True, kw_only=True)
class ImagenetFeatures(Experiment):
    """EfficientNet-Lite0, frozen, with logistic regression on its 1,280 features, on three tasks of small grey images.

    "photos": from which of ten photographs is this piece? Seeds train on pieces of one half of each photograph and are
    tested on pieces of the other. "faces": a face or not. "digits": MNIST's 5 to 9, which are far from photographs. All
    seeds share one pool of images, so intervals are over ways to divide it. Every method gets the same grey pixels; the
    network gets them enlarged.

    Settings were chosen on seeds 1000 and up; the support vector machines have one for all kinds of features.

    Without the optional package the table is one row that says so.

    Attributes:
        sizes: Training images a class.
        test: Test images a class, at most as many as are left.
        pixels: Side of the images that the network sees.
        batch: Images a step of the network from scratch.
        steps: Its steps.
        rate: Its learning rate, at the start.
        decay: Of the logistic regression.
    """

    seeds: int = 6
    sizes: tuple[int, ...] = (5, 10, 20)
    test: int = 30
    pixels: int = 96
    batch: int = 50
    steps: int = 60
    rate: float = 0.003
    decay: float = 10.0

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "sizes": (2, 3), "test": 2, "pixels": 32, "steps": 2},
        "full": {"seeds": 10, "test": 60, "pixels": 224},
    }
    core_seconds: ClassVar[float] = 16.0

    def data_digest(self) -> str:
        """Return which weights this machine has, and which digits; the photographs come with scikit-image."""
        return f"{efficientnet_lite0.SHA256 if efficientnet_lite0.weights_file() else MISSING} {mnist.load().digest()}"

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a task, method, size and seed: columns seed, task, method, n (images a class), accuracy."""
        if not efficientnet_lite0.weights_file():
            row = {"seed": self.first_seed, "task": MISSING, "method": METHODS[0], "n": 0, "accuracy": np.nan}
            return pd.DataFrame([row])
        seeds = Seeds(tuple(self.seed_range()), device)
        network = efficientnet_lite0.load().to(device)
        rows: list[dict[str, Any]] = []
        for task in self._tasks():
            views = self._views(task, network, device)
            train, test = self._divided(task)
            for n in self.sizes:
                found = {}
                for method, (described, classifier) in views.items():
                    sets = [part for chosen in (train[:, :, :n], test) for part in _taken(described, chosen)]
                    found[method] = one_by_one(classifier, *sets)
                found["scratch"] = self._from_scratch(task, train[:, :, :n], test, seeds)
                rows += [
                    {"seed": seed, "task": task.name, "method": method, "n": n, "accuracy": accuracy}
                    for method, accuracies in found.items()
                    for seed, accuracy in zip(seeds.values, accuracies, strict=True)
                ]
        return pd.DataFrame(rows)

    def _tasks(self) -> Iterator[Task]:
        most = max(self.sizes)
        found, halves = photographs.pieces(max(most, self.test), seed=0)
        yield Task("photos", found.x, found.y, halves)
        faces, digits = photographs.faces(), mnist.load()
        few = most + self.test
        yield Task("faces", *_first(faces.x, faces.y, range(2), min(few, 100)))
        yield Task("digits", *_first(digits.x, digits.y - 5, range(5), few))

    def _divided(self, task: Task) -> tuple[Tensor, Tensor]:
        """Return which images each seed trains on, in its order, and is tested on: ``[R, classes, n]`` twice."""
        classes = int(task.y.max()) + 1
        seeds = self.seed_range()
        order = Stream(seeds, f"divide {task.name}").uniform(classes, len(task.y) // classes).argsort(2)
        if task.halves is not None:  # the training half first
            halves = task.halves.view(classes, -1)[torch.arange(classes)[:, None], order]
            first = torch.tensor([seed % 2 for seed in seeds])[:, None, None]
            order = order.gather(2, (halves != first).long().argsort(stable=True, dim=2))
            train, test = order.chunk(2, 2)
        else:
            train, test = order[:, :, : max(self.sizes)], order[:, :, max(self.sizes) :]
        each = order.shape[2]
        return _in_the_set(train, each), _in_the_set(test[:, :, : self.test], each)

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
        stream = seeds.stream(f"weights {task.name}")
        model = image_network(stream, channels=(8, 16), pixels=task.x.shape[2], classes=int(task.y.max()) + 1)
        plan = (self.batch, self.steps, self.rate)
        accuracies: list[float] = evaluate(fitted(model, (x, y), plan, seeds.stream("order")), x_test, y_test)[
            1
        ].tolist()
        return accuracies


def local_patterns(image: Tensor) -> NDArray[np.float32]:
    """Return how often each uniform local binary pattern occurs, ``[28]``: made for texture (Ojala et al. 2002).

    A pattern says which of the points around a pixel are brighter than it; frequencies enter by their square roots.
    """
    grey = (255 * image.numpy()).astype(np.uint8)
    found = []
    for n, reach in RADII:
        codes = local_binary_pattern(grey, n, reach, "uniform")  # type: ignore[no-untyped-call]
        found.append(np.bincount(codes.astype(int).ravel(), minlength=n + 2))
    return np.sqrt(np.concatenate(found) / grey.size, dtype=np.float32)


def _first(x: Tensor, y: Tensor, classes: range, each: int) -> tuple[Tensor, Tensor]:
    """Return the first images of each class, sorted by class."""
    return torch.cat([x[y == c][:each] for c in classes]), torch.arange(len(classes)).repeat_interleave(each)


def _in_the_set(order: Tensor, each: int) -> Tensor:
    """Turn places within a class ``[R, classes, n]`` into places within the set, where each class has ``each``."""
    return order + each * torch.arange(order.shape[1])[:, None]


def _taken(x: Tensor, chosen: Tensor) -> tuple[Tensor, Tensor]:
    """Return the chosen ``[R, classes, n]`` of ``[m, ...]`` as ``[R, classes * n, ...]`` and their labels."""
    y = torch.arange(chosen.shape[1])[:, None].expand(chosen.shape)
    return x[chosen.flatten(1)], y.flatten(1)
