"""One network at a time, in ordinary PyTorch: for networks and data that fill a GPU by themselves.

The data lie on the device. All random numbers are drawn on the CPU, so that a seed means the same on every device.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from math import cos, pi
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from lecture.models.convnet import Dropout
from lecture.seeds import Seeds
from lecture.training.checkpoint import Checkpoint

BORDER = 4  # zeros around an image, from which a random window is cut out (He et al. 2016a, section 4.2)
AT_ONCE = 500  # images of one forward pass when nothing is learned


class Set(NamedTuple):
    """Images ``[n, channels, side, side]``, on one scale, and labels ``[n]``."""

    x: Tensor
    y: Tensor

    def first(self, n: int) -> "Set":
        """Return the first n of them."""
        return Set(self.x[:n], self.y[:n])


class Scores(NamedTuple):
    """What a network does on a set: its mean loss, and the share of errors."""

    loss: float
    error: float


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How one network is trained: gradient descent with momentum on minibatches.

    Attributes:
        rate: Learning rate at the start.
        steps: Updates.
        batch: Images of each.
        momentum: Of gradient descent.
        weight_decay: Added to the gradient as ``weight_decay * weight``.
        augment: What is done at random to the images of each batch, with the generator that draws their order.
        schedule: Factor on the rate at each step, of ``steps``.
    """

    rate: float
    steps: int
    batch: int = 128
    momentum: float = 0.9
    weight_decay: float = 0.0
    augment: Callable[[Tensor, torch.Generator], Tensor] | None = None
    schedule: Callable[[int, int], float]


class Training(NamedTuple):
    """A kind of training that an experiment consists of, as much of it as tells what it will cost.

    Attributes:
        name: What it is called in the run.
        network: Makes the network of a seed.
        recipe: How it is trained.
        times: How often the run does this.
        scored: Images that the network is asked about, in all, each time.
        side: Pixels a side of the images.
        colours: Their channels.
    """

    name: str
    network: Callable[[int], nn.Module]
    recipe: Recipe
    times: int
    scored: int = 0
    side: int = 32
    colours: int = 3


def constant(step: int, steps: int) -> float:
    """Return 1: the rate stays what it is."""
    return 1.0


def cosine(step: int, steps: int) -> float:
    """Return what falls from 1 to 0 along half a cosine (Loshchilov and Hutter 2017, eq. 5, without restarts)."""
    return 0.5 * (1 + cos(pi * step / steps))


def fit(
    name: str,
    model: nn.Module,
    data: Set,
    recipe: Recipe,
    seed: int,
    *,
    every: int = 0,
    look: Callable[[nn.Module], Sequence[float]] = lambda model: (),
) -> list[list[float]]:
    """Train a network in place, and return what was seen on the way: a row a look, the number of updates first.

    Within a run for the store a training that was killed goes on where it was after one of its last passes.

    Args:
        name: Of the training, unlike any other in the run.
        model: Where the data are.
        data: What it learns from.
        recipe: How.
        seed: Decides order and augmentation; what the model drops is decided by its own generator.
        every: Steps between two looks; 0 for none.
        look: What is measured; the network may be changed to evaluation for it.
    """
    optimiser = torch.optim.SGD(
        model.parameters(), recipe.rate, momentum=recipe.momentum, weight_decay=recipe.weight_decay
    )
    order = generator(seed, "batches")
    dropped = {f"dropped {n}": m.generator for n, m in model.named_modules() if isinstance(m, Dropout)}
    checkpoint = Checkpoint(name, model, optimiser, {"batches": order, **dropped})
    done, found = checkpoint.resume()
    while done < recipe.steps:
        for x, y in one_pass(data, recipe, recipe.steps - done, order):
            for group in optimiser.param_groups:
                group["lr"] = recipe.rate * recipe.schedule(done, recipe.steps)
            step(model, optimiser, x, y)
            done += 1
            if every and done % every == 0:
                found.append([done, *look(model)])
        checkpoint.save(done, found)
    return found


def step(model: nn.Module, optimiser: torch.optim.Optimizer, x: Tensor, y: Tensor) -> Tensor:
    """Update a network once, and return the loss before it."""
    model.train()
    with mixed(x.device):
        outputs = model(x)
    loss = functional.cross_entropy(outputs.float(), y)
    optimiser.zero_grad()
    torch.autograd.backward(loss)
    optimiser.step()
    return loss.detach()


def one_pass(data: Set, recipe: Recipe, most: int, order: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the batches of a pass, at most so many, every image in one of them; the last incomplete one is dropped."""
    device, n = data.y.device, len(data.y)
    batches = torch.split(torch.randperm(n, generator=order), recipe.batch)[: max(1, n // recipe.batch)]
    for chosen in batches[:most]:
        here = chosen.to(device)
        x, y = data.x[here], data.y[here]
        yield recipe.augment(x, order) if recipe.augment else x, y


@torch.no_grad()
def score(model: nn.Module, data: Set) -> Scores:
    """Return how a network does on images as they are, with nothing switched off, in float32."""
    model.eval()
    outputs = torch.cat([model(part) for part in torch.split(data.x, AT_ONCE)])
    wrong = (outputs.argmax(1) != data.y).sum()
    return Scores(functional.cross_entropy(outputs, data.y).item(), wrong.item() / len(data.y))


def generator(seed: int, purpose: str) -> torch.Generator:
    """Return a generator on the CPU that belongs to a seed and a purpose."""
    (found,) = Seeds((seed,), torch.device("cpu")).stream(purpose).generators
    return found


def mixed(device: torch.device) -> "torch.autocast | nullcontext[None]":
    """Return a context in which a GPU multiplies in bfloat16; weights and the sums of normalisation stay in float32."""
    return torch.autocast("cuda", torch.bfloat16) if device.type == "cuda" else nullcontext()


def mirrored_and_shifted(x: Tensor, draw: torch.Generator) -> Tensor:
    """Return images ``[B, 3, side, side]``, each mirrored or not, and shifted by up to :data:`BORDER` pixels."""
    moves = torch.randint(2 * BORDER + 1, (2, len(x)), generator=draw)
    mirrored = torch.rand(len(x), generator=draw) < 0.5
    return moved(x, moves.to(x.device), mirrored.to(x.device))


def moved(x: Tensor, moves: Tensor, mirrored: Tensor) -> Tensor:
    """Return images ``[B, 3, side, side]``, each mirrored if ``mirrored [B]`` says so, and then shifted.

    Args:
        x: The images.
        moves: Upper and left edge of the window that is cut out of the image with its border, ``[2, B]``.
        mirrored: Whether left and right are exchanged.
    """
    count, colours, side, _ = x.shape
    x = torch.where(mirrored.view(-1, 1, 1, 1), x.flip(3), x)
    wide = functional.pad(x, (BORDER,) * 4)
    rows, columns = (move[:, None] + torch.arange(side, device=x.device) for move in moves)
    images, channels = (torch.arange(n, device=x.device) for n in (count, colours))
    return wide[images[:, None, None, None], channels[:, None, None], rows[:, None, :, None], columns[:, None, None]]
