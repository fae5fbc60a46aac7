"""All remedies on one sick network: 16 sigmoid layers that do not learn, and one thing changed at a time.

Every row is the same network (depth, width, data, batch, steps) and each is offered the same number of learning rates.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.data.mnist1d import split
from lecture.experiments.experiment import Experiment
from lecture.models.initialisers import Initialiser, he, torch_default, xavier
from lecture.models.layers import BatchNorm, Linear
from lecture.models.mlp import mlp
from lecture.models.residual import Skip
from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.gradients import FirstGradient
from lecture.training.loop import evaluate, train
from lecture.training.optimisers import SGD, Adam

Activation = Callable[[], nn.Module]


@dataclass(frozen=True, kw_only=True)
class Remedies(Experiment):
    """Train the deep sigmoid network as it is, then with each remedy.

    Attributes:
        depth: Hidden layers.
        width: Units in each.
        rates: Learning rates of SGD with momentum.
        adam_rates: Learning rates of Adam, as many; others, because its steps do not scale with the gradient.
        momentum: Of SGD.
        batch: Examples a step.
        steps: Steps of each training run.
        examples: Training examples, of MNIST-1D.
    """

    seeds: int = 5
    depth: int = 16
    width: int = 32
    rates: tuple[float, ...] = (0.01, 0.03, 0.1, 0.3)
    adam_rates: tuple[float, ...] = (0.0003, 0.001, 0.003, 0.01)
    momentum: float = 0.9
    batch: int = 50
    steps: int = 600
    examples: int = 4000

    presets: ClassVar = {
        "smoke": {"seeds": 2, "depth": 4, "steps": 10, "examples": 200},
        "full": {"seeds": 10, "width": 100, "steps": 8000},
    }
    core_seconds: ClassVar[float] = 42.0

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return, for each remedy, rate and seed, the scores at the end and the first layer's gradient at the start."""
        data = [part.to(device) for part in split(self.examples, 1000, seed=0)]
        tables = []
        for remedy, model, seeds, rates in self._patients(device):
            settings = pd.DataFrame({"seed": seeds.values, "rate": [r for r in rates for _ in range(self.seeds)]})
            rate = torch.tensor(settings["rate"].to_numpy(), dtype=torch.float32, device=device)
            optimiser = Adam(model, rate) if remedy == "Adam" else SGD(model, rate, self.momentum)
            first = FirstGradient(next(model.parameters()))
            batches = minibatches(data[0], data[1], self.batch, self.steps, seeds.stream("order"))
            train(model, optimiser, batches, on_step=first)
            scores = [*evaluate(model, data[0], data[1]), *evaluate(model, data[2], data[3]), first.norm]
            names = ("train_loss", "train_accuracy", "test_loss", "test_accuracy", "first_gradient")
            columns = {name: score.cpu().numpy() for name, score in zip(names, scores, strict=True)}
            tables.append(settings.assign(remedy=remedy, **columns))
        return pd.concat(tables, ignore_index=True)

    def _patients(self, device: torch.device) -> Iterator[tuple[str, nn.Module, Seeds, tuple[float, ...]]]:
        """Yield each remedy's name, its networks with one replica a rate and seed, their seeds and the rates."""
        seeds = Seeds(tuple(self.seed_range()) * len(self.rates), device)

        def network(activation: Activation = nn.Sigmoid, init: Initialiser = torch_default) -> nn.Sequential:
            return mlp(seeds.stream("weights"), depth=self.depth, width=self.width, activation=activation, init=init)

        yield "nothing", network(), seeds, self.rates
        yield "Xavier start", network(init=xavier), seeds, self.rates
        yield "centred start", start_like_tanh(network(init=xavier)), seeds, self.rates
        yield "tanh", network(nn.Tanh), seeds, self.rates
        yield "tanh, Xavier start", network(nn.Tanh, xavier), seeds, self.rates
        yield "ReLU", network(nn.ReLU), seeds, self.rates
        yield "ReLU, He start", network(nn.ReLU, he), seeds, self.rates
        stream = seeds.stream("weights")
        norm = partial(BatchNorm, stream=stream)
        normalised = mlp(stream, depth=self.depth, width=self.width, activation=nn.Sigmoid, norm=norm)
        yield "batch norm", normalised, seeds, self.rates
        yield "residual", with_shortcuts(network()), seeds, self.rates
        seeds = Seeds(tuple(self.seed_range()) * len(self.adam_rates), device)
        yield "Adam", network(), seeds, self.adam_rates


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
