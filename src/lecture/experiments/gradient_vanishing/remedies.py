"""All remedies on one sick network: 16 sigmoid layers that do not learn, and one thing changed at a time.

Every row is the same network (depth, width, data, batch, steps), and pilot seeds choose each one's learning rate among
as many.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.experiments.gradient_vanishing.piloted import PilotedMomentum
from lecture.experiments.gradient_vanishing.signals import RUN
from lecture.models.initialisers import he, xavier
from lecture.models.layers import BatchNorm, Linear
from lecture.models.mlp import mlp
from lecture.models.residual import Skip
from lecture.seeds import Stream
from lecture.training.fit import Plan
from lecture.training.gradients import FirstGradients
from lecture.training.optimisers import Adam
from lecture.training.scores import scores

Activation = Callable[[], nn.Module]
RATES = {
    "nothing": 0.1, "Xavier start": 0.1, "centred start": 0.1, "tanh": 0.1, "tanh, Xavier start": 0.03, "ReLU": 0.1,
    "ReLU, He start": 0.01, "batch norm": 0.01, "residual": 0.3, "Adam": 0.003,
}  # fmt: skip
"""The learning rate that pilot seeds have chosen for each remedy; where nothing was learnt at any, the middle one."""


@dataclass(frozen=True, kw_only=True)
class Remedies(PilotedMomentum):
    """Train the deep sigmoid network as it is, then with each remedy.

    Attributes:
        depth: Hidden layers.
        adam_rates: Learning rates offered to Adam, as many; others, because its steps do not scale with the gradient.
    """

    depth: int = 16
    steps: int = 3000  # networks with shortcuts were still learning after half as many
    adam_rates: tuple[float, ...] = (0.0003, 0.001, 0.003, 0.01, 0.03)

    size: ClassVar[str] = "{depth} hidden layers of " + RUN
    presets: ClassVar = {
        "smoke": {"seeds": 2, "depth": 4, "steps": 10, "examples": 200, "pilots": 1},
        "full": {"width": 256, "examples": 4000, "steps": 16_000, "pilots": 5},
    }
    core_seconds: ClassVar[float] = 220.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return, for each remedy and seed, the scores at the end and the first layer's gradient at the start."""
        train, test = self.data(device)
        tables = []
        for remedy, build in self._networks().items():
            plan: Plan = {"optimiser": Adam} if remedy == "Adam" else {}
            rates = self.adam_rates if remedy == "Adam" else self.rates
            best = self.best_rate(build, train, rates, partial(self.descend, **plan), RATES[remedy])
            grid = self.grid(device, rate=[best])
            model = build(grid.seeds.stream("weights"))
            first = plan["on_step"] = FirstGradients(next(model.parameters()))
            self.descend(model, train, grid, **plan)
            found = {**scores(model, train, test), "first_gradient": first.norms[0].tolist()}
            tables.append(grid.settings.assign(remedy=remedy, **found))
        return pd.concat(tables, ignore_index=True)

    def _networks(self) -> dict[str, Callable[[Stream], nn.Module]]:
        """Return what builds the network with each remedy, given the stream of its weights."""

        def network(stream: Stream, activation: Activation = nn.Sigmoid, **settings: Any) -> nn.Sequential:
            return mlp(stream, depth=self.depth, width=self.width, activation=activation, **settings)

        return {
            "nothing": network,
            "Xavier start": partial(network, init=xavier),
            "centred start": lambda stream: start_like_tanh(network(stream, init=xavier)),
            "tanh": partial(network, activation=nn.Tanh),
            "tanh, Xavier start": partial(network, activation=nn.Tanh, init=xavier),
            "ReLU": partial(network, activation=nn.ReLU),
            "ReLU, He start": partial(network, activation=nn.ReLU, init=he),
            "batch norm": lambda stream: network(stream, norm=partial(BatchNorm, stream=stream)),
            "residual": lambda stream: with_shortcuts(network(stream)),
            "Adam": network,
        }


@torch.no_grad()
def start_like_tanh(model: nn.Sequential) -> nn.Sequential:
    """Turn a sigmoid network's weights W into those that compute what a tanh network with weights W computes.

    σ(z) = (1 + tanh(z/2)) / 2. So double what goes into each sigmoid, for the halved argument; and where it comes from
    a sigmoid, double it once more and subtract the mean, since that gives (1 + tanh)/2 instead of tanh. It is still a
    sigmoid network, with another start.
    """
    linear = [layer for layer in model if isinstance(layer, Linear)]
    for layer in linear[:-1]:
        layer.weight.mul_(2)
        layer.bias.mul_(2)
    for layer in linear[1:]:
        layer.bias.sub_(layer.weight.sum(1, keepdim=True))
        layer.weight.mul_(2)
    return model


def with_shortcuts(model: nn.Sequential) -> nn.Sequential:
    """Put a shortcut around every hidden layer but the first, whose input has another width."""
    layers = list(model)
    hidden = [Skip(nn.Sequential(*layers[i : i + 2])) for i in range(2, len(layers) - 1, 2)]
    return nn.Sequential(*layers[:2], *hidden, layers[-1])
