"""The training loop: ordinary PyTorch, for R networks at once."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from math import cos, pi
from typing import TypedDict, TypeVar, Unpack

import torch
from torch import Tensor, nn

from lecture.seeds import Seeds
from lecture.training.batches import minibatches
from lecture.training.gradients import clip_gradients
from lecture.training.loss import cross_entropy
from lecture.training.optimisers import SGD, Adam

Batches = Iterable[tuple[Tensor, Tensor]]
OnStep = Callable[[int, Tensor], None]
Network = TypeVar("Network", bound=nn.Module)


def train(
    model: nn.Module,
    optimiser: SGD | Adam,
    batches: Batches,
    *,
    loss: Callable[[Tensor, Tensor], Tensor] = cross_entropy,
    clip: float | None = None,
    on_step: OnStep | None = None,
    first: int = 0,
) -> None:
    """Train R replicas, ``[R, B, ...]`` to ``[R, B, classes]``, with an optimiser that was built over the same model.

    ``loss``, ``clip`` and ``on_step`` are those of :class:`Plan`; the first update has the number ``first``.
    """
    model.train()
    for step, (x, y) in enumerate(batches, first):
        losses = loss(model(x), y)
        torch.autograd.backward(losses, torch.ones_like(losses))  # replicas share no weights: each gets its own
        if on_step:
            on_step(step, losses.detach())
        if clip is not None:
            clip_gradients(model, clip)
        optimiser.step()


def cosine(optimiser: SGD | Adam, steps: int) -> OnStep:
    """Return what :func:`train` calls at each step to lower the learning rate from where it starts to zero.

    It falls along half a cosine over ``steps`` (Loshchilov and Hutter 2017, eq. 5, without restarts).

    Raises:
        ValueError: No steps.
    """
    if steps < 1:
        raise ValueError(f"a schedule needs at least one step, got {steps}")

    def on_step(step: int, losses: Tensor) -> None:
        optimiser.schedule = 0.5 * (1 + cos(pi * step / steps))

    return on_step


class Plan(TypedDict, total=False):
    """How :func:`fit` and :func:`checkpoints` train, besides ``batch``, ``steps`` and ``rate``.

    Attributes:
        optimiser: Takes the model and the learning rate: Adam by default, or another one with its own settings, such as
            ``partial(SGD, momentum=0.9)``.
        anneal: Whether the rate falls to zero along half a cosine (by default it does) or stays.
        augment: Changes the batches on their way to the model.
        loss: Gives one number a replica, ``[R]``; cross-entropy by default.
        clip: Largest gradient norm of a replica.
        on_step: Called before each update with its number (from 0) and the losses ``[R]``; gradients are in place.
        order: Purpose of the stream that shuffles the examples, ``"order"`` by default.
    """

    optimiser: Callable[[nn.Module, float | Tensor], SGD | Adam]
    anneal: bool
    augment: Callable[[Batches], Batches]
    loss: Callable[[Tensor, Tensor], Tensor]
    clip: float | None
    on_step: OnStep
    order: str


def fit(
    model: Network,
    x: Tensor,
    y: Tensor,
    seeds: Seeds,
    *,
    batch: int,
    steps: int,
    rate: float | Tensor,
    **plan: Unpack[Plan],
) -> Network:
    """Train R replicas on minibatches of a set, in place, and return them.

    Args:
        model: Maps ``[R, B, ...]`` to ``[R, B, classes]``.
        x: Inputs ``[n, ...]`` shared by all replicas, or ``[R, n, ...]`` with a set for each.
        y: Labels ``[n]``, or ``[R, n]``.
        seeds: R of them; they decide the order of the examples.
        batch: Examples a step.
        steps: Updates in all.
        rate: Learning rate at the start, a number or one a replica, ``[R]``.
        plan: See :class:`Plan`.
    """
    for _ in checkpoints(model, x, y, seeds, at=(steps,), batch=batch, steps=steps, rate=rate, **plan):
        pass
    return model


def checkpoints(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    seeds: Seeds,
    *,
    at: Iterable[int],
    batch: int,
    steps: int,
    rate: float | Tensor,
    **plan: Unpack[Plan],
) -> Iterator[int]:
    """Train as :func:`fit` does, and pause to yield each of the numbers of updates ``at``, in ascending order.

    What is done to the model in between, such as :func:`~lecture.training.scores.evaluate`, is up to the caller.
    Training ends with the last of them.
    """
    optimiser = plan.get("optimiser", Adam)(model, rate)
    batches = iter(minibatches(x, y, batch, steps, seeds.stream(plan.get("order", "order"))))
    if augment := plan.get("augment"):
        batches = iter(augment(batches))
    calls = [cosine(optimiser, steps)] if plan.get("anneal", True) else []
    calls += [plan["on_step"]] if "on_step" in plan else []

    def on_step(step: int, losses: Tensor) -> None:
        for call in calls:
            call(step, losses)

    done = 0
    for step in at:
        train(
            model,
            optimiser,
            islice(batches, step - done),
            loss=plan.get("loss", cross_entropy),
            clip=plan.get("clip"),
            on_step=on_step,
            first=done,
        )
        done = step
        yield step
