"""Saliency maps: which pixels decided? The answers of networks that differ in nothing but their start and order."""

from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from scipy.stats import rankdata
from torch import Tensor, nn

from lecture.data import mnist
from lecture.experiments.experiment import Experiment
from lecture.experiments.sizes import Passes
from lecture.models.image_network import image_network
from lecture.seeds import Stream
from lecture.training.fit import fit


@dataclass(frozen=True, kw_only=True)
class Saliency(Passes, Experiment):
    """Trains several networks on the same images and compares what they call important in images they have not seen.

    A map is the size of the derivative of the answer's logit with respect to each pixel (Simonyan et al. 2014); two
    maps are compared by Spearman's rank correlation over all pixels. SmoothGrad averages the maps of noisy copies
    (Smilkov et al. 2017); an ensemble averages the maps of its members, each divided by its mean.

    The rate was chosen by accuracy on seeds 1000 and 1001, nothing by a correlation. Seeds split one pool of images.

    Attributes:
        members: Networks on the same images, an even number.
        test: Images whose maps are compared.
        rate: Learning rate of Adam at the start; it falls to zero along a cosine.
        channels: Of the two convolutions.
        copies: Noisy copies of an image.
        noise: Standard deviation of the noise, where black and white are 0 and 1.
    """

    seeds: int = 5
    members: int = 4
    examples: int = 2000
    test: int = 100
    steps: int = 300
    batch: int = 25
    rate: float = 1e-2
    channels: tuple[int, int] = (8, 16)
    copies: int = 8
    noise: float = 0.15

    presets: ClassVar = {
        "smoke": {"seeds": 2, "examples": 100, "test": 10, "steps": 5, "channels": (2, 4), "copies": 2},
        "full": {"seeds": 10, "members": 10, "examples": 4000, "test": 500, "steps": 2000, "channels": (16, 32)},
    }
    core_seconds: ClassVar[float] = 20.0
    size: ClassVar[str] = (
        "{members} networks on {examples} images of MNIST, two convolutions of {channels} channels, {steps} steps = "
        "{passes} passes"
    )
    sources: ClassVar = (mnist.load,)

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return rows of seed, quantity, number, row, column and value.

        Single numbers have -1 for the place: ``accuracy``; ``agreement`` of two members' answers; and correlations of
        maps: ``plain``, ``SmoothGrad`` and ``ensemble`` (one half of the members against the other) of one image,
        ``untrained`` for one network before and after training, ``other image`` for two images and one network.
        The seed's first test image and its maps by each member, and by both halves, are ``image`` and ``map``.
        """
        drawn = self.seeds_on(device).stack(partial(mnist.load().split, self.examples, self.test))
        x, y, x_test, y_test = (part.repeat_interleave(self.members, 0) for part in drawn)
        members = [1000 * seed + member for seed in self.seed_range() for member in range(self.members)]
        seeds = self.grid(device, members).seeds
        model = image_network(seeds.stream("weights"), channels=self.channels)
        untrained = deepcopy(model)
        fit(model, x, y, seeds, batch=self.batch, steps=self.steps, rate=self.rate)
        with torch.no_grad():
            answers = model(x_test).argmax(-1)
        plain, before = (saliency(network, x_test, answers) for network in (model, untrained))
        smooth = self._smooth(model, x_test, answers, seeds.stream("noise"))
        found = []
        for number, seed in enumerate(self.seed_range()):
            own = slice(number * self.members, (number + 1) * self.members)
            maps = plain[own] / plain[own].mean((2, 3), keepdim=True)
            halves = torch.stack([maps[0::2].mean(0), maps[1::2].mean(0)])
            pairs = list(combinations(range(own.start, own.stop), 2))
            first, second = (torch.tensor(side, device=device) for side in zip(*pairs, strict=True))
            numbers = {
                "accuracy": (answers[own] == y_test[own]).double().mean(),
                "agreement": (answers[first] == answers[second]).double().mean(),
                "plain": correlation(plain[first], plain[second]),
                "SmoothGrad": correlation(smooth[first], smooth[second]),
                "ensemble": correlation(*halves),
                "untrained": correlation(before[own], plain[own]),
                "other image": correlation(plain[own], plain[own].roll(1, 1)),
            }
            alone = [(seed, quantity, -1, -1, -1, float(value)) for quantity, value in numbers.items()]
            found.append(pd.DataFrame(alone, columns=["seed", "quantity", "number", "row", "column", "value"]))
            found.append(_pixels(seed, "image", x_test[own][:1, 0]))
            found.append(_pixels(seed, "map", torch.cat([maps[:, 0], halves[:, 0]])))
        return pd.concat(found, ignore_index=True)

    def _smooth(self, model: nn.Module, x: Tensor, answers: Tensor, stream: Stream) -> Tensor:
        """Return the mean map of noisy copies; all members of a seed could share the noise, but each draws its own."""
        copies = (x + stream.normal(*x.shape[1:], std=self.noise) for _ in range(self.copies))
        return sum((saliency(model, copy, answers) for copy in copies), torch.zeros(())) / self.copies


def saliency(model: nn.Module, x: Tensor, answers: Tensor) -> Tensor:
    """Return how much each pixel of images ``[R, B, 28, 28]`` moves the logit of the answer, the same shape."""
    x = x.detach().requires_grad_()
    logits = model(x).gather(2, answers[..., None])
    (gradient,) = torch.autograd.grad(logits.sum(), x)
    return gradient.abs()


def correlation(a: Tensor, b: Tensor) -> float:
    """Return Spearman's rank correlation of two maps over all pixels, mean over ``[..., height, width]``."""
    ranks = (rankdata(maps.flatten(-2).cpu().numpy(), axis=-1) for maps in (a, b))
    x, y = (rank - rank.mean(-1, keepdims=True) for rank in ranks)
    length = np.sqrt((x**2).sum(-1) * (y**2).sum(-1))
    return float(np.mean((x * y).sum(-1) / np.maximum(length, 1e-12)))


def _pixels(seed: int, quantity: str, pictures: Tensor) -> pd.DataFrame:
    number, row, column = (axis.ravel() for axis in np.indices(tuple(pictures.shape)))
    values = pictures.flatten().cpu().double().numpy()
    places = {"number": number, "row": row, "column": column}
    return pd.DataFrame({"seed": seed, "quantity": quantity, **places, "value": values})
