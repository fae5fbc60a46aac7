"""What a run will need before it begins: how long, how much memory, which data, and whether these are here.

How long is timed where an experiment says what it trains, as :mod:`lecture.experiments.one_network` does: a few steps
of each kind on random images, so the data need not be here. Elsewhere it is what the run took last time, or the
experiment's own guess.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol, runtime_checkable

import torch
from torch import Tensor, nn

from lecture.experiments.experiment import Data
from lecture.experiments.plan import Job, Plan
from lecture.training.single import Recipe, Set, Training, constant, mixed, one_pass, step

STEPS, ENOUGH = 3, 1.0
"""Steps that are timed, fewer where they take so many seconds."""
PART = 16
"""On a processor this part of a batch is timed, and taken as many times: its time grows with the images."""
SCORING = 1 / 3
"""Of a step's operations: forward is one product of three."""


@runtime_checkable
class Foreseeable(Protocol):
    """An experiment that says what it trains.

    Attributes:
        held: Bytes of data on the device.
    """

    held: ClassVar[int]

    def trainings(self) -> Iterable[Training]:
        """Yield every kind of training that a run consists of."""


@runtime_checkable
class Streamed(Protocol):
    """An experiment whose images are read from files while it trains."""

    def seconds_an_image(self) -> float:
        """Return how long reading takes for each."""


@dataclass(frozen=True)
class Forecast:
    """What a run will need.

    Attributes:
        seconds: Of wall time.
        bytes: Of memory on the device: data, weights, gradients, momentum and what the backward pass needs. Counted;
            what the libraries take for themselves comes on top.
    """

    seconds: float
    bytes: int


def forecast(experiment: object, device: torch.device) -> Forecast | None:
    """Time a few steps of everything that an experiment trains; None if it does not say what."""
    if not isinstance(experiment, Foreseeable):
        return None
    reading = experiment.seconds_an_image() if isinstance(experiment, Streamed) else 0.0
    seconds, most = 0.0, 0
    for training, each, held in _probed(experiment, device):
        batch, steps = training.recipe.batch, training.recipe.steps
        computed = each * (steps + training.scored * SCORING / batch)
        read = reading * (steps * batch + training.scored)
        seconds += training.times * max(computed, read)  # workers read while the device computes
        most = max(most, held)
    return Forecast(seconds, most + experiment.held)


def steps_a_second(experiment: object, device: torch.device) -> Iterator[tuple[str, float]]:
    """Yield how many steps a second an experiment trains, by the name of the first training of each kind."""
    seen: set[float] = set()
    for training, each, _ in _probed(experiment, device) if isinstance(experiment, Foreseeable) else ():
        if each not in seen:
            seen.add(each)
            yield training.name, 1 / each


def _probed(experiment: Foreseeable, device: torch.device) -> Iterator[tuple[Training, float, int]]:
    """Yield each training with the seconds and the bytes of one step, timed once for all that are alike."""
    known: dict[tuple[str, Recipe, int], tuple[float, int]] = {}
    for training in experiment.trainings():
        model, recipe = training.network(0), training.recipe
        alike = replace(recipe, rate=0.0, steps=1, schedule=constant)  # a step takes as long whatever these
        kind = repr(model), alike, training.side
        if kind not in known:
            known[kind] = _step(model.to(device), training, device)
        yield training, *known[kind]


def foreseen(plan: Plan) -> Plan:
    """Return a plan that expects of each experiment what a few steps of it say; those that say nothing stay."""
    jobs, alone = (tuple(_timed(job, plan.device) for job in some) for some in (plan.jobs, plan.alone))
    return replace(plan, jobs=jobs, alone=alone)


def whereabouts(load: Callable[[], Data]) -> str:
    """Return the name of a data set, and whether it is here or where it will be downloaded from."""
    module = sys.modules[load.__module__]
    name, here = load.__module__.rpartition(".")[2], getattr(module, "here", None)
    if here is None or here():  # what a package brings, or what is used only where it is
        contents = getattr(module, "contents", None)  # of a set that may be here in part
        return f"{name}, here" + (f": {contents()}" if contents else "")
    return f"{name}, from {module.SOURCE}"


@dataclass(frozen=True)
class Foreseen(Job):
    """A job of which a few steps were timed.

    Attributes:
        bytes: Memory on the device.
    """

    bytes: int = 0


def _timed(job: Job, device: torch.device) -> Job:
    found = forecast(job.experiment, device)
    return Foreseen(job.experiment, job.reason, found.seconds, found.bytes) if found else job


def _step(model: nn.Module, training: Training, device: torch.device) -> tuple[float, int]:
    """Return the seconds of a training step, and the bytes that it needs."""
    recipe, side = training.recipe, training.side
    part = PART if device.type == "cpu" and recipe.batch >= 2 * PART else 1
    n = recipe.batch // part
    draw = torch.Generator().manual_seed(0)
    x = torch.randn(n, training.colours, side, side, generator=draw)
    data = Set(x.to(device), torch.zeros(n, dtype=torch.int64, device=device))
    optimiser = torch.optim.SGD(model.parameters(), 0.0, momentum=recipe.momentum, weight_decay=recipe.weight_decay)

    def steps(number: int) -> float:
        start = time.perf_counter()
        for _ in range(number):
            for x, y in one_pass(data, recipe, 1, draw):
                step(model, optimiser, x, y)
        next(model.parameters()).sum().item()  # waits for a GPU
        return time.perf_counter() - start

    first = steps(1)
    seconds = first if first > ENOUGH else steps(STEPS) / STEPS
    weights = sum(weight.nbytes for weight in model.parameters())
    return part * seconds, 3 * weights + part * _remembered(model, data.x)


def _remembered(model: nn.Module, x: Tensor) -> int:
    """Return the bytes of what a forward pass keeps for the way back, weights left out."""
    own = {weight.untyped_storage().data_ptr() for weight in model.parameters()}
    kept: dict[int, int] = {}

    def pack(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in own:
            kept[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor), mixed(x.device):
        outputs = model(x)  # held here, so that no storage is used twice
    assert outputs.requires_grad
    return sum(kept.values())
