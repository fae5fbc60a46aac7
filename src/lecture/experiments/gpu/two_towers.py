"""AlexNet's split, really run: one tower in each of two processes, against the same network in one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

import pandas as pd
import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from lecture.experiments.experiment import Experiment
from lecture.models.alexnet import TWO_TOWERS, alexnet
from lecture.seeds import Stream
from lecture.training.distributed import together

OUTPUTS = "outputs"


class Outcome(NamedTuple):
    """What a forward and a backward pass gave.

    Attributes:
        outputs: ``[B, classes]``.
        gradients: Of the weights and biases, by name; of a tower, for its own units.
        forward: Bytes that this process sent to the other before each layer.
        backward: The same for the gradients on their way back.
    """

    outputs: Tensor
    gradients: dict[str, Tensor]
    forward: dict[str, int]
    backward: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class TwoTowers(Experiment):
    """Runs AlexNet forward and backward in two processes, a tower each, and compares with one process.

    Each process has half of the maps or units of each layer. Layer 3 and the fully connected layers look at both
    halves, so the processes exchange them there, and on the way back their gradients. On two cards local response
    normalisation can look only at the maps of its own card; in one process it need not mind the border. Both are
    compared. There is no dropout, so that nothing is drawn by lot.

    Attributes:
        batch: Random images, with random labels.
        narrow: Divides the numbers of maps and units.
        classes: Outputs.
    """

    seeds: int = 2
    batch: int = 2
    narrow: int = 1
    classes: int = 1000

    presets: ClassVar = {"smoke": {"narrow": 16, "classes": 10}}
    core_seconds: ClassVar[float] = 20.0
    size: ClassVar[str] = "one forward and backward pass of AlexNet with {batch} random images, in two processes"

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each layer and seed, and one for the outputs; the device is the CPU, whatever is asked for.

        ``difference`` is the length of the difference between the two processes' gradient of the layer's weights and
        the single process's, over the length of the latter; ``difference_across`` the same where the single process
        normalises across the border. ``parameters`` are the layer's; ``forward`` and ``backward`` are the bytes that
        each process sends the other before the layer, for one image.
        """
        towers = together(one_tower, self)
        pairs = zip(self.seed_range(), zip(*towers, strict=True), strict=True)
        return pd.DataFrame([row for seed, halves in pairs for row in self._compare(seed, halves)])

    def _compare(self, seed: int, halves: tuple[Outcome, ...]) -> Iterator[dict[str, object]]:
        alone = in_one_process(self, seed, across=False)
        across = in_one_process(self, seed, across=True)
        names = [name.removesuffix(".weight") for name in alone.gradients if name.endswith(".weight")]
        for name in [*names, OUTPUTS]:
            key = f"{name}.weight"
            ours = halves[0].outputs if name == OUTPUTS else torch.cat([half.gradients[key] for half in halves])
            others = [one.outputs if name == OUTPUTS else one.gradients[key] for one in (alone, across)]
            difference, difference_across = (float((ours - other).norm() / other.norm()) for other in others)
            parameters = sum(g.numel() for of, g in alone.gradients.items() if of.startswith(f"{name}."))
            yield {
                "layer": name, "seed": seed, "difference": difference, "difference_across": difference_across,
                "parameters": parameters, "forward": halves[0].forward.get(name, 0) // self.batch,
                "backward": halves[0].backward.get(name, 0) // self.batch,
            }  # fmt: skip


def in_one_process(settings: TwoTowers, seed: int, across: bool) -> Outcome:
    """Return what the whole network gives.

    Args:
        settings: Of the experiment.
        seed: Of weights, images and labels.
        across: Whether normalisation looks across the border between the towers.
    """
    model = _started(settings, seed)
    if not across:
        model.norm1, model.norm2 = EachTower(model.get_submodule("norm1")), EachTower(model.get_submodule("norm2"))
    images, labels = _examples(settings, seed)
    outputs = model(images)
    torch.autograd.backward(cross_entropy(outputs, labels))
    return Outcome(outputs.detach(), _gradients(model), {}, {})


def one_tower(settings: TwoTowers) -> list[Outcome]:
    """Return what this process's tower gives for each seed; the outputs are of both."""
    return [_one_tower(settings, seed) for seed in settings.seed_range()]


