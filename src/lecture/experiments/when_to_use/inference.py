"""C23: what one prediction costs and how good it is, for classical methods and for networks, made small or not."""

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np
import pandas as pd
import torch
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from torch import Tensor, nn

from lecture.data import mnist
from lecture.experiments.experiment import Experiment
from lecture.experiments.sizes import Passes
from lecture.models.convolution2d import Conv2d
from lecture.models.counting import multiply_adds
from lecture.models.image_network import image_network
from lecture.models.initialisers import he, zeros
from lecture.models.layers import Linear
from lecture.models.mlp import mlp
from lecture.models.quantisation import quantised
from lecture.seeds import Seeds
from lecture.training.distillation import distillation
from lecture.training.fit import fit
from lecture.training.scores import evaluate


@dataclass(frozen=True, kw_only=True)
class Contenders(Experiment):
    """How large the methods are that answer one question about an image of MNIST.

    Attributes:
        examples: Training images, among which neighbours are sought and on which the forest grows.
        channels: Of the network's two convolutions.
        width: Of its hidden layer.
        small: Channels and width of the small network.
        hidden: Units of the multilayer network's hidden layer.
        trees: Of the forest.
    """

    seeds: int = 5
    examples: int = 4000
    channels: tuple[int, int] = (16, 32)
    width: int = 64
    small: tuple[int, int, int] = (4, 8, 16)
    hidden: int = 128
    trees: int = 50

    sources: ClassVar = (mnist.load,)


