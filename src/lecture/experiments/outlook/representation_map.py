"""A map of digits: in two dimensions, which images lie near each other as pixels, and as a network describes them."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from sklearn.manifold import TSNE

from lecture.data import mnist
from lecture.experiments.experiment import Experiment
from lecture.experiments.outlook.representation import Representation, layers
from lecture.seeds import Seeds


@dataclass(frozen=True, kw_only=True)
class RepresentationMap(Experiment):
    """One network of the experiment on representations, and the first of its test images on two maps.

    Attributes:
        seeds: One, since this is a picture and not a measurement.
        images: Training images, seen without their labels.
        test: Test images, of which the first are shown.
        shown: How many.
        steps: Steps without labels.
    """

    seeds: int = 1
    images: int = 4000
    test: int = 1000
    shown: int = 200
    steps: int = 400

    presets: ClassVar = {
        "smoke": {"images": 300, "test": 60, "shown": 20, "steps": 4},
        "full": {"steps": 8000},
    }
    core_seconds: ClassVar[float] = 4.0

    def data_digest(self) -> str:
        """Return what identifies the images."""
        return mnist.load().digest()

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the place of each image, ``x`` and ``y`` from 0 to 1: a row for each ``layer`` and ``image``.

        The maps are t-SNE's (van der Maaten and Hinton 2008), started from the first two principal components.
        """
        whole = Representation(
            seeds=1, first_seed=self.first_seed, images=self.images, test=self.test, steps=self.steps
        )
        seeds = Seeds((self.first_seed,), device)
        x, y, x_test, y_test = whole.split(seeds)
        found = layers(whole.without_labels(x, y, seeds), x_test[:, : self.shown])
        labels = y_test[0, : self.shown].cpu().numpy()
        tables = []
        for layer in ("pixels", "last hidden"):
            tsne = TSNE(init="pca", perplexity=min(30, self.shown // 4), random_state=self.first_seed)
            place = tsne.fit_transform(found[layer][0].cpu().numpy()).astype(float)
            place = (place - place.min(0)) / np.ptp(place, axis=0)
            columns = {"layer": layer, "image": np.arange(self.shown), "label": labels, "x": place[:, 0]}
            tables.append(pd.DataFrame({"seed": self.first_seed, **columns, "y": place[:, 1]}))
        return pd.concat(tables, ignore_index=True)
