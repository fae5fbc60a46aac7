"""Learning by heart: the same network on true labels, on labels drawn by lot, and on noise (Zhang et al. 2017)."""

from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.models.initialisers import he
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.loop import train
from lecture.training.optimisers import Adam
from lecture.training.scores import scores

CLASSES = 10


@dataclass(frozen=True, kw_only=True)
class RandomLabels(Experiment):
    """Trains one network on MNIST-1D with more and more of the labels replaced by random ones, and on noise.

    A network that learns random labels has learned them by heart: there is nothing to understand. All settings and
    seeds train as one program. Test labels are true ones; on noise the "test" set is the same clean one.

    Attributes:
        shares: Shares of the training labels that are drawn anew, uniformly among the ten classes, the true one
            included, as in the paper.
        examples: Training examples.
        test: Test examples.
        width: Units in each of the two hidden layers.
        batch: Examples a step.
        steps: Steps of training.
        look: Steps between two looks at the scores.
        learning_rate: Adam's, a customary value; nothing here was tuned.
    """

    seeds: int = 5
    shares: tuple[float, ...] = (0.0, 0.2, 0.5, 0.8, 1.0)
    examples: int = 3000
    test: int = 1000
    width: int = 150
    batch: int = 100
    steps: int = 1600
    look: int = 50
    learning_rate: float = 2e-3

    presets: ClassVar = {
        "smoke": {"seeds": 2, "shares": (0.0, 0.4, 1.0), "examples": 50, "test": 100, "width": 50, "steps": 150},
        "full": {"seeds": 30, "examples": 9146, "width": 700, "steps": 40000, "look": 500},
    }
    core_seconds: ClassVar[float] = 30.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``inputs``, ``share`` of random labels, ``seed``, ``step`` and the four scores at each look."""
        pool, labels, *test = (part.to(device) for part in mnist1d.split(4 * self.examples, self.test, seed=0))
        settings = [("signals", share) for share in self.shares] + [("noise", 1.0)]
        rows = [(*setting, seed) for setting in settings for seed in self.seed_range()]
        seeds = Seeds(tuple(seed for _, _, seed in rows), device)
        drawn = seeds.stream("examples").permutation(len(labels))[:, : self.examples]
        x = pool[drawn]
        noisy = torch.tensor([inputs == "noise" for inputs, _, _ in rows], device=device)
        x = torch.where(noisy[:, None, None], noise_like(x, seeds), x)
        shares = torch.tensor([share for _, share, _ in rows], device=device)
        y = redrawn(labels[drawn], shares, seeds)

        model = mlp(seeds.stream("weights"), depth=2, width=self.width, activation=nn.ReLU, init=he)
        optimiser = Adam(model, lr=self.learning_rate)
        batches = minibatches(x, y, self.batch, self.steps, seeds.stream("order"))
        table = pd.DataFrame(rows, columns=["inputs", "share", "seed"])
        tables = [table.assign(step=0, **scores(model, (x, y), (test[0], test[1])))]
        for step in range(self.look, self.steps + 1, self.look):
            train(model, optimiser, islice(batches, self.look))
            tables.append(table.assign(step=step, **scores(model, (x, y), (test[0], test[1]))))
        return pd.concat(tables, ignore_index=True)


def redrawn(labels: Tensor, shares: Tensor, seeds: Seeds) -> Tensor:
    """Return labels ``[R, n]``, of which each replica has its share, ``[R]``, drawn anew."""
    chosen = seeds.stream("chosen labels").uniform(labels.shape[1]) < shares[:, None]
    return torch.where(chosen, seeds.stream("random labels").integers(labels.shape[1], below=CLASSES), labels)


def noise_like(x: Tensor, seeds: Seeds) -> Tensor:
    """Return Gaussian noise ``[R, n, points]`` with the mean and spread of the inputs of each replica."""
    mean, std = x.mean((1, 2), keepdim=True), x.std((1, 2), keepdim=True)
    return seeds.stream("noise").normal(*x.shape[1:]) * std + mean
