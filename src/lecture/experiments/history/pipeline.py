"""Recognition before deep learning: features made by hand, then a classifier; each stage set up without the other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
import pandas as pd
import torch
from torch import Tensor, nn

from lecture.experiments.history.real_images import Contest, OnPhotographs
from lecture.models.initialisers import he
from lecture.models.kernel_svm import svm_predictions
from lecture.models.mlp import mlp
from lecture.models.visual_words import Standardise, VisualWords, vocabulary
from lecture.training.fit import fit
from lecture.training.scores import evaluate


class Machines(NamedTuple):
    """Settings of two support vector machines.

    Attributes:
        linear: C of the linear one.
        curved: C of the curved one.
        gamma: Of the curved one, in units of the mean squared distance of the training images from their centre.
    """

    linear: float
    curved: float
    gamma: float


@dataclass(frozen=True, kw_only=True)
class Pipeline(Contest):
    """Fixed features under a linear and a curved (RBF) support vector machine.

    The features are HOG (Dalal and Triggs 2005), a bag of visual words summed over quadrants, its vocabulary learned on
    the training images alone (Coates, Ng and Lee 2011), and for comparison the bare pixels. HOG also gets a head that
    is trained like a network: half way between pipeline and network.

    All settings were chosen on seeds 1000 to 1002, at 300 and 4,000 images, among a few values (C of 0.3 to 10 and 3 to
    30, gamma 0.5 to 2, cells of 4 and 7 pixels, 64 to 256 words; more words gain little and cost much): other seeds,
    but the same images in another split. The ``full`` preset stops at 16,000 images, where the matrix of the machine
    fills two gigabytes.

    Attributes:
        words: Visual words of the vocabulary.
        patch: Height and width of a patch, pixels.
        stride: Pixels from one patch to the next.
        learning_rate: Of the trained head, with Adam; it falls to zero along a cosine.
        width: Hidden units of the trained head, as many as the network of ``history.end_to_end`` has.
    """

    words: int = 64
    patch: int = 6
    stride: int = 2
    learning_rate: float = 1e-3
    width: int = 64

    machines: ClassVar[Mapping[str, Machines]] = dict.fromkeys(("pixels", "HOG", "words"), Machines(3.0, 10.0, 1.0))
    """The settings of the machines by the features that they get."""
    presets: ClassVar = {**Contest.presets, "smoke": {**Contest.presets["smoke"], "words": 8}}
    core_seconds: ClassVar[float] = 50.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each method, number of training images ``n`` and seed, with the share ``error``.

        The support vector machines are scikit-learn's and run on the CPU, whatever the device.
        """
        rows = []
        for seed in self.seed_range():
            pixels, described = self.split(seed), self.split(seed, hog=True)
            for n, _ in self.rounds():
                for features, x, x_test in self._features(seed, n, pixels, described):
                    errors = self._errors(features, x, pixels[1][:n], x_test, pixels[3])
                    rows += [{"method": method, "n": n, "seed": seed, "error": error} for method, error in errors]
        parts = self.splits(device, hog=True)
        heads = [self._head(n, steps, parts) for n, steps in self.rounds()]
        return pd.concat([pd.DataFrame(rows), *heads], ignore_index=True).assign(images=self.images)

    def _features(
        self, seed: int, n: int, pixels: tuple[Tensor, ...], described: tuple[Tensor, ...]
    ) -> Iterator[tuple[str, Tensor, Tensor]]:
        """Yield each kind of features by name, of ``n`` training images and of the test images."""
        yield "pixels", pixels[0][:n].flatten(1), pixels[2].flatten(1)
        yield "HOG", described[0][:n], described[2]
        centres = vocabulary(pixels[0][:n], self.words, self.patch, self.stride, seed)
        x, x_test = (word_counts(centres, self.stride, part) for part in (pixels[0][:n], pixels[2]))
        standard = Standardise(x)
        yield "words", standard(x)[0], standard(x_test)[0]

    def _errors(
        self, features: str, x: Tensor, y: Tensor, x_test: Tensor, y_test: Tensor
    ) -> Iterator[tuple[str, float]]:
        """Yield the name and the error, a share, of each machine on these features; of pixels only the curved one."""
        chosen = self.machines[features]
        kinds = {"linear": (chosen.linear, None), "RBF": (chosen.curved, chosen.gamma)}
        for kind, (cost, gamma) in kinds.items():
            if features != "pixels" or kind == "RBF":
                said = svm_predictions(x.numpy(), y.numpy(), x_test.numpy(), cost=cost, gamma=gamma)
                yield f"{features}, {kind} SVM", float(np.mean(said != y_test.numpy()))

    def _head(self, n: int, steps: int, parts: tuple[Tensor, ...]) -> pd.DataFrame:
        """Train a head on HOG for every seed at once, and return its rows."""
        x, y, x_test, y_test = parts
        x, y = x[:, :n], y[:, :n]
        centre = x.mean(1, keepdim=True)
        scale = (x - centre).square().mean((1, 2), keepdim=True).rsqrt()  # one for all features, as for the machines
        x, x_test = (x - centre) * scale, (x_test - centre) * scale
        seeds = self.seeds_on(x.device)
        inputs = x.shape[2]
        model = mlp(seeds.stream("weights"), depth=1, width=self.width, activation=nn.ReLU, init=he, inputs=inputs)
        fit(model, x, y, seeds, batch=self.batch, steps=steps, rate=self.learning_rate)
        error = evaluate(model, x_test, y_test).error
        return pd.DataFrame(
            {"method": "HOG, trained head", "n": n, "seed": list(seeds.values), "error": error.tolist()}
        )


@dataclass(frozen=True, kw_only=True)
class PipelineOnPhotographs(OnPhotographs, Pipeline):
    """The pipelines on pieces of photographs; the machines' settings are those best on pilot seeds.

    Seeds 10,000 to 10,002; C of 0.1 to 30 and 3 to 30, gamma of 0.25 to 4.
    """

    machines: ClassVar = {
        **Pipeline.machines,
        "HOG": Machines(1.0, 3.0, 2.0),
        "words": Machines(30.0, 3.0, 1.0),
    }
    presets: ClassVar = {**OnPhotographs.presets, "smoke": {**OnPhotographs.presets["smoke"], "words": 8}}
    core_seconds: ClassVar[float] = 65.0


@torch.no_grad()
def word_counts(centres: Tensor, stride: int, x: Tensor, at_once: int = 500) -> Tensor:
    """Return the strength of each word in each quadrant, ``[1, n, 4 * words]``, of images ``[n, height, width]``."""
    encode = VisualWords(centres[None], stride)
    return torch.cat([encode(part[None]) for part in torch.split(x, at_once)], 1)
