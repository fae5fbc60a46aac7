"""What the trials of this chapter share: one task, two sets of tools, and how a network is chosen and trained."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.models.activations import Sigmoid
from lecture.models.deep_cnn import deep_cnn, multiply_adds
from lecture.models.initialisers import Initialiser, he, torch_default
from lecture.seeds import Seeds
from lecture.training.annealing import cosine
from lecture.training.batches import minibatches
from lecture.training.loop import train
from lecture.training.optimisers import SGD, Adam
from lecture.training.scores import scores

PILOT = 10_000
"""Pilot seeds start here: no seed that chooses depth and learning rate is among those that are reported."""
BACK_AND_FORTH = 3
"""Multiply-adds of a training step for each one of the way forward: the way back takes two products a layer."""


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
    optimiser: Callable[[nn.Module, Tensor], SGD | Adam]


TOOLS = {
    "then": Tools(Sigmoid, torch_default, SGD),
    "now": Tools(nn.ReLU, he, Adam),
}
"""As in the chapter on history: the sigmoid, weights uniform within ±1/sqrt(fan_in) and plain gradient descent; and
what made depth trainable, ReLU with He's weights and Adam."""


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

    def data(self, device: torch.device) -> tuple[Tensor, ...]:
        """Return inputs and labels to train on, to choose on and to test on."""
        x, y = (part.to(device) for part in mnist1d.generate(self.train + self.validation + self.test, seed=0))
        first, second = self.train, self.train + self.validation
        return x[:first], y[:first], x[first:second], y[first:second], x[second:], y[second:]

    def pilot(self, plan: Plan, data: tuple[Tensor, ...]) -> pd.DataFrame:
        """Carry a plan out with each learning rate and pilot seed, scored on the validation examples."""
        rates = self.rates_then if plan.tools == "then" else self.rates_now
        each = [rate for rate in rates for _ in range(self.pilots)]
        seeds = tuple(range(PILOT, PILOT + self.pilots)) * len(rates)
        return self.carry_out(plan, data[:2], data[2:4], each, seeds).assign(pilot=True)

    def carry_out(
        self,
        plan: Plan,
        pool: tuple[Tensor, ...],
        judge: tuple[Tensor, ...],
        rates: list[float],
        seeds: tuple[int, ...],
    ) -> pd.DataFrame:
        """Train one network for each pair of a learning rate and a seed, all at once, and return its rows.

        Where a plan takes fewer examples than there are, each seed draws its own.
        """
        tools, rate = TOOLS[plan.tools], torch.tensor(rates, device=pool[0].device)
        streams = Seeds(seeds, pool[0].device)
        x, y = pool
        if plan.examples < len(y):
            drawn = streams.stream("examples").permutation(len(y))[:, : plan.examples]
            x, y = x[drawn], y[drawn]
        model = deep_cnn(
            streams.stream("weights"),
            layers=plan.layers,
            channels=self.channels,
            activation=tools.activation,
            init=tools.init,
        )
        steps = max(1, int(plan.multiply_adds / (BACK_AND_FORTH * multiply_adds(model) * plan.batch)))
        optimiser = tools.optimiser(model, rate)
        batches = minibatches(x, y, plan.batch, steps, streams.stream("order"))
        train(model, optimiser, batches, on_step=cosine(optimiser, steps))
        return pd.DataFrame(
            {
                **plan._asdict(),
                "steps": steps,
                "learning_rate": rates,
                "seed": list(seeds),
                **scores(model, (x, y), (judge[0], judge[1])),
                "pilot": False,
            }
        )


def chosen(plans: list[Plan], pilots: list[pd.DataFrame]) -> tuple[Plan, float]:
    """Return the plan and the learning rate with the highest mean accuracy over the pilot seeds.

    Where two are equal, the earlier plan and the lower rate win.
    """
    accuracy = {
        (n, rate): runs.test_accuracy.mean()
        for n, table in enumerate(pilots)
        for rate, runs in table.groupby(table.learning_rate.to_numpy(float))
    }
    n, rate = max(accuracy, key=lambda choice: accuracy[choice])
    return plans[n], float(str(rate))
