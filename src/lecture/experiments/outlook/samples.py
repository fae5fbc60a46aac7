"""Pictures to look at: real digits, what each source makes, and noise on its way to a digit."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray

from lecture.data import digits
from lecture.experiments.experiment import Experiment
from lecture.experiments.outlook.generative import CLASSES, Generative, Pictures, plain, shades
from lecture.seeds import Seeds


@dataclass(frozen=True, kw_only=True)
class Samples(Experiment):
    """The first pictures of each class that each source of the experiment made: the first, not the best.

    Attributes:
        seeds: One, since these are pictures and not a measurement.
        images: Training images.
        levels: Of noise.
        width: Units of a hidden layer.
        steps: Steps of the training.
        each: Pictures of a class that are shown.
        looks: Moments at which the pictures that emerge from noise are shown.
    """

    seeds: int = 1
    images: int = 890
    levels: int = 50
    width: int = 128
    steps: int = 1200
    each: int = 2
    looks: int = 4

    presets: ClassVar = {
        "smoke": {"images": 120, "levels": 5, "width": 16, "steps": 10, "looks": 3},
        "full": {"width": 512, "levels": 200, "steps": 20000},
    }
    core_seconds: ClassVar[float] = 3.0

    def data_digest(self) -> str:
        """Return what identifies the images."""
        return digits.load().digest()

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return every pixel: ``seed``, ``source``, ``number``, ``row``, ``column`` and ``value``.

        The last digit of a number is the class. Sources named ``step 0``, ``step 17`` ... are the network's pictures so
        many steps from noise.
        """
        whole = Generative(
            seeds=1,
            first_seed=self.first_seed,
            images=self.images,
            levels=self.levels,
            width=self.width,
            steps=self.steps,
        )
        seeds = Seeds((self.first_seed,), device)
        x, y, x_kept, y_kept = whole.split(seeds)
        moments = np.linspace(0, self.levels, self.looks).round().astype(int)
        drawn = [pictures[0] for pictures in whole.denoised(x, y, seeds)]
        labels = y[0].cpu().numpy()
        found = {"real": self.first(plain(x_kept[0]), y_kept[0].cpu().numpy())}
        made = whole.made(x[0], y[0], drawn[-1], self.first_seed)
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
