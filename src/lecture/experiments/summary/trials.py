"""What the trials of this chapter share: one task, sets of tools, and how a network is trained with so much of all."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, NamedTuple

import pandas as pd
import torch
from torch import Tensor, nn

from lecture.data import mnist1d
from lecture.experiments.experiment import Experiment
from lecture.models.activations import Sigmoid
from lecture.models.counting import multiply_adds
from lecture.models.deep_cnn import deep_cnn
from lecture.models.initialisers import Initialiser, he, lecun, torch_default
from lecture.training.fit import fit
from lecture.training.optimisers import SGD, Adam
from lecture.training.scores import scores

FORWARD_AND_BACKWARD = 3
"""Multiply-adds of a training step for each one of the forward pass: the backward pass takes two products a layer."""
WITH_MOMENTUM = partial(SGD, momentum=0.9)


class Tools(NamedTuple):
    """What a network is built and trained with.

    Attributes:
        activation: Makes the non-linearity of the hidden layers.
        init: How the weights start.
        optimiser: Takes the model and the learning rates ``[R]``.
    """

    activation: Callable[[], nn.Module]
    init: Initialiser
    optimiser: Callable[[nn.Module, float | Tensor], SGD | Adam]


CUSTOM, NOW = Tools(Sigmoid, torch_default, SGD), Tools(nn.ReLU, he, Adam)
TOOLS = {
    "custom": CUSTOM,
    "custom, momentum": CUSTOM._replace(optimiser=WITH_MOMENTUM),
    "custom, Adam": CUSTOM._replace(optimiser=Adam),
    "custom, He start": CUSTOM._replace(init=he),
    "custom, ReLU": CUSTOM._replace(activation=nn.ReLU),
    "1998": Tools(nn.Tanh, lecun, WITH_MOMENTUM),
    "now": NOW,
    "now, uniform start": NOW._replace(init=torch_default),
    "now, sigmoid": NOW._replace(activation=Sigmoid),
    "now, momentum": NOW._replace(optimiser=WITH_MOMENTUM),
    "now, plain descent": NOW._replace(optimiser=SGD),
}
"""As in the chapter on history: the custom of the time (sigmoid, weights uniform within ±1/sqrt(fan_in), plain gradient
descent) and the best recipe printed then; and ReLU, He's weights and Adam. In between, one tool is put in or taken out.
"""

Set = tuple[Tensor, Tensor]
"""Inputs and labels."""


class Cell(NamedTuple):
    """How a network is built and trained, and with how much.

    Attributes:
        tools: A key of :data:`TOOLS`.
        layers: Layers with weights.
        rate: Learning rate at the start; it falls to zero along a cosine.
        data: Share of the training examples.
        computing: Share of the multiply-adds.
        batch: Examples a step.
    """

    tools: str
    layers: int
    rate: float
    data: float = 1.0
    computing: float = 1.0
    batch: int = 25


@dataclass(frozen=True, kw_only=True)
class Trials(Experiment):
    """What the trials of this chapter share: the task, and how a cell is carried out.

    The task is MNIST-1D, the network a convolutional one. A training's cost is counted in multiply-adds, not in steps:
    a network half as costly may take twice as many. All seeds share the test examples, and the training examples where
    all are there: intervals speak of starts, orders and draws.

    Depth, rate and batch of a cell are those with the highest mean accuracy of two pilot networks (seeds 10,000 and
    10,001) on signals kept for that. On offer were, where they are not fixed, 2 and 4 layers; for Adam rates of 0.001,
    0.003, 0.01 and 0.03; with momentum 0.003 to 0.3, for plain descent 0.1 to 10, in the same steps; with little
    computing batches of 5 and 25. Where an end of these was best, the next rate was offered, too; not so for the shares
    in between, which only the figure shows and which were offered 0.003 to 0.03.

    Attributes:
        train: Training examples where all are there.
        test: Test examples, the same for all.
        channels: Channels of each convolution.
        multiply_adds: What a training may cost where all the computing is there.
    """

    train: int = 2000
    test: int = 5000
    channels: int = 20
    multiply_adds: float = 2.6e9

    presets: ClassVar = {
        "smoke": {"seeds": 2, "train": 200, "test": 100, "channels": 4, "multiply_adds": 1e6},
        "full": {"seeds": 30, "train": 100_000, "multiply_adds": 1.3e11},
    }

    def data(self, device: torch.device) -> tuple[Set, Set]:
        """Return inputs and labels to train on, and others to test on."""
        x, y, x_test, y_test = (part.to(device) for part in mnist1d.split(self.train, self.test, seed=0))
        return (x, y), (x_test, y_test)

    def carry_out(self, cell: Cell, train: Set, test: Set) -> pd.DataFrame:
        """Train one network a seed, all at once, and return a row each: the cell, what it took, ``seed``, the scores.

        Where not all the data are there, each seed draws its own.
        """
        (x, y), tools = train, TOOLS[cell.tools]
        grid = self.grid(x.device, rate=(cell.rate,))
        seeds = grid.seeds
        examples = round(cell.data * len(y))
        if examples < len(y):
            drawn = seeds.stream("examples").permutation(len(y))[:, :examples]
            x, y = x[drawn], y[drawn]
        stream = seeds.stream("weights")
        model = deep_cnn(
            stream, layers=cell.layers, channels=self.channels, activation=tools.activation, init=tools.init
        )
        a_step = FORWARD_AND_BACKWARD * multiply_adds(model, x.shape[-1]) * cell.batch
        steps = max(1, int(cell.computing * self.multiply_adds / a_step))
        fit(model, x, y, seeds, batch=cell.batch, steps=steps, rate=cell.rate, optimiser=tools.optimiser)
        taken = cell._asdict() | {"examples": examples, "steps": steps}
        return grid.settings.assign(**taken, **scores(model, (x, y), test))
