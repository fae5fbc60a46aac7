"""Attacks on three classifiers of real digits: a network, the same network trained under attack, and a linear model."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data import mnist
from lecture.experiments.experiment import Experiment
from lecture.experiments.sizes import Passes
from lecture.models.image_network import image_network
from lecture.models.layers import Linear
from lecture.models.mlp import mlp
from lecture.seeds import Seeds, Stream
from lecture.training.attacks import fgsm, linear_accuracy, pgd, random_signs
from lecture.training.fit import Batches, fit
from lecture.training.scores import evaluate

PIXELS = 28 * 28
STANDARD, ROBUST, LINEAR, STRANGER = "network", "trained under attack", "logistic regression", "stranger"


@dataclass(frozen=True, kw_only=True)
class Adversarial(Passes, Experiment):
    """Trains on 4,000 images of MNIST and attacks what was learned, on images that it has not seen.

    The defence is training on attacked images: one step along the gradient's signs from a random start, as by Wong,
    Rice and Kolter (2020), with an epsilon that grows over the first half of the training. Learning rate, channels and
    training epsilon were chosen by three pilot networks (seeds 1000 to 1002: other splits of the same images), among
    rates of 0.003 to 0.01, three widths and epsilons of 0.1 to 0.3: the highest accuracy under attack at 0.2.

    Attributes:
        test: Images that are attacked.
        channels: Of the network's two convolutions.
        rate: Adam's learning rate at the start; it falls to zero along half a cosine.
        epsilon: Largest change of a pixel in training under attack; black is 1 and white is 0.
        stride: Length of the step of that attack, in units of epsilon.
        epsilons: Largest changes of a pixel that are tried on the test images.
        attack_steps: Steps of projected gradient descent (PGD); each is 2.5 epsilon long, divided by their number.
        thorough_steps: Steps of a second PGD from another start; an image is lost if either one fools the network.
        thorough_at: Epsilon at which that is tried.
        stranger_width: Hidden units of another kind of network, trained on the same images, whose attacks are tried on
            networks that it does not know.
    """

    seeds: int = 5
    examples: int = 4000
    test: int = 160
    channels: tuple[int, int] = (12, 24)
    rate: float = 0.01
    batch: int = 50
    steps: int = 225
    epsilon: float = 0.3
    stride: float = 1.25
    epsilons: tuple[float, ...] = (0.05, 0.1, 0.2, 0.3, 0.5)
    attack_steps: int = 10
    thorough_steps: int = 20
    thorough_at: float = 0.1
    stranger_width: int = 100

    presets: ClassVar = {
        "smoke": {
            "seeds": 2, "examples": 60, "test": 20, "channels": (2, 4), "batch": 10, "steps": 6,
            "epsilons": (0.1, 0.3, 0.5), "attack_steps": 2, "thorough_steps": 2, "stranger_width": 8,
        },
        "full": {"seeds": 10, "channels": (32, 64), "steps": 4000, "test": 1000, "attack_steps": 40},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 45.0
    size: ClassVar[str] = (
        "{examples} images of MNIST, two convolutions of {channels} channels, {steps} steps = {passes} passes, {test} "
        "images attacked by {attack_steps} steps"
    )
    sources: ClassVar = (mnist.load,)

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``model``, ``attack``, ``epsilon``, ``seed`` and ``accuracy``, and what the training has cost.

        ``gradients`` counts images times forward and backward passes. ``"exact"`` is no attack but the closed form of
        the worst one, ``"transfer"`` is PGD on the stranger.
        """
        seeds = self.seeds_on(device)
        x, y, x_test, y_test = self.images(seeds)
        linear = self._trained(nn.Sequential(nn.Flatten(2), Linear(PIXELS, 10, seeds.stream("linear"))), seeds, x, y)
        hidden = mlp(seeds.stream("stranger"), depth=1, width=self.stranger_width, activation=nn.ReLU, inputs=PIXELS)
        stranger = self._trained(nn.Sequential(nn.Flatten(2), *hidden), seeds, x, y)
        models = {STANDARD: self.standard(seeds, x, y), ROBUST: self.robust(seeds, x, y), LINEAR: linear}
        foreign = self.descent(stranger, x_test, y_test, self.thorough_at, seeds.stream("transfer"))
        found: dict[tuple[str, str, float], list[float]] = {}
        for name, model in models.items():
            scores = {("transfer", self.thorough_at): evaluate(model, foreign, y_test).accuracy}
            scores |= self._attacked(model, seeds, x_test, y_test)
            if name == LINEAR:
                layer = linear.get_parameter("1.weight"), linear.get_parameter("1.bias")
                scores |= {("exact", e): linear_accuracy(*layer, x_test.flatten(2), y_test, e) for e in self.epsilons}
            found |= {(name, *attack): accuracies.tolist() for attack, accuracies in scores.items()}
        table = self.per_seed(found, ["model", "attack", "epsilon"], "accuracy")
        return table.assign(gradients=self.steps * self.batch * (1 + (table["model"] == ROBUST)))

    def images(self, seeds: Seeds) -> tuple[Tensor, ...]:
        """Return each seed's training images ``[R, n, 28, 28]`` and labels ``[R, n]``, test images and labels."""
        return seeds.stack(partial(mnist.load().split, self.examples, self.test))

    def standard(self, seeds: Seeds, x: Tensor, y: Tensor) -> nn.Module:
        """Return the networks, trained on the images as they are."""
        return self._trained(image_network(seeds.stream("weights"), channels=self.channels), seeds, x, y)

    def robust(self, seeds: Seeds, x: Tensor, y: Tensor) -> nn.Module:
        """Return the same networks, each batch attacked before they learn from it."""
        model = image_network(seeds.stream("weights"), channels=self.channels)
        starts = seeds.stream("starts")

        def attacked(batches: Batches) -> Batches:
            for step, (images, labels) in enumerate(batches):
                epsilon = self.epsilon * min(1, 2 * (step + 1) / self.steps)
                yield pgd(model, images, labels, epsilon, starts, steps=1, stride=self.stride), labels

        return self._trained(model, seeds, x, y, attacked)

    def descent(
        self, model: nn.Module, x: Tensor, y: Tensor, epsilon: float, stream: Stream, steps: int | None = None
    ) -> Tensor:
        """Return attacked images; all steps together may cross the box and turn back."""
        steps = steps or self.attack_steps
        return pgd(model, x, y, epsilon, stream, steps=steps, stride=2.5 / steps)

    def _trained(
        self, model: nn.Sequential, seeds: Seeds, x: Tensor, y: Tensor, augment: Callable[[Batches], Batches] = iter
    ) -> nn.Sequential:
        return fit(model, x, y, seeds, batch=self.batch, steps=self.steps, rate=self.rate, augment=augment)

    def _attacked(self, model: nn.Module, seeds: Seeds, x: Tensor, y: Tensor) -> dict[tuple[str, float], Tensor]:
        """Return the accuracy ``[R]`` without an attack and under each."""
        found = {("none", 0.0): evaluate(model, x, y).accuracy}
        noise, starts, again = (seeds.stream(purpose) for purpose in ("noise", "attack", "thorough"))
        for epsilon in self.epsilons:
            changed = self.descent(model, x, y, epsilon, starts)
            found |= {
                ("noise", epsilon): evaluate(model, random_signs(x, epsilon, noise), y).accuracy,
                ("FGSM", epsilon): evaluate(model, fgsm(model, x, y, epsilon), y).accuracy,
                ("PGD", epsilon): evaluate(model, changed, y).accuracy,
            }
            if epsilon == self.thorough_at:
                other = self.descent(model, x, y, epsilon, again, self.thorough_steps)
                found["thorough", epsilon] = withstood(model, (changed, other), y)
        return found


