"""C23: microseconds for one prediction, on one thread, of the methods of ``when_to_use.inference``."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import pandas as pd
import torch
from sklearn.ensemble import RandomForestClassifier
from torch import Tensor, nn
from torch.utils.benchmark import Timer

from lecture.data import mnist
from lecture.experiments.when_to_use.inference import Contenders
from lecture.models.quantisation import MOST

Predict = Callable[[Tensor], Tensor]


@dataclass(frozen=True, kw_only=True)
class Latency(Contenders):
    """Time one prediction, and one of a thousand at once, all methods in turn, the whole round repeated.

    What a network or a neighbour takes does not depend on the values of its weights, which are random here; a forest is
    grown on real images. All run in plain PyTorch, the forest in scikit-learn's compiled trees, one after another.
    A time is a median after a warm-up. A call of the library costs some microseconds, whatever it computes: small
    models mostly pay for their calls.

    Attributes:
        seeds: Repetitions of the whole round; the number of one is in the column ``seed``.
        many: Predictions at once.
        duration: Shortest time over which each is timed in each round, in seconds.
    """

    many: int = 1000
    duration: float = 0.01

    presets: ClassVar = {
        "smoke": {"seeds": 2, "examples": 100, "trees": 2, "many": 10, "duration": 0.0005},
        "full": {"seeds": 20, "trees": 500, "duration": 0.2},
    }
    core_seconds: ClassVar[float] = 6.0
    exclusive: ClassVar[bool] = True
    size: ClassVar[str] = (
        "two convolutions of {channels} channels, one hidden layer of {hidden} units, {examples} neighbours, a "
        "forest of {trees} trees; one prediction and {many} at once"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, number of predictions at once and repetition, with the seconds for one prediction.

        Everything runs on the CPU: a GPU is not what one has where power is scarce.
        """
        with torch.random.fork_rng([]):  # torch's own layers draw from its global generator
            torch.manual_seed(self.first_seed)
            methods = self.methods()
        images, _ = mnist.load().split(self.many, 1, self.first_seed)[:2]
        rows = []
        for seed, at_once, method in product(self.seed_range(), (1, self.many), methods):
            told = {"predict": methods[method], "x": images[:at_once]}
            with torch.inference_mode():
                found = Timer("predict(x)", globals=told, num_threads=1).blocked_autorange(min_run_time=self.duration)
            rows.append((method, at_once, seed, found.median / at_once))
        return pd.DataFrame(rows, columns=["method", "at_once", "seed", "seconds"])

    def methods(self) -> dict[str, Predict]:
        """Return each method as a function of images ``[n, 28, 28]`` that returns classes or scores."""
        x, y, _, _ = mnist.load().split(self.examples, 1, self.first_seed)
        forest = RandomForestClassifier(self.trees, random_state=self.first_seed).fit(x.flatten(1).numpy(), y.numpy())
        trees = [tree.tree_ for tree in forest.estimators_]
        known, lengths = x.flatten(1).T.contiguous(), x.flatten(1).square().sum(1)
        inputs = x[0].numel()
        first, last = nn.Linear(inputs, self.hidden), nn.Linear(self.hidden, 10)

        def nearest(images: Tensor) -> Tensor:
            distances = torch.addmm(lengths, images.flatten(1), known, alpha=-2)  # up to what all have in common
            return y[distances.topk(3, largest=False).indices].mode(1).values

        def votes(images: Tensor) -> Tensor:
            pixels = images.flatten(1).numpy()
            return torch.from_numpy(sum(tree.predict(pixels) for tree in trees))

        return {
            "logistic": nn.Sequential(nn.Flatten(), nn.Linear(inputs, 10)).eval(),
            "kNN": nearest,
            "forest": votes,
            "MLP": nn.Sequential(nn.Flatten(), first, nn.ReLU(), last).eval(),
            "MLP, int8": _int8(first, last),
            "CNN": _convolutional(*self.channels, self.width),
            "small CNN": _convolutional(*self.small),
        }


def _convolutional(one: int, two: int, width: int) -> nn.Module:
    """Return the network of :mod:`lecture.models.image_network`, one replica, in the layers of ``torch.nn``."""
    return nn.Sequential(
        nn.ZeroPad2d((0, 1, 0, 1)), nn.Unflatten(1, (1, 29)), nn.Conv2d(1, one, 5, 2), nn.ReLU(),
        nn.Conv2d(one, two, 5, 2), nn.ReLU(), nn.Flatten(), nn.Linear(25 * two, width), nn.ReLU(), nn.Linear(width, 10),
    ).eval()  # fmt: skip


@torch.no_grad()
def _int8(*layers: nn.Linear) -> Predict:
    """Return linear layers with ReLU between them in true 8-bit integers, by PyTorch's own integer product."""
    kept = []
    for layer in layers:
        scale = layer.weight.abs().amax(1) / MOST
        kept.append(((layer.weight / scale[:, None]).round().to(torch.int8).T.contiguous(), scale, layer.bias))

    def predict(images: Tensor) -> Tensor:
        x = images.flatten(1)
        for number, (weight, scale, bias) in enumerate(kept):
            x = x.relu() if number else x
            step = x.abs().amax(1, keepdim=True) / MOST
            sums = torch._int_mm((x / step).round().to(torch.int8), weight)
            x = sums * (step * scale) + bias
        return x

    return predict
