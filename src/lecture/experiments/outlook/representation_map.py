"""A map of digits: in two dimensions, which images lie near each other as pixels, and as a network describes them."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from sklearn.manifold import TSNE

from lecture.experiments.outlook.representation import Representation, layers


@dataclass(frozen=True, kw_only=True)
class RepresentationMap(Representation):
    """One network of the experiment on representations, and the first of its test images on two maps.

    Attributes:
        shown: Test images that are shown.
    """

    seeds: int = 1  # this is a picture and not a measurement
    shown: int = 200

    presets: ClassVar = {"smoke": {"images": 300, "test": 60, "shown": 20, "steps": 4}, "full": {"steps": 8000}}
    core_seconds: ClassVar[float] = 4.0
    size: ClassVar[str] = (
        "{images} images of MNIST at half their size, a network of two convolutions, {steps} steps = {passes} passes "
        "without labels; {shown} images on each map"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return the place of each image, ``x`` and ``y`` from 0 to 1: a row for each ``layer`` and ``image``.

        The maps are t-SNE's (van der Maaten and Hinton 2008), started from the first two principal components.
        """
        seeds = self.seeds_on(device)
        x, y, x_test, y_test = self.split(seeds)
        found = layers(self.without_labels(x, y, seeds), x_test[:, : self.shown])
        labels = y_test[0, : self.shown].cpu().numpy()
        tables = []
        for layer in ("pixels", "last hidden"):
            tsne = TSNE(init="pca", perplexity=min(30, self.shown // 4), random_state=self.first_seed)
            place = tsne.fit_transform(found[layer][0].cpu().numpy()).astype(float)
            place = (place - place.min(0)) / np.ptp(place, axis=0)
            columns = {"layer": layer, "image": np.arange(self.shown), "label": labels, "x": place[:, 0]}
            tables.append(pd.DataFrame({"seed": self.first_seed, **columns, "y": place[:, 1]}))
        return pd.concat(tables, ignore_index=True)
