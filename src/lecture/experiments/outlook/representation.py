"""What each layer knows: linear probes with a few labels, on pixels and on networks with and without training.

Rate, temperature, distortions and length were chosen on seeds from 1000 on.
"""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from sklearn.linear_model import RidgeClassifierCV
from sklearn.neighbors import NearestNeighbors
from torch import Tensor, nn

from lecture.data import mnist
from lecture.experiments.experiment import Experiment
from lecture.models.image_network import image_network
from lecture.seeds import Seeds
from lecture.training.contrast import contrastive, twice
from lecture.training.distortions import affine
from lecture.training.fit import Batches, fit

CLASSES = 10
LAYERS = ("convolution 1", "convolution 2", "last hidden")
"""Where the network is tapped: behind each ReLU."""
STRENGTHS = 10.0 ** np.arange(-1, 5)


@dataclass(frozen=True, kw_only=True)
class Representation(Experiment):
    """Train one network without labels, and probe each of its layers with a few.

    All seeds split one pool of 5,000 images, so intervals are over splits and starts.

    Attributes:
        images: Training images, seen without their labels.
        test: Images to test on.
        few: Labelled training images of each class.
        batch: Images a step; each is seen in two views.
        steps: Steps without labels.
        rate: Adam's learning rate at the start; it falls to 0 along half a cosine.
        temperature: Of the contrastive loss.
        features: Numbers that it compares; this layer is thrown away afterwards.
        few_batch: Labelled images a step, for the network that sees only them.
        few_steps: Its steps.
    """

    seeds: int = 5
    images: int = 4000
    test: int = 1000
    few: int = 10
    batch: int = 128
    steps: int = 400
    rate: float = 0.005
    temperature: float = 0.2
    features: int = 32
    few_batch: int = 50
    few_steps: int = 400

    presets: ClassVar = {
        "smoke": {"seeds": 2, "images": 300, "test": 60, "few": 3, "batch": 16, "steps": 4, "few_steps": 4},
        "full": {"seeds": 10, "steps": 8000},
    }
    core_seconds: ClassVar[float] = 25.0
    size: ClassVar[str] = (
        "{images} images of MNIST at half their size, a network of two convolutions, {steps} steps = {passes} passes "
        "without labels; {few} labels a class"
    )
    sources: ClassVar = (mnist.load,)

    @property
    def passes(self) -> float:
        """Passes through the images without labels."""
        return self.steps * self.batch / self.images

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each seed, network and layer.

        ``accuracy`` is a linear probe's on the test images, ``neighbour`` the share of test images whose nearest other
        test image shows the same digit.
        """
        seeds = self.seeds_on(device)
        x, y, x_test, y_test = self.split(seeds)
        few = torch.stack([first_of_each(labels, self.few) for labels in y])
        x_few, y_few = (torch.stack([a[i] for a, i in zip(part, few, strict=True)]) for part in (x, y))
        networks = {
            "untrained": self.network(seeds, self.features),
            "no labels": self.without_labels(x, y, seeds),
            "few labels": self.with_labels(x_few, y_few, seeds),
        }
        rows = []
        for network, model in networks.items():
            seen, tested = layers(model, x_few), layers(model, x_test)
            for layer in seen:
                for r, seed in enumerate(seeds.values):
                    if layer != "pixels" or network == "untrained":  # the pixels are the same for all
                        found = score(seen[layer][r], y_few[r], tested[layer][r], y_test[r])
                        rows.append({"seed": seed, "network": network, "layer": layer, **found})
        return pd.DataFrame(rows)

    def split(self, seeds: Seeds) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return training images and labels, test images and labels, ``[R, ...]``, each image at half its size."""
        x, y, x_test, y_test = seeds.stack(partial(mnist.load().split, self.images, self.test))
        return nn.functional.avg_pool2d(x, 2), y, nn.functional.avg_pool2d(x_test, 2), y_test

    def network(self, seeds: Seeds, outputs: int) -> nn.Sequential:
        """Return the network at its start."""
        return image_network(seeds.stream("weights"), pixels=14, classes=outputs)

    def without_labels(self, x: Tensor, y: Tensor, seeds: Seeds) -> nn.Sequential:
        """Return the network trained to recognise another view of the same image; the loss never looks at ``y``."""
        model, loss = self.network(seeds, self.features), contrastive(self.temperature)

        def augment(batches: Batches) -> Batches:
            return views(twice(batches), seeds)

        return fit(model, x, y, seeds, batch=self.batch, steps=self.steps, rate=self.rate, loss=loss, augment=augment)

    def with_labels(self, x: Tensor, y: Tensor, seeds: Seeds) -> nn.Sequential:
        """Return the network trained on labelled images alone, under the same distortions."""
        model = self.network(seeds, CLASSES)
        augment = partial(views, seeds=seeds)
        return fit(model, x, y, seeds, batch=self.few_batch, steps=self.few_steps, rate=self.rate, augment=augment)


def views(batches: Batches, seeds: Seeds) -> Batches:
    """Yield the batches, each image distorted in its own way."""
    return affine(batches, seeds.stream("views"), turn=0.3, stretch=0.15, reach=1.5)


def first_of_each(labels: Tensor, few: int) -> Tensor:
    """Return the places of the first ``few`` examples of each class in ``[n]``."""
    return torch.cat([(labels == label).nonzero()[:few, 0] for label in range(CLASSES)])


@torch.no_grad()
def layers(model: nn.Sequential, x: Tensor) -> dict[str, Tensor]:
    """Return the images and what the tapped layers make of them, ``[R, n, features]``."""
    found = {"pixels": x.flatten(2)}
    names = iter(LAYERS)
    for layer in model:
        x = layer(x)
        if isinstance(layer, nn.ReLU):
            found[next(names)] = x.flatten(2)
    return found


def score(seen: Tensor, labels: Tensor, tested: Tensor, truth: Tensor) -> dict[str, float]:
    """Return what a linear probe and the nearest neighbour make of descriptions ``[n, features]``.

    The probe is a ridge classifier; leave-one-out among its own examples chooses its strength.
    """
    mean = seen.mean(0)
    scale = (seen - mean).square().mean().sqrt()
    a, b = (((part - mean) / scale).double().cpu().numpy() for part in (seen, tested))
    probe = RidgeClassifierCV(alphas=STRENGTHS).fit(a, labels.cpu().numpy())
    return {"accuracy": float(probe.score(b, truth.cpu().numpy())), "neighbour": neighbours_agree(b, truth)}


def neighbours_agree(points: np.ndarray, labels: Tensor) -> float:
    """Return the share of points ``[n, features]`` whose nearest other point has the same label."""
    nearest = NearestNeighbors(n_neighbors=1).fit(points).kneighbors(return_distance=False)[:, 0]
    truth = labels.cpu().numpy()
    return float(np.mean(truth[nearest] == truth))
