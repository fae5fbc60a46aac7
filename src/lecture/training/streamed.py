"""Training on photographs that do not fit into memory: they come from files, batch by batch, while the device computes.

As in :mod:`lecture.training.single` all random numbers are drawn on the CPU. Those of a pass depend on the seed and its
number alone, so a training that was killed goes on after one of its last passes, to the same numbers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from lecture.data.pictures import Batch, Pictures, Way, batches
from lecture.models.convnet import Dropout
from lecture.training.checkpoint import Checkpoint
from lecture.training.single import Recipe, generator, step

SAMPLE = 2000
"""Photographs that mean and spread of the colours are taken from."""
TOP = 5
"""Guesses of which one must be right (Russakovsky et al. 2015, section 4.1)."""


class Colours(NamedTuple):
    """What the colours of the training set are like, in the unit of pixels, 0 to 255.

    Attributes:
        mean: ``[3]``.
        spread: ``[3, 3]``, a row for each principal direction, as long as the standard deviation along it.
    """

    mean: Tensor
    spread: Tensor

    def seen(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return a batch on the device as networks see it: less the mean, in other light if it is for training."""
        device = self.mean.device
        change = batch.shades.to(device) @ self.spread - self.mean
        return batch.x.to(device).float() + change[:, :, None, None], batch.y.to(device)


class Errors(NamedTuple):
    """The share of photographs whose class is not the likeliest one, and not among the five likeliest."""

    top_1: float
    top_5: float


def colours(pictures: Pictures, device: torch.device) -> Colours:
    """Return mean and spread over every n-th photograph, so that all classes have a part.

    Raises:
        LectureError: A picture cannot be read.
    """
    some = range(0, len(pictures), max(1, len(pictures) // SAMPLE))
    total, squares, count = torch.zeros(3, dtype=torch.float64), torch.zeros(3, 3, dtype=torch.float64), 0
    for batch in batches(pictures, some, 16):
        pixels = batch.x.transpose(0, 1).flatten(1).double()
        total, squares, count = total + pixels.sum(1), squares + pixels @ pixels.T, count + pixels.shape[1]
    mean = total / count
    variances, directions = torch.linalg.eigh(squares / count - mean.outer(mean))
    spread = directions.T * variances.clamp(min=0).sqrt()[:, None]
    return Colours(mean.float().to(device), spread.float().to(device))


def steps_a_pass(images: int, batch: int) -> int:
    """Return the updates of a pass: an incomplete last batch is dropped, unless it is the only one."""
    return max(1, images // batch)


def fit(
    name: str,
    model: nn.Module,
    data: Pictures,
    light: Colours,
    recipe: Recipe,
    seed: int,
    look: Callable[[nn.Module], Sequence[float]],
) -> list[list[float]]:
    """Train a network in place; return for each pass the mean loss of its steps, and what was seen after it.

    Args:
        name: Of the training, unlike any other in the run.
        model: On the device.
        data: What it learns from.
        light: What its colours are like.
        recipe: How; its steps are whole passes.
        seed: Decides the order of each pass, and how it cuts and mirrors; what is dropped has generators of its own.
        look: What is measured after a pass; the network may be changed to evaluation for it.

    Raises:
        LectureError: A picture cannot be read.
    """
    optimiser = torch.optim.SGD(
        model.parameters(), recipe.rate, momentum=recipe.momentum, weight_decay=recipe.weight_decay
    )
    dropped = {f"dropped {n}": m.generator for n, m in model.named_modules() if isinstance(m, Dropout)}
    checkpoint = Checkpoint(name, model, optimiser, dropped)
    each = steps_a_pass(len(data), recipe.batch)
    done, found = checkpoint.resume()
    while done < recipe.steps:
        epoch, losses = done // each, []
        order = torch.randperm(len(data), generator=generator(seed, f"pass {epoch}")).tolist()
        for batch in batches(data, order, recipe.batch, Way(seed, epoch)):
            for group in optimiser.param_groups:
                group["lr"] = recipe.rate * recipe.schedule(done, recipe.steps)
            losses.append(step(model, optimiser, *light.seen(batch)))
            done += 1
        found.append([torch.stack(losses).mean().item(), *look(model)])
        checkpoint.save(done, found)
    return found


@torch.no_grad()
def errors(
    model: nn.Module,
    data: Pictures,
    light: Colours,
    size: int,
    views: Callable[[Tensor], Iterable[Tensor]],
) -> Errors:
    """Return how a network does, with nothing switched off, in float32.

    Args:
        model: On the device.
        data: What it is asked about.
        light: What the colours of its training set are like.
        size: Photographs at a time.
        views: What it sees of squares; its probabilities for all views of a photograph are averaged.

    Raises:
        LectureError: A picture cannot be read.
    """
    model.eval()
    wrong = torch.zeros(2, dtype=torch.int64)
    for x, y in _squares(data, light, size):
        seen = torch.stack([model(view).softmax(1) for view in views(x)]).mean(0)
        right = seen.topk(min(TOP, seen.shape[1])).indices == y[:, None]
        wrong += torch.stack([(~right[:, 0]).sum(), (~right.any(1)).sum()]).cpu()
    return Errors(*(wrong / len(data)).tolist())


def _squares(data: Pictures, light: Colours, size: int) -> Iterator[tuple[Tensor, Tensor]]:
    return map(light.seen, batches(data, range(len(data)), size))
