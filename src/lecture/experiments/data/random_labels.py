"""Learning by heart: the same network on true labels, on labels drawn by lot, and on noise (Zhang et al. 2017)."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.experiments.grid import Grid
from lecture.experiments.sizes import Passes
from lecture.models.initialisers import he
from lecture.models.mlp import mlp
from lecture.seeds import Seeds
from lecture.training.fit import checkpoints
from lecture.training.scores import scores


@dataclass(frozen=True, kw_only=True)
class RandomLabels(Passes, Experiment):
    """Trains one network on MNIST-1D with more and more of the labels replaced by random ones, and on noise.

    A network that learns random labels has learned them by heart: there is nothing to understand. All settings and
    seeds train as one program. Test labels are true ones; on noise the "test" set is the same clean one.

    Attributes:
        shares: Shares of the training labels that are drawn anew, uniformly among the ten classes, the true one
            included, as in the paper.
        test: Test examples.
        width: Units in each of the two hidden layers.
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
    core_seconds: ClassVar[float] = 17.0
    size: ClassVar[str] = (
        "{examples} signals of MNIST-1D or noise, a network of two hidden layers of {width} units, {steps} steps = "
        "{passes} passes"
    )

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``inputs``, ``share`` of random labels, ``seed``, ``step`` and the four scores at each look."""
        pool, labels, x_test, y_test = (part.to(device) for part in mnist1d.split(4 * self.examples, self.test, seed=0))
        kinds = [("signals", share) for share in self.shares] + [("noise", 1.0)]
        rows = [(*kind, seed) for kind in kinds for seed in self.seed_range()]
        grid = Grid(pd.DataFrame(rows, columns=["inputs", "share", "seed"]), device)
        seeds, inputs = grid.seeds, grid.settings["inputs"]
        drawn = seeds.stream("examples").permutation(len(labels))[:, : self.examples]
        x = pool[drawn]
        noisy = torch.tensor((inputs == "noise").tolist(), device=device)
        x = torch.where(noisy[:, None, None], noise_like(x, seeds), x)
        y = redrawn(labels[drawn], grid.column("share"), seeds)

        model = mlp(seeds.stream("weights"), depth=2, width=self.width, activation=nn.ReLU, init=he)
        at, rate = range(0, self.steps + 1, self.look), self.learning_rate
        looks = checkpoints(model, x, y, seeds, at=at, batch=self.batch, steps=self.steps, rate=rate, anneal=False)
        tables = [grid.settings.assign(step=step, **scores(model, (x, y), (x_test, y_test))) for step in looks]
        return pd.concat(tables, ignore_index=True)


def redrawn(labels: Tensor, shares: Tensor, seeds: Seeds) -> Tensor:
    """Return labels ``[R, n]``, of which each replica has its share, ``[R]``, drawn anew."""
    chosen = seeds.stream("chosen labels").uniform(labels.shape[1]) < shares[:, None]
    return torch.where(chosen, seeds.stream("random labels").integers(labels.shape[1], below=mnist1d.CLASSES), labels)


def noise_like(x: Tensor, seeds: Seeds) -> Tensor:
    """Return Gaussian noise ``[R, n, points]`` with the mean and spread of the inputs of each replica."""
    mean, std = x.mean((1, 2), keepdim=True), x.std((1, 2), keepdim=True)
    return seeds.stream("noise").normal(*x.shape[1:]) * std + mean
