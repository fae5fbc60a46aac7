"""What the trials of this chapter share: one task, two sets of tools, and how a network is chosen and trained."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data import mnist1d
from lecture.experiments.experiment import PILOT, Experiment
from lecture.experiments.grid import Grid
from lecture.models.activations import Sigmoid
from lecture.models.counting import multiply_adds
from lecture.models.deep_cnn import deep_cnn
from lecture.models.initialisers import Initialiser, he, torch_default
from lecture.training.fit import fit
from lecture.training.optimisers import SGD, Adam
from lecture.training.scores import scores

FORWARD_AND_BACKWARD = 3
"""Multiply-adds of a training step for each one of the forward pass: the backward pass takes two products a layer."""


@dataclass(frozen=True)
class Tools:
    """What a network is built and trained with.

    Attributes:
        activation: Makes the non-linearity of the hidden layers.
        init: How the weights start.
        optimiser: Takes the model and the learning rates ``[R]``.
    """

    activation: Callable[[], nn.Module]
    init: Initialiser
    optimiser: Callable[[nn.Module, float | Tensor], SGD | Adam]


TOOLS = {
    "then": Tools(Sigmoid, torch_default, SGD),
    "now": Tools(nn.ReLU, he, Adam),
}
"""As in the chapter on history: the sigmoid, weights uniform within ±1/sqrt(fan_in) and plain gradient descent; and
what made depth trainable, ReLU with He's weights and Adam."""


Set = tuple[Tensor, Tensor]
"""Inputs and labels."""


class Plan(NamedTuple):
    """How a network is trained.

    Attributes:
        tools: ``"then"`` or ``"now"``.
        layers: Layers with weights.
        examples: Training examples.
        multiply_adds: What the whole training may cost.
        batch: Examples a step.
    """

    tools: str
    layers: int
    examples: int
    multiply_adds: float
    batch: int


@dataclass(frozen=True, kw_only=True)
class Trials(Experiment):
    """What all trials of this chapter share: the task, and how a plan is carried out.

    The task is MNIST-1D, the network a convolutional one. A plan's cost is counted in multiply-adds, not in steps: a
    network half as costly may take twice as many. Depth and learning rate are those with the lowest mean validation
    error over the pilot seeds, for each plan anew; the few that are offered were found on other data and other seeds.
    All seeds share the test examples, and the training examples where there is much data: intervals speak of starts,
    orders and draws.

    Attributes:
        train: Training examples where there is much data.
        validation: Examples on which depth and learning rate are chosen.
        test: Test examples, the same for all.
        channels: Channels of each convolution.
        multiply_adds: What a training may cost where there is much computing.
        batch: Examples a step.
        rates_then: Learning rates tried with the old tools.
        rates_now: Learning rates tried with the tools of today; others, because Adam's steps have another scale.
        pilots: Seeds that choose.
    """

    train: int = 20_000
    validation: int = 2000
    test: int = 5000
    channels: int = 20
    multiply_adds: float = 1.2e9
    batch: int = 25
    rates_then: tuple[float, ...] = (1.0, 3.0)
    rates_now: tuple[float, ...] = (0.01, 0.03)
    pilots: int = 2

    def data(self, device: torch.device) -> tuple[Set, Set, Set]:
        """Return inputs and labels to train on, to choose on and to test on."""
        sizes = [self.train, self.validation, self.test]
        x, y = (torch.split(part.to(device), sizes) for part in mnist1d.generate(sum(sizes), seed=0))
        train, validation, test = zip(x, y, strict=True)
        return train, validation, test

    def pilot(self, plan: Plan, pool: Set, validation: Set) -> pd.DataFrame:
        """Carry a plan out with each learning rate and pilot seed, scored on the validation examples."""
        rates = self.rates_then if plan.tools == "then" else self.rates_now
        grid = self.grid(pool[0].device, range(PILOT, PILOT + self.pilots), learning_rate=rates)
        return self.carry_out(plan, pool, validation, grid).assign(pilot=True)

    def decided(self, plans: list[Plan], data: tuple[Set, Set, Set]) -> list[pd.DataFrame]:
        """Carry all plans out for the pilot seeds, then report the best one at its best rate."""
        train, validation, test = data
        pilots = [self.pilot(plan, train, validation) for plan in plans]
        return [*pilots, self.report(*chosen(plans, pilots), train, test)]

    def report(self, plan: Plan, rate: float, pool: Set, test: Set) -> pd.DataFrame:
        """Carry a plan out with one learning rate and the seeds that are reported, scored on the test examples."""
        return self.carry_out(plan, pool, test, self.grid(pool[0].device, learning_rate=(rate,)))

    def carry_out(self, plan: Plan, pool: Set, judge: Set, grid: Grid) -> pd.DataFrame:
        """Train one network for each pair of a learning rate and a seed, all at once, and return its rows.

        Where a plan takes fewer examples than there are, each seed draws its own.
        """
        tools, seeds = TOOLS[plan.tools], grid.seeds
        x, y = pool
        if plan.examples < len(y):
            drawn = seeds.stream("examples").permutation(len(y))[:, : plan.examples]
            x, y = x[drawn], y[drawn]
        model = deep_cnn(
            seeds.stream("weights"),
            layers=plan.layers,
            channels=self.channels,
            activation=tools.activation,
            init=tools.init,
        )
        a_step = FORWARD_AND_BACKWARD * multiply_adds(model, x.shape[-1]) * plan.batch
        steps = max(1, int(plan.multiply_adds / a_step))
        rate = grid.column("learning_rate")
        fit(model, x, y, seeds, batch=plan.batch, steps=steps, rate=rate, optimiser=tools.optimiser)
        found = grid.settings.to_dict("list") | scores(model, (x, y), judge)
        return pd.DataFrame(plan._asdict() | {"steps": steps} | found | {"pilot": False})


def chosen(plans: list[Plan], pilots: list[pd.DataFrame]) -> tuple[Plan, float]:
    """Return the plan and the learning rate with the highest mean accuracy over the pilot seeds.

    Where two are equal, the earlier plan and the lower rate win.
    """
    runs = pd.concat(pilots, keys=range(len(plans)), names=["plan"])
    accuracy = runs.groupby(["plan", "learning_rate"])["test_accuracy"].mean()
    n, rate = accuracy.index[int(accuracy.argmax())]
    return plans[n], rate
