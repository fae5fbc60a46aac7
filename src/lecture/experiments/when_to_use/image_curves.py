"""C18: error against the number of real images, for the contenders that chapter 1 has not already trained on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from sklearn.base import ClassifierMixin
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from torch import Tensor, nn

from lecture.experiments.history.end_to_end import EndToEnd
from lecture.experiments.history.real_images import Contest
from lecture.models.initialisers import he
from lecture.models.kernel_svm import svm_predictions
from lecture.models.mlp import mlp
from lecture.training.fit import fit
from lecture.training.scores import evaluate


@dataclass(frozen=True, kw_only=True)
class ImageCurves(Contest):
    """Five methods on the very images of ``history.pipeline`` and ``history.end_to_end``, given as bare pixels.

    Those two hold the support vector machine and the convolutional network from their smallest size on; here both are
    only trained on fewer images. All settings were chosen on seeds 1000 to 1002, at 300 to 4,000 images, among a few
    values (C of 0.01 to 1; 1, 3 or 5 neighbours; two kinds of forest; rounds and rates of boosting; one or two hidden
    layers of 64 or 128, rates of 0.001 and 0.003): other seeds, but the same images in another split.

    Attributes:
        few: Numbers of images, of ``sizes``, that the records of chapter 1 lack.
        trees: Trees of the forest; three times as many gain about half a point.
        boosts: Rounds of boosting, ten trees each.
        most_boosting: Largest training set of boosting; it is far behind there, and slow.
        width: Units in each of the network's two hidden layers.
        learning_rate: Adam's; it falls to zero along a cosine.
    """

    sizes: tuple[int, ...] = (30, *Contest.sizes)
    steps: tuple[int, ...] = (100, *Contest.steps)
    few: tuple[int, ...] = (30,)
    trees: int = 30
    boosts: int = 24
    most_boosting: int = 1000
    width: int = 128
    learning_rate: float = 3e-3

    presets: ClassVar = {
        "smoke": {
            **Contest.presets["smoke"], "sizes": (30, 40, 80), "steps": (4, 4, 4), "trees": 3, "boosts": 1, "width": 8,
        },
        "full": {
            **Contest.presets["full"],
            "sizes": (30, *Contest.presets["full"]["sizes"]),
            "steps": (100, *Contest.presets["full"]["steps"]),
            "trees": 300,
            "boosts": 100, "most_boosting": 60_000,
        },
    }  # fmt: skip
    core_seconds: ClassVar[float] = 30.0
    size: ClassVar[str] = (
        "{sizes} of {pool} images, two hidden layers of {width} units, {steps} steps of {batch}; a forest of {trees} "
        "trees, boosting of {boosts} rounds"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each method, number of training images ``n`` and seed, with the share ``error``."""
        x, y, x_test, y_test = self.splits(device)
        found: dict[tuple[str, int], list[float]] = {}
        for n, steps in self.rounds():
            data = x[:, :n], y[:, :n], x_test, y_test
            found["MLP", n] = self._network(steps, *data)
            for place, seed in enumerate(self.seed_range()):
                for method, error in self._classical(seed, *(part[place].cpu() for part in data)):
                    found.setdefault((method, n), []).append(error)
            if n in self.few:
                found |= {(method, n): errors for method, errors in self._as_in_chapter_1(steps, *data).items()}
        return self.per_seed(found, ["method", "n"], "error").assign(images=self.images)

    def _classical(
        self, seed: int, x: Tensor, y: Tensor, x_test: Tensor, y_test: Tensor
    ) -> Iterator[tuple[str, float]]:
        """Yield the name and the error of each classical method."""
        methods: dict[str, ClassifierMixin] = {
            "logistic": LogisticRegression(C=0.1, max_iter=300),
            "neighbours": KNeighborsClassifier(1, algorithm="brute"),
            "forest": ExtraTreesClassifier(self.trees, random_state=seed),
            "boosting": HistGradientBoostingClassifier(
                max_iter=self.boosts, learning_rate=0.25, max_leaf_nodes=8, min_samples_leaf=5, max_bins=31,
                early_stopping=False, random_state=seed,
            ),
        }  # fmt: skip
        if len(y) > self.most_boosting:
            del methods["boosting"]
        for name, method in methods.items():
            shown, asked = (halved(part) if name == "boosting" else part.flatten(1) for part in (x, x_test))
            yield name, 1 - method.fit(shown.numpy(), y.numpy()).score(asked.numpy(), y_test.numpy())

    def _network(self, steps: int, x: Tensor, y: Tensor, x_test: Tensor, y_test: Tensor) -> list[float]:
        """Return the error of a multilayer network for each seed."""
        seeds = self.seeds_on(x.device)
        x, x_test = x.flatten(2), x_test.flatten(2)
        weights = seeds.stream("weights")
        model = mlp(weights, depth=2, width=self.width, activation=nn.ReLU, init=he, inputs=x.shape[2])
        fit(model, x, y, seeds, batch=self.batch, steps=steps, rate=self.learning_rate)
        error: list[float] = evaluate(model, x_test, y_test).error.tolist()
        return error

    def _as_in_chapter_1(
        self, steps: int, x: Tensor, y: Tensor, x_test: Tensor, y_test: Tensor
    ) -> dict[str, list[float]]:
        """Return the errors of that chapter's support vector machine and network, by the names they have there."""
        there = EndToEnd(seeds=self.seeds, first_seed=self.first_seed, pool=self.pool)
        network = there.trained(x, y, steps, reach=0)
        sets = (part.cpu().numpy() for part in (x.flatten(2), y, x_test.flatten(2), y_test))
        machines = [
            float((svm_predictions(*parts, cost=10, gamma=1) != truth).mean())
            for *parts, truth in zip(*sets, strict=True)
        ]
        return {"pixels, RBF SVM": machines, "network": evaluate(network, x_test, y_test).error.tolist()}


def halved(images: Tensor) -> Tensor:
    """Return each image ``[n, h, w]`` at half its height and width, ``[n, h * w / 4]``: the means of 2 x 2 pixels.

    Boosting looks at all values of every pixel for each of its trees, and so costs a quarter.
    """
    return nn.functional.avg_pool2d(images[:, None], 2).flatten(1)
