"""Three ways to train one network from many seeds: the plain loop, ``torch.func.vmap``, and the engine of this book.

A way takes the same seeds, examples, batch, steps and rate as the others, and gives the seconds that its steps took and
the trained networks. The plain loop and vmap draw the same numbers, so they train the same networks; the engine draws
from streams of its own.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.func import functional_call, stack_module_state, vmap
from torch.nn.functional import cross_entropy

from lecture.models.cnn import cnn
from lecture.models.mlp import mlp
from lecture.seeds import Seeds, Stream
from lecture.training.batches import minibatches
from lecture.training.fit import train
from lecture.training.loss import accuracy
from lecture.training.optimisers import Adam

POINTS, CLASSES = 40, 10  # of MNIST-1D


@dataclass(frozen=True)
class Network:
    """One network, written twice.

    Attributes:
        plain: Makes it of the layers of ``torch.nn``, ``[B, 40]`` to ``[B, 10]``, from torch's own random numbers.
        replicas: Makes R of them of the layers of this book, ``[R, B, 40]`` to ``[R, B, 10]``.
    """

    plain: Callable[[], nn.Module]
    replicas: Callable[[Stream], nn.Module]


class Recipe(NamedTuple):
    """How to train.

    Attributes:
        batch: Examples a step, at most as many as there are.
        steps: Steps of each network.
        rate: Of Adam.
    """

    batch: int
    steps: int
    rate: float = 1e-3


Clock = Callable[[], float]
Predict = Callable[[Tensor], Tensor]
"""Trained networks: inputs ``[n, 40]`` to ``[R, n, 10]``."""
Trained = tuple[float, Predict]
"""Seconds that the steps took, without building the networks, and what came of them."""
Way = Callable[[Network, Recipe, Sequence[int], Tensor, Tensor, Clock], Trained]
"""Network, recipe, seeds, inputs ``[n, 40]``, labels ``[n]``, and what tells the time."""


def fully_connected(depth: int, width: int) -> Network:
    """Return the plain deep network of the book, ReLU, with ``depth`` hidden layers of ``width`` units."""

    def plain() -> nn.Module:
        layers: list[nn.Module] = []
        for inputs in [POINTS] + [width] * (depth - 1):
            layers += [nn.Linear(inputs, width), nn.ReLU()]
        return nn.Sequential(*layers, nn.Linear(width, CLASSES))

    return Network(plain, partial(mlp, depth=depth, width=width, activation=nn.ReLU))


def convolutional(channels: int) -> Network:
    """Return the convolutional network of MNIST-1D's authors: three convolutions, each halving the line."""

    def plain() -> nn.Module:
        return nn.Sequential(
            nn.Unflatten(1, (1, POINTS)),
            nn.Conv1d(1, channels, 5, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv1d(channels, channels, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv1d(channels, channels, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(channels * POINTS // 8, CLASSES),
        )

    return Network(plain, partial(cnn, channels=channels))


def plain_loop(network: Network, recipe: Recipe, seeds: Sequence[int], x: Tensor, y: Tensor, clock: Clock) -> Trained:
    """Train the way everybody writes it: one network after another, torch's own Adam."""
    taken, trained = 0.0, []
    for seed in seeds:
        model = started(network, seed, x.device)
        optimiser = torch.optim.Adam(model.parameters(), recipe.rate)
        start = clock()
        for (index,) in orders([seed], len(y), recipe, x.device):
            optimiser.zero_grad()
            torch.autograd.backward(cross_entropy(model(x[index]), y[index]))
            optimiser.step()
        taken += clock() - start
        trained.append(model)
    return taken, lambda inputs: torch.stack([model(inputs) for model in trained])


def vmapped(network: Network, recipe: Recipe, seeds: Sequence[int], x: Tensor, y: Tensor, clock: Clock) -> Trained:
    """Train all as one program by ``torch.func``: the same layers, their weights stacked, and Adam fused into one call.

    It is how the documentation of PyTorch ensembles models.
    """
    models = [started(network, seed, x.device) for seed in seeds]
    weights, _ = stack_module_state(models)
    layers = deepcopy(models[0]).to("meta")  # which numbers it has does not matter: it gets others at each call
    optimiser = torch.optim.Adam(list(weights.values()), recipe.rate, fused=True)

    def loss(own: Mapping[str, Tensor], inputs: Tensor, labels: Tensor) -> Tensor:
        return cross_entropy(functional_call(layers, dict(own), (inputs,)), labels)

    losses = vmap(loss)
    start = clock()
    for index in orders(seeds, len(y), recipe, x.device):
        optimiser.zero_grad()
        torch.autograd.backward(losses(weights, x[index], y[index]).sum())
        optimiser.step()
    taken = clock() - start
    return taken, lambda inputs: vmap(lambda own: functional_call(layers, own, (inputs,)))(weights)


def engine(network: Network, recipe: Recipe, seeds: Sequence[int], x: Tensor, y: Tensor, clock: Clock) -> Trained:
    """Train all as one program, as every experiment of this book does."""
    model, work = prepared(network, recipe, seeds, x, y)
    start = clock()
    work()
    taken = clock() - start
    return taken, lambda inputs: model(inputs.expand(len(seeds), *inputs.shape))


def prepared(
    network: Network, recipe: Recipe, seeds: Sequence[int], x: Tensor, y: Tensor
) -> tuple[nn.Module, Callable[[], None]]:
    """Return the networks that the engine will train, and what trains them."""
    replicas = Seeds(tuple(seeds), x.device)
    model = network.replicas(replicas.stream("weights"))
    batches = minibatches(x, y, recipe.batch, recipe.steps, replicas.stream("order"))
    return model, partial(train, model, Adam(model, recipe.rate), batches)


WAYS: Mapping[str, Way] = {"plain loop": plain_loop, "vmap": vmapped, "engine": engine}


def started(network: Network, seed: int, device: torch.device) -> nn.Module:
    """Return a plain network with the weights of a seed."""
    with torch.random.fork_rng([]):  # torch's own layers draw from its global generator
        torch.manual_seed(seed)
        return network.plain().to(device)


def orders(seeds: Sequence[int], n: int, recipe: Recipe, device: torch.device) -> Iterator[Tensor]:
    """Yield at each step the examples of each seed's batch, ``[R, B]``, shuffled anew at each pass."""
    generators = [torch.Generator().manual_seed(seed) for seed in seeds]
    a_pass = n // recipe.batch
    for step in range(recipe.steps):
        place = step % a_pass
        if place == 0:
            order = torch.stack([torch.randperm(n, generator=generator) for generator in generators]).to(device)
        yield order[:, place * recipe.batch : (place + 1) * recipe.batch]


@torch.no_grad()
def accuracies(predict: Predict, x: Tensor, y: Tensor) -> list[float]:
    """Return the share of right answers of each network."""
    found: list[float] = accuracy(predict(x), y).tolist()
    return found


def clock_of(device: torch.device) -> Clock:
    """Return what tells the time when a device has done all it was asked for."""
    if device.type == "cpu":
        return time.perf_counter  # a processor is done when it says so

    def clock() -> float:
        torch.accelerator.synchronize()
        return time.perf_counter()

    return clock
