"""Plain and residual networks from 8 to 110 layers: whether depth helps or hurts, on the training set too.

The depths of He et al. (2016, section 4.2), on MNIST-1D instead of CIFAR-10 and without normalisation, so that the
shortcut is seen on its own. Networks of one depth differ in two numbers: whether a block's input is added to its
output, and whether its branch starts at zero.
"""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch

from lecture.data.mnist1d import split
from lecture.experiments.experiment import Experiment
from lecture.models.residual import Tower
from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.gradients import FirstGradient
from lecture.training.loop import evaluate, train
from lecture.training.optimisers import Adam

NETWORKS = {"plain": (0.0, 1.0), "shortcut": (1.0, 1.0), "shortcut, zero start": (1.0, 0.0)}
"""Each network's factor on the shortcut and on the starting weights of the branch."""


@dataclass(frozen=True, kw_only=True)
class Residual(Experiment):
    """Train all networks at every depth, seeds and learning rates as one program.

    Attributes:
        depths: Layers with weights.
        width: Units in each hidden layer.
        networks: Which of :data:`NETWORKS`.
        rates: Learning rates of Adam; the claim takes each network at its best.
        batch: Examples a step.
        steps: Steps of each training run.
        examples: Training examples, of MNIST-1D.
    """

    seeds: int = 5
    depths: tuple[int, ...] = (8, 20, 56, 110)
    width: int = 24
    networks: tuple[str, ...] = tuple(NETWORKS)
    rates: tuple[float, ...] = (0.001, 0.003)
    batch: int = 32
    steps: int = 500
    examples: int = 4000

    presets: ClassVar = {
        "smoke": {"seeds": 2, "depths": (4, 6, 8, 10), "steps": 5, "examples": 200},
        "full": {"seeds": 10, "width": 100, "rates": (0.0003, 0.001, 0.003), "steps": 8000},
    }
    core_seconds: ClassVar[float] = 40.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return errors and losses at the end and the first layer's gradient at the start."""
        x, y, test_x, test_y = (part.to(device) for part in split(self.examples, 1000, seed=0))
        settings = pd.DataFrame(
            [
                {"network": network, "rate": rate, "seed": seed}
                for network in self.networks
                for rate in self.rates
                for seed in self.seed_range()
            ]
        )
        seeds = Seeds(tuple(settings["seed"]), device)
        rates = torch.tensor(settings["rate"].to_numpy(), dtype=torch.float32, device=device)
        shortcut, branch = torch.tensor([NETWORKS[name] for name in settings["network"]], device=device).unbind(1)
        tables = []
        for depth in self.depths:
            model = Tower(seeds.stream("weights"), depth=depth, width=self.width, shortcut=shortcut, branch=branch)
            first = FirstGradient(model.first.weight)
            batches = minibatches(x, y, self.batch, self.steps, seeds.stream("order"))
            train(model, Adam(model, rates), batches, on_step=first)
            train_loss, train_accuracy = evaluate(model, x, y)
            test_loss, test_accuracy = evaluate(model, test_x, test_y)
            columns = {
                "train_loss": train_loss,
                "train_error": 1 - train_accuracy,
                "test_loss": test_loss,
                "test_error": 1 - test_accuracy,
                "first_gradient": first.norm,
            }
            found = {name: values.cpu().numpy() for name, values in columns.items()}
            tables.append(settings.assign(depth=depth, **found))
        return pd.concat(tables, ignore_index=True)