def _one_tower(settings: TwoTowers, seed: int) -> Outcome:
    rank, whole = dist.get_rank(), _started(settings, seed)
    wires: dict[str, Wire] = {}
    tower = nn.ModuleDict()
    for name, layer in whole.named_children():
        tower[name] = _half(layer, rank)
        if isinstance(layer, nn.Linear) or (isinstance(layer, nn.Conv2d) and layer.groups == 1 and name != "conv1"):
            wires[name] = Wire(rank)  # it looks at all of the layer below
    del whole
    x, labels = _examples(settings, seed)
    for name, layer in tower.items():
        x = layer(_meet(x, wires[name]) if name in wires else x)
    wires[OUTPUTS] = Wire(rank)
    outputs = _meet(x, wires[OUTPUTS])
    # Both processes have the loss, and Meet adds their gradients.
    torch.autograd.backward(cross_entropy(outputs, labels) / 2)
    return Outcome(
        outputs.detach(),
        _gradients(tower),
        {name: wire.forward for name, wire in wires.items()},
        {name: wire.backward for name, wire in wires.items()},
    )


@dataclass
class Wire:
    """The way to the other process.

    Attributes:
        rank: Which of the two this one is.
        forward: Bytes sent on the way up.
        backward: Bytes of gradients sent on the way down.
    """

    rank: int
    forward: int = field(default=0)
    backward: int = field(default=0)

    def exchange(self, mine: Tensor) -> Tensor:
        """Send a tensor to the other process and return the one that it sends, of the same shape."""
        theirs = torch.empty_like(mine)
        sent = dist.isend(mine, 1 - self.rank)
        assert sent is not None
        dist.recv(theirs, 1 - self.rank)
        sent.wait()
        return theirs


class Meet(torch.autograd.Function):
    """Both halves of a layer ``[B, n, ...]``, each in one process, become the whole ``[B, 2n, ...]`` in both."""

    @staticmethod
    def forward(ctx: Any, mine: Tensor, wire: Wire) -> Tensor:
        """Return the whole."""
        ctx.wire = wire
        mine = mine.contiguous()
        wire.forward += mine.nbytes
        theirs = wire.exchange(mine)
        return torch.cat([mine, theirs] if wire.rank == 0 else [theirs, mine], dim=1)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        """Return the gradient of this half: what its own process says of it, and what the other says."""
        wire, halves = ctx.wire, gradients[0].chunk(2, dim=1)
        theirs = halves[1 - wire.rank].contiguous()
        wire.backward += theirs.nbytes
        return halves[wire.rank] + wire.exchange(theirs), None


def _meet(mine: Tensor, wire: Wire) -> Tensor:
    whole: Tensor = Meet.apply(mine, wire)  # type: ignore[no-untyped-call]  # torch gives it no types
    return whole


class EachTower(nn.Module):
    """Applies a module to the maps of each tower by themselves, ``[B, n, H, W]``."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.module = module

    def forward(self, x: Tensor) -> Tensor:
        """Return both results side by side."""
        return torch.cat([self.module(half) for half in x.chunk(2, dim=1)], dim=1)


def _half(layer: nn.Module, rank: int) -> nn.Module:
    """Return a layer with this process's half of the units, or the layer itself if it has no weights."""
    if not isinstance(layer, nn.Conv2d | nn.Linear):
        return layer
    weight, bias = (p.detach().chunk(2)[rank].clone() for p in layer.parameters())
    half: nn.Conv2d | nn.Linear
    with torch.device("meta"):
        if isinstance(layer, nn.Conv2d):
            half = nn.Conv2d(weight.shape[1], len(weight), weight.shape[2:], layer.stride, layer.padding)  # type: ignore[arg-type]  # two numbers
        else:
            half = nn.Linear(weight.shape[1], len(weight))
    half.weight, half.bias = nn.Parameter(weight), nn.Parameter(bias)
    return half


def _started(settings: TwoTowers, seed: int) -> nn.Sequential:
    with torch.device("meta"):  # no numbers yet: torch would draw them from its global generator
        model = alexnet(TWO_TOWERS, settings.classes, settings.narrow)
    model = model.to_empty(device="cpu").eval()
    weights = Stream((seed,), "weights")
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith("bias"):
                parameter.zero_()
            else:  # as He: the paper's own start is so small that the images hardly matter before training
                parameter.copy_(weights.normal(*parameter.shape, std=(2 / parameter[0].numel()) ** 0.5)[0])
    return model


def _examples(settings: TwoTowers, seed: int) -> tuple[Tensor, Tensor]:
    images = Stream((seed,), "images").normal(settings.batch, 3, 224, 224)[0]
    return images, Stream((seed,), "labels").integers(settings.batch, below=settings.classes)[0]


def _gradients(model: nn.Module) -> dict[str, Tensor]:
    return {name: p.grad for name, p in model.named_parameters() if p.grad is not None}
