"""The gap between training and test accuracy against the number of training examples."""

from dataclasses import dataclass
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
from lecture.training.loop import evaluate, train
from lecture.training.optimisers import Adam


@dataclass(frozen=True, kw_only=True)
class GeneralisationGap(Experiment):
    """Trains the same networks for the same number of steps on more and more examples of MNIST-1D.

    Nothing holds overfitting back: no weight decay, no dropout, no augmentation, no early stopping. Each seed draws
    its own examples from a common pool, and a larger set contains the smaller one.

    Attributes:
        examples: Numbers of training examples; one is Caltech-101's 9,146 (Fei-Fei, Fergus and Perona 2004, with the
            background class): the last but one.
        widths: Units in each of the two hidden layers, one network for each number.
        test: Test examples, the same for all.
        batch: Examples a step.
        steps: Steps of training, whatever the number of examples.
        learning_rate: Adam's, a customary value; nothing here was tuned.
    """

    examples: tuple[int, ...] = (100, 300, 1000, 3000, 9146, 30000)
    widths: tuple[int, ...] = (25, 100)
    test: int = 5000
    batch: int = 100
    steps: int = 3000
    learning_rate: float = 2e-3

    presets: ClassVar = {
        "smoke": {"seeds": 2, "examples": (50, 100, 300), "widths": (10, 20), "test": 200, "steps": 50},
        "full": {"seeds": 30, "steps": 20000},
    }
    core_seconds: ClassVar[float] = 45.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return ``width``, ``parameters``, ``examples``, ``seed`` and the four scores.

        The scores are ``train_loss`` and ``test_loss`` (nats) and ``train_accuracy`` and ``test_accuracy`` (shares).
        """
        most = max(self.examples)
        x, y, x_test, y_test = (part.to(device) for part in mnist1d.split(2 * most, self.test, seed=0))
        seeds = Seeds(tuple(self.seed_range()), device)
        drawn = seeds.stream("examples").permutation(2 * most)
        tables = [
            self._scores(width, seeds, x[drawn[:, :n]], y[drawn[:, :n]], x_test, y_test)
            for width in self.widths
            for n in self.examples
        ]
        return pd.concat(tables, ignore_index=True)

    def _scores(self, width: int, seeds: Seeds, x: Tensor, y: Tensor, x_test: Tensor, y_test: Tensor) -> pd.DataFrame:
        """Train one network for each seed on its own examples, ``[R, n, 40]`` and ``[R, n]``, and return the rows."""
        model = mlp(seeds.stream("weights"), depth=2, width=width, activation=nn.ReLU, init=he)
        batches = minibatches(x, y, self.batch, self.steps, seeds.stream("order"))
        train(model, Adam(model, lr=self.learning_rate), batches)
        train_loss, train_accuracy = evaluate(model, x, y)
        test_loss, test_accuracy = evaluate(model, x_test, y_test)
        return pd.DataFrame(
            {
                "width": width,
                "parameters": sum(p[0].numel() for p in model.parameters()),
                "examples": y.shape[1],
                "seed": list(seeds.values),
                "train_loss": train_loss.cpu().numpy(),
                "train_accuracy": train_accuracy.cpu().numpy(),
                "test_loss": test_loss.cpu().numpy(),
                "test_accuracy": test_accuracy.cpu().numpy(),
            }
        )