@dataclass(frozen=True, kw_only=True)
class AdversarialImage(Adversarial):
    """Trains two of its networks for one seed, and shows what becomes of one of the test images.

    The image is the first that the network gets right and the attack gets wrong.

    Attributes:
        shown_at: Largest change of a pixel that is shown.
    """

    seeds: int = 1  # these are pictures and not a measurement
    shown_at: float = 0.1

    presets: ClassVar = {
        "smoke": {"steps": 6, "examples": 60, "channels": (2, 4)},
        "full": {"channels": (32, 64), "steps": 4000},
    }
    core_seconds: ClassVar[float] = 3.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return each pixel's ``value`` by ``model``, ``picture``, ``row`` and ``column``, and what the model says.

        A picture is the image as it is, with noise, or attacked; ``answer`` is the most probable class of it,
        ``confidence`` its probability, ``label`` the truth.
        """
        seeds = Seeds((self.first_seed,), device)
        x, y, x_test, y_test = self.images(seeds)
        models = {STANDARD: self.standard(seeds, x, y), ROBUST: self.robust(seeds, x, y)}
        attacked = {
            name: self.descent(model, x_test, y_test, self.shown_at, seeds.stream("attack"))
            for name, model in models.items()
        }
        noisy = random_signs(x_test, self.shown_at, seeds.stream("noise"))
        right, kept = (says(models[STANDARD], images)[0] == y_test for images in (x_test, attacked[STANDARD]))
        shown = int((right & ~kept)[0].float().argmax())  # at a preset that learns nothing, the very first image
        tables = []
        for name, model in models.items():
            for picture, images in {"clean": x_test, "noise": noisy, "attack": attacked[name]}.items():
                image = images[:, shown : shown + 1]
                answer, confidence = says(model, image)
                row, column = np.indices(image.shape[2:])
                pixels = {"row": row.ravel(), "column": column.ravel(), "value": image.flatten().cpu().numpy()}
                spoken = {"label": int(y_test[0, shown]), "answer": int(answer), "confidence": float(confidence)}
                tables.append(pd.DataFrame(pixels).assign(model=name, picture=picture, **spoken))
        return pd.concat(tables, ignore_index=True).assign(seed=self.first_seed)


@torch.no_grad()
def withstood(model: nn.Module, attempts: tuple[Tensor, ...], y: Tensor) -> Tensor:
    """Return the share of images, ``[R]``, that no attempt ``[R, B, ...]`` gets wrong."""
    right = torch.stack([model(x).argmax(-1) == y for x in attempts]).all(0)
    return right.float().mean(1)


@torch.no_grad()
def says(model: nn.Module, images: Tensor) -> tuple[Tensor, Tensor]:
    """Return the most probable class of each image and its probability, both ``[R, B]``."""
    confidence, answer = model(images).softmax(-1).max(-1)
    return answer, confidence
