"""C14 at its own scale: plain and residual networks of 20 to 1001 layers on the photographs of CIFAR-10.

Needs a GPU and hours. One network at a time, in ordinary PyTorch: each fills a GPU by itself.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import pandas as pd
import torch
from torch import Tensor, nn
from torch.nn import functional

from lecture.data import cifar10
from lecture.experiments.experiment import Experiment
from lecture.models.resnet import DEEP, resnet
from lecture.seeds import Seeds

NETWORKS = {
    "plain": {"shortcut": False},
    "residual": {},
    "residual, activation first": {"before": True},
}
"""What He et al. compare: without the shortcut and with it (2016a), and with the other order of activation (2016b)."""
BORDER = 4  # zeros around an image, from which a random window is cut out (He et al. 2016a, section 4.2)


class Set(NamedTuple):
    """Images ``[n, 3, side, side]``, each colour with mean 0 and standard deviation 1, and labels ``[n]``."""

    x: Tensor
    y: Tensor


@dataclass(frozen=True, kw_only=True)
class CifarResidual(Experiment):
    """Trains plain and residual networks on CIFAR-10 as their papers did, in both orders of activation.

    Settings are those of He et al. (2016a, section 4.2): momentum, weight decay, a rate that falls to a tenth after
    half and after three quarters of the steps, and that starts at a tenth until the deep networks have begun to learn
    (2016b, appendix). From :data:`~lecture.models.resnet.DEEP` layers on blocks are bottlenecks, and no plain network
    is trained.

    Attributes:
        depths: Layers with weights.
        steps: Of training, each on ``batch`` photographs, mirrored and shifted at random.
        batch: Photographs a step.
        rate: Learning rate.
        warm_up: Steps at a tenth of it.
        momentum: Of gradient descent.
        weight_decay: Added to the gradient as ``weight_decay * weight``.
    """

    seeds: int = 5
    depths: tuple[int, ...] = (20, 56, 110, 1001)
    steps: int = 64_000
    batch: int = 128
    rate: float = 0.1
    warm_up: int = 400
    momentum: float = 0.9
    weight_decay: float = 1e-4

    offered: ClassVar = ("full",)
    sources: ClassVar = (cifar10.load,)
    size: ClassVar[str] = "{depths} layers, {steps} steps of {batch} photographs of CIFAR-10"
    core_seconds: ClassVar[float] = 4e6

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each network, depth and seed: ``train_loss``, ``train_error``, ``test_error`` (shares)."""
        train, test = self.data(device)
        rows = []
        for depth in self.depths:
            for name, kind in NETWORKS.items():
                if name == "plain" and depth >= DEEP:
                    continue
                for seed in self.seed_range():
                    model = self.trained(
                        resnet(depth, self._generator(seed, "weights"), **kind).to(device), train, seed
                    )
                    (train_loss, train_error), (_, test_error) = (self._scores(model, part) for part in (train, test))
                    rows.append((name, depth, seed, train_loss, train_error, test_error))
        return pd.DataFrame(rows, columns=["network", "depth", "seed", "train_loss", "train_error", "test_error"])

    def data(self, device: torch.device) -> tuple[Set, Set]:
        """Return the training and the test set; each colour is scaled as the training set's."""
        parts = [cifar10.load(part) for part in ("train", "test")]
        x = parts[0].x
        mean, deviation = x.mean((0, 2, 3), keepdim=True), x.std((0, 2, 3), keepdim=True)
        train, test = (Set(((p.x - mean) / deviation).to(device), p.y.to(device)) for p in parts)
        return train, test

    def trained(self, model: nn.Module, train: Set, seed: int) -> nn.Module:
        """Train a network in place, and return it."""
        optimiser = torch.optim.SGD(
            model.parameters(), self.rate, momentum=self.momentum, weight_decay=self.weight_decay
        )
        model.train()
        for step, (x, y) in enumerate(self.batches(train, seed)):
            for group in optimiser.param_groups:
                group["lr"] = self.rate_at(step)
            with mixed(x.device):
                loss = functional.cross_entropy(model(x), y)
            optimiser.zero_grad()
            torch.autograd.backward(loss)
            optimiser.step()
        return model

    def rate_at(self, step: int) -> float:
        """Return the learning rate of a step."""
        if step < self.warm_up:
            return self.rate / 10
        return self.rate * 0.1 ** ((step >= self.steps / 2) + (step >= 3 * self.steps / 4))

    def batches(self, train: Set, seed: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield batches, every photograph once a pass, each mirrored and shifted at random; equal on every device."""
        generator, order = self._generator(seed, "batches"), torch.empty(0, dtype=torch.int64)
        for _ in range(self.steps):
            if len(order) < self.batch:
                order = torch.randperm(len(train.y), generator=generator)
            chosen, order = order[: self.batch].to(train.y.device), order[self.batch :]
            moves = torch.randint(2 * BORDER + 1, (2, len(chosen)), generator=generator)
            mirrored = torch.rand(len(chosen), generator=generator) < 0.5
            yield moved(train.x[chosen], moves.to(train.x.device), mirrored.to(train.x.device)), train.y[chosen]

    @torch.no_grad()
    def _scores(self, model: nn.Module, data: Set) -> tuple[float, float]:
        """Return the mean loss and the share of errors, on photographs as they are."""
        model.eval()
        outputs = torch.cat([model(part) for part in torch.split(data.x, 500)])
        return functional.cross_entropy(outputs, data.y).item(), (outputs.argmax(1) != data.y).double().mean().item()

    def _generator(self, seed: int, purpose: str) -> torch.Generator:
        (generator,) = Seeds((seed,), torch.device("cpu")).stream(purpose).generators
        return generator


def mixed(device: torch.device) -> "torch.autocast | nullcontext[None]":
    """Return a context in which a GPU multiplies in bfloat16; sums and the weights stay in float32."""
    return torch.autocast("cuda", torch.bfloat16) if device.type == "cuda" else nullcontext()


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
