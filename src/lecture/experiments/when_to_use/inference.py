"""C23: what one prediction costs and how good it is, for classical methods and for networks, made small or not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
import torch
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from torch import Tensor, nn

from lecture.data import mnist
from lecture.experiments.experiment import Experiment
from lecture.models.convolution2d import Conv2d
from lecture.models.image_network import image_network
from lecture.models.initialisers import he, zeros
from lecture.models.layers import Linear
from lecture.models.mlp import mlp
from lecture.models.quantisation import quantised
from lecture.seeds import Seeds
from lecture.training.annealing import cosine
from lecture.training.batches import minibatches
from lecture.training.distillation import distillation
from lecture.training.loop import evaluate, train
from lecture.training.loss import cross_entropy
from lecture.training.optimisers import Adam

Sets = tuple[Tensor, Tensor, Tensor, Tensor]


@dataclass(frozen=True, kw_only=True)
class Inference(Experiment):
    """Train six methods on the same digits, make the networks small by 8-bit integers and by a teacher, and count.

    Seeds split one pool of 5,000 images of MNIST, so intervals speak of splits and starts, not of fresh images. Rates
    and logistic regression's C were chosen on seeds 1000 and 1001 (C of 0.01 and 0.1; the multilayer network's rate of
    0.001 and 0.003, the small network's of 0.005 and 0.01): the same images in other splits. The teacher's temperature
    and weight are customary and were not tuned.

    What is counted, for one prediction: multiplications each with an addition; comparisons; and the bits of the model
    that have to be fetched, each number once. Activations and the image itself are left out. Of a forest a prediction
    visits one path a tree: a node is two words of 64 bits (which pixel and threshold, where next), a leaf is one.

    Attributes:
        seeds: Splits, starts and orders.
        examples: Training images.
        test: Test images.
        channels: Of the network's two convolutions.
        width: Of its hidden layer.
        small: Channels and width of the small network.
        hidden: Units of the multilayer network's hidden layer.
        steps: Of every training.
        batch: Images a step.
        rate: Adam's learning rate for the two larger networks; it falls to 0.
        small_rate: For the small one.
        temperature: Of the teacher.
        soft: Weight of the teacher's probabilities.
        trees: Of the forest.
        neighbours: That vote.
        penalty: C of logistic regression.
    """

    seeds: int = 5
    examples: int = 4000
    test: int = 1000
    channels: tuple[int, int] = (16, 32)
    width: int = 64
    small: tuple[int, int, int] = (4, 8, 16)
    hidden: int = 128
    steps: int = 350
    batch: int = 50
    rate: float = 3e-3
    small_rate: float = 1e-2
    temperature: float = 4.0
    soft: float = 0.9
    trees: int = 50
    neighbours: int = 3
    penalty: float = 0.1

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {
            "seeds": 2, "examples": 60, "test": 60, "channels": (2, 2), "small": (1, 2, 4), "steps": 3, "trees": 2,
        },
        "full": {"seeds": 20, "steps": 4000, "trees": 500},
    }  # fmt: skip
    core_seconds: ClassVar[float] = 15.0

    def data_digest(self) -> str:
        """Return which images these are."""
        return mnist.load().digest()

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return one row a method, number of bits and seed.

        Columns: method, bits (32 or 8 for a number of the model), seed, accuracy (a share), numbers (that the model
        consists of), multiply_adds, comparisons, fetched_bits.
        """
        drawn = (mnist.load().split(self.examples, self.test, seed) for seed in self.seed_range())
        x, y, x_test, y_test = (torch.stack(parts) for parts in zip(*drawn, strict=True))
        tables = [
            self._classical(seed, parts) for seed, *parts in zip(self.seed_range(), x, y, x_test, y_test, strict=True)
        ]
        sets = x.to(device), y.to(device), x_test.to(device), y_test.to(device)
        for method, model in self._networks(sets).items():
            tables += [self._row(method, bits, model, sets) for bits in (32, 8)]
        tables += [self._row("logistic", bits, self._logistic(sets), sets) for bits in (32, 8)]
        return pd.concat(tables, ignore_index=True)

    def _networks(self, sets: Sets) -> dict[str, nn.Sequential]:
        """Return the trained networks, R of each."""
        x, y = sets[:2]
        seeds = Seeds(tuple(self.seed_range()), x.device)
        pixels, inputs = x.shape[-1], x[0, 0].numel()

        def convolutional(channels: tuple[int, int], width: int) -> nn.Sequential:
            return image_network(seeds.stream("weights"), channels=channels, width=width, pixels=pixels)

        stream = seeds.stream("weights")
        plain = mlp(stream, depth=1, width=self.hidden, activation=nn.ReLU, init=he, inputs=inputs)
        found = {
            "MLP": self._trained(nn.Sequential(nn.Flatten(2), *plain), sets, seeds, self.rate),
            "CNN": self._trained(convolutional(self.channels, self.width), sets, seeds, self.rate),
        }
        with torch.no_grad():
            teacher = torch.cat([found["CNN"](part) for part in torch.split(x, 500, 1)], 1)
        small = self.small[:2], self.small[2]
        labels_alone, taught = (distillation(teacher, y, self.temperature, soft) for soft in (0.0, self.soft))
        found["small CNN"] = self._trained(convolutional(*small), sets, seeds, self.small_rate, labels_alone)
        found["small CNN, taught"] = self._trained(convolutional(*small), sets, seeds, self.small_rate, taught)
        return found

    def _trained(
        self,
        model: nn.Sequential,
        sets: Sets,
        seeds: Seeds,
        rate: float,
        loss: Callable[[Tensor, Tensor], Tensor] | None = None,
    ) -> nn.Sequential:
        """Train R networks; a loss that is given gets the examples' places in the training set for their labels."""
        x, y = sets[:2]
        places = torch.arange(y.shape[1], device=y.device).expand_as(y)
        optimiser = Adam(model, rate)
        batches = minibatches(x, places if loss else y, self.batch, self.steps, seeds.stream("order"))
        train(model, optimiser, batches, loss=loss or cross_entropy, on_step=cosine(optimiser, self.steps))
        return model

    def _logistic(self, sets: Sets) -> nn.Sequential:
        """Return logistic regression for each seed, fitted by scikit-learn, as one linear layer."""
        x, y = (part.cpu().numpy() for part in sets[:2])
        inputs = x[0, 0].size
        layer = Linear(inputs, 10, Seeds(tuple(self.seed_range()), sets[0].device).stream("weights"), zeros)
        for replica, (images, labels) in enumerate(zip(x, y, strict=True)):
            fitted = LogisticRegression(C=self.penalty, max_iter=200).fit(images.reshape(-1, inputs), labels)
            layer.weight.data[replica] = torch.from_numpy(fitted.coef_.T)
            layer.bias.data[replica, 0] = torch.from_numpy(fitted.intercept_)
        return nn.Sequential(nn.Flatten(2), layer)

    def _row(self, method: str, bits: int, model: nn.Sequential, sets: Sets) -> pd.DataFrame:
        """Return the rows of a network; a bias is added at 32 bits in either case."""
        work = (model if bits == 32 else quantised(model)).eval()
        _, accuracy = evaluate(work, sets[2], sets[3])
        numbers, multiply_adds, biases = count(model, sets[0][:, :1])
        return pd.DataFrame(
            {
                "method": method,
                "bits": bits,
                "seed": list(self.seed_range()),
                "accuracy": accuracy.tolist(),
                "numbers": numbers,
                "multiply_adds": multiply_adds,
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


def count(model: nn.Sequential, x: Tensor) -> tuple[int, int, int]:
    """Return a network's numbers, its multiply-adds for one example ``[R, 1, ...]``, and how many are biases."""
    numbers = multiply_adds = biases = 0
    with torch.no_grad():
        for layer in model:
            x = layer(x)
            if isinstance(layer, Linear | Conv2d):
                weights, bias = layer.weight[0].numel(), layer.bias[0].numel()
                numbers, biases = numbers + weights + bias, biases + bias
                multiply_adds += weights * x[0, 0, ..., 0].numel()  # once at each place
    return numbers, multiply_adds, biases