@dataclass(frozen=True, kw_only=True)
class Inference(Passes, Contenders):
    """Train six methods on the same digits, make the networks small by 8-bit integers and by a teacher, and count.

    Seeds split one pool of 5,000 images of MNIST, so intervals speak of splits and starts, not of fresh images. Rates
    and logistic regression's C were chosen on seeds 1000 and 1001 (C of 0.01 and 0.1; the multilayer network's rate of
    0.001 and 0.003, the small network's of 0.005 and 0.01): the same images in other splits. The teacher's temperature
    and weight are customary and were not tuned.

    What is counted, for one prediction: multiplications each with an addition; comparisons; and the bits of the model
    that have to be fetched, each number once. Activations and the image itself are left out. Of a forest a prediction
    visits one path a tree: a node is two words of 64 bits (which pixel and threshold, where next), a leaf is one.

    Attributes:
        test: Test images.
        rate: Adam's learning rate for the two larger networks; it falls to 0.
        small_rate: For the small one.
        temperature: Of the teacher.
        soft: Weight of the teacher's probabilities.
        neighbours: That vote.
        penalty: C of logistic regression.
    """

    test: int = 1000
    steps: int = 350
    batch: int = 50
    rate: float = 3e-3
    small_rate: float = 1e-2
    temperature: float = 4.0
    soft: float = 0.9
    neighbours: int = 3
    penalty: float = 0.1

    presets: ClassVar = {
        "smoke": {
            "seeds": 2, "examples": 60, "test": 60, "channels": (2, 2), "small": (1, 2, 4), "steps": 3, "trees": 2,
        },
        "full": {"seeds": 20, "steps": 4000, "trees": 500},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 35.0
    size: ClassVar[str] = (
        "{examples} images of MNIST, two convolutions of {channels} channels or one hidden layer of {hidden} units, "
        "{steps} steps = {passes} passes; a forest of {trees} trees"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, number of bits and seed.

        Columns: method, bits (32 or 8 for a number of the model), seed, accuracy (a share), numbers (that the model
        consists of), multiply_adds, comparisons, fetched_bits.
        """
        seeds = self.seeds_on(device)
        x, y, x_test, y_test = sets = seeds.stack(partial(mnist.load().split, self.examples, self.test))
        tables = [
            self._classical(seed, parts)
            for seed, *parts in zip(seeds.values, *(part.cpu() for part in sets), strict=True)
        ]
        networks = {**self._networks(x, y, seeds), "logistic": self._logistic(x, y, seeds)}
        tables += [self._row(*network, bits, x_test, y_test) for network in networks.items() for bits in (32, 8)]
        return pd.concat(tables, ignore_index=True)

    def _networks(self, x: Tensor, y: Tensor, seeds: Seeds) -> dict[str, nn.Sequential]:
        """Return the trained networks, R of each."""
        pixels, inputs = x.shape[-1], x[0, 0].numel()

        def convolutional(channels: tuple[int, int], width: int) -> nn.Sequential:
            return image_network(seeds.stream("weights"), channels=channels, width=width, pixels=pixels)

        train = partial(fit, x=x, seeds=seeds, batch=self.batch, steps=self.steps)
        weights = seeds.stream("weights")
        plain = mlp(weights, depth=1, width=self.hidden, activation=nn.ReLU, init=he, inputs=inputs)
        found = {
            "MLP": train(nn.Sequential(nn.Flatten(2), *plain), y=y, rate=self.rate),
            "CNN": train(convolutional(self.channels, self.width), y=y, rate=self.rate),
        }
        with torch.no_grad():
            teacher = torch.cat([found["CNN"](part) for part in torch.split(x, 500, 1)], 1)
        places = torch.arange(y.shape[1], device=y.device).expand_as(y)
        for name, soft in (("small CNN", 0.0), ("small CNN, taught", self.soft)):
            small = convolutional(self.small[:2], self.small[2])
            loss = distillation(teacher, y, self.temperature, soft)
            found[name] = train(small, y=places, rate=self.small_rate, loss=loss)
        return found

    def _logistic(self, x: Tensor, y: Tensor, seeds: Seeds) -> nn.Sequential:
        """Return logistic regression for each seed, fitted by scikit-learn, as one linear layer."""
        inputs = x[0, 0].numel()
        layer = Linear(inputs, 10, seeds.stream("weights"), zeros)
        for replica, (images, labels) in enumerate(zip(x.cpu().numpy(), y.cpu().numpy(), strict=True)):
            fitted = LogisticRegression(C=self.penalty, max_iter=200).fit(images.reshape(-1, inputs), labels)
            layer.weight.data[replica] = torch.from_numpy(fitted.coef_.T)
            layer.bias.data[replica, 0] = torch.from_numpy(fitted.intercept_)
        return nn.Sequential(nn.Flatten(2), layer)

    def _row(self, method: str, model: nn.Sequential, bits: int, x_test: Tensor, y_test: Tensor) -> pd.DataFrame:
        """Return the rows of a network; a bias is added at 32 bits in either case."""
        work = (model if bits == 32 else quantised(model)).eval()
        numbers = sum(parameter[0].numel() for parameter in model.parameters())
        biases = sum(layer.bias[0].numel() for layer in model if isinstance(layer, Linear | Conv2d))
        return pd.DataFrame(
            {
                "method": method,
                "bits": bits,
                "seed": list(self.seed_range()),
                "accuracy": evaluate(work, x_test, y_test).accuracy.tolist(),
                "numbers": numbers,
                "multiply_adds": multiply_adds(model, *x_test.shape[2:]),
                "comparisons": 0.0,
                "fetched_bits": (numbers - biases) * bits + biases * 32,
            }
        )

    def _classical(self, seed: int, sets: list[Tensor]) -> pd.DataFrame:
        """Return the rows of the neighbours and of the forest for one seed."""
        x, y, x_test, y_test = (part.flatten(1).numpy() if part.dim() > 1 else part.numpy() for part in sets)
        near = KNeighborsClassifier(self.neighbours, algorithm="brute").fit(x, y)
        forest = RandomForestClassifier(self.trees, random_state=seed).fit(x, y)
        trees = [tree.tree_ for tree in forest.estimators_]
        asked = float(sum(np.diff(tree.decision_path(x_test).indptr).mean() - 1 for tree in trees))
        stored = sum(2 * (tree.node_count - tree.n_leaves) + tree.n_leaves for tree in trees)
        return pd.DataFrame(
            {
                "method": ["kNN", "forest"],
                "bits": 32,
                "seed": seed,
                "accuracy": [near.score(x_test, y_test), forest.score(x_test, y_test)],
                "numbers": [x.size + len(x), stored],  # of an image, also its squared length
                "multiply_adds": [x.size, 0],
                "comparisons": [float(len(x)), asked],
                "fetched_bits": [(x.size + len(x)) * 32, 128 * asked + 64 * len(trees)],
            }
        )
