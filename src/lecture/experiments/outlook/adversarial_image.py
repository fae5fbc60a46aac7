"""One digit under attack, pixel by pixel: what fools a network, and what it takes when it was trained for that."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data import mnist
from lecture.experiments.experiment import Experiment
from lecture.experiments.outlook.adversarial import ROBUST, STANDARD, Adversarial
from lecture.seeds import Seeds
from lecture.training.attacks import random_signs


@dataclass(frozen=True, kw_only=True)
class AdversarialImage(Experiment):
    """Trains the networks of ``outlook.adversarial`` for one seed, and shows what becomes of one of its test images.

    The image is the first that the network gets right and the attack gets wrong.

    Attributes:
        epsilon: Largest change of a pixel.
        steps: Of each training run, as there.
        examples: Training images, as there.
        channels: Of the networks, as there.
    """

    seeds: int = 1
    epsilon: float = 0.1
    steps: int = Adversarial.steps
    examples: int = Adversarial.examples
    channels: tuple[int, int] = Adversarial.channels

    presets: ClassVar = {
        "smoke": {"steps": 6, "examples": 60, "channels": (2, 4)},
        "full": {"channels": (32, 64), "steps": 4000},
    }
    core_seconds: ClassVar[float] = 3.0

    def data_digest(self) -> str:
        """Return the digest of the images."""
        return mnist.load().digest()

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return each pixel's ``value`` by ``model``, ``picture``, ``row`` and ``column``, and what the model says.

        A picture is the image as it is, with noise, or attacked; ``answer`` is the most probable class of it,
        ``confidence`` its probability, ``label`` the truth.
        """
        return pd.concat(
            [self._pictures(seed, device).assign(seed=seed) for seed in self.seed_range()], ignore_index=True
        )

    def _pictures(self, seed: int, device: torch.device) -> pd.DataFrame:
        there = Adversarial(seeds=1, first_seed=seed, steps=self.steps, examples=self.examples, channels=self.channels)
        seeds = Seeds((seed,), device)
        x, y, x_test, y_test = (part.to(device) for part in there.images(seeds))
        models = {STANDARD: there.standard(seeds, x, y), ROBUST: there.robust(seeds, x, y)}
        attacked = {
            name: there.descent(model, x_test, y_test, self.epsilon, seeds.stream("attack"))
            for name, model in models.items()
        }
        noisy = random_signs(x_test, self.epsilon, seeds.stream("noise"))
        standard = models[STANDARD]
        fooled = (says(standard, x_test)[0] == y_test) & (says(standard, attacked[STANDARD])[0] != y_test)
        shown = int(fooled[0].float().argmax())  # the first one; at a preset that learns nothing, the very first image
        rows = []
        for name, model in models.items():
            pictures = {"clean": x_test, "noise": noisy, "attack": attacked[name]}
            for picture, images in pictures.items():
                image = images[:, shown : shown + 1]
                answer, confidence = says(model, image)
                row, column = np.indices(image.shape[2:])
                pixels = {"row": row.ravel(), "column": column.ravel(), "value": image.flatten().cpu().numpy()}
                spoken = {"label": int(y_test[0, shown]), "answer": int(answer), "confidence": float(confidence)}
                rows.append(pd.DataFrame(pixels).assign(model=name, picture=picture, **spoken))
        return pd.concat(rows, ignore_index=True)


@torch.no_grad()
def says(model: nn.Module, images: Tensor) -> tuple[Tensor, Tensor]:
    """Return the most probable class of each image and its probability, both ``[R, B]``."""
    confidence, answer = model(images).softmax(-1).max(-1)
    return answer, confidence
