"""A real step of AlexNet, timed, and what its training needs in operations and in memory."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import nn
from torch.utils.benchmark import Timer

from lecture import devices
from lecture.experiments.experiment import Experiment
from lecture.models.alexnet import TWO_TOWERS, alexnet, start_as_published
from lecture.models.counting import Layer, count
from lecture.seeds import Seeds


@dataclass(frozen=True, kw_only=True)
class TrainingDays(Experiment):
    """Times the training step of AlexNet on random images: forward, backward and the update of the paper's section 5.

    Operations and memory are counted, not measured. An operation is a multiplication or an addition of a product with
    weights. In memory are weights, gradients and momentum, and the output of each layer, which the backward pass needs.

    The chosen device is measured, and one thread of the CPU beside it.

    Attributes:
        seeds: Repetitions; the number of one is in the column ``seed``.
        batch: Images a step.
        narrow: Divides the numbers of maps and units.
    """

    seeds: int = 4
    batch: int = 16
    narrow: int = 1

    presets: ClassVar = {
        "smoke": {"seeds": 2, "batch": 2, "narrow": 8},
        "full": {"seeds": 20, "batch": 128},
    }
    core_seconds: ClassVar[float] = 17.0
    exclusive: ClassVar[bool] = True
    size: ClassVar[str] = "steps of AlexNet with {batch} random images"

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each device and repetition.

        ``seconds`` are those of a step with ``batch`` images; ``operations`` are of one image in training,
        ``parameters`` of the network, and ``activations`` the outputs of its layers, image included, for one image:
        numbers, not bytes.
        """
        layers = self.layers()
        counted = {
            "operations": operations(layers),
            "parameters": sum(layer.parameters for layer in layers),
            "activations": 3 * 224 * 224 + sum(torch.Size(layer.shape).numel() for layer in layers),
        }
        rows = []
        for target in dict.fromkeys([device, torch.device("cpu")]):
            timer = Timer("step()", globals={"step": self._steps(target)}, num_threads=1)
            timer.timeit(1)  # the first is slower: memory is handed out
            where = {"device": devices.describe(target), "kind": target.type, "batch": self.batch}
            rows += [
                {**where, "seed": seed, "seconds": timer.timeit(1).median, **counted} for seed in self.seed_range()
            ]
        return pd.DataFrame(rows)

    def layers(self) -> list[Layer]:
        """Return the network's layers, counted."""
        with torch.device("meta"):
            return count(alexnet(TWO_TOWERS, narrow=self.narrow), torch.empty(1, 3, 224, 224))[0]

    def _steps(self, device: torch.device) -> Callable[[], None]:
        """Return a function that does one training step on random images."""
        seeds = Seeds((self.first_seed,), device)
        with torch.device("meta"):
            model = alexnet(TWO_TOWERS, narrow=self.narrow)
        model = model.to_empty(device=device).train()
        start_as_published(model, seeds.stream("weights"))
        images = seeds.stream("images").normal(self.batch, 3, 224, 224)[0]
        labels = seeds.stream("labels").integers(self.batch, below=1000)[0]
        optimiser = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=0.0005)

        def step() -> None:
            optimiser.zero_grad()
            torch.autograd.backward(nn.functional.cross_entropy(model(images), labels))
            optimiser.step()

        return step


def operations(layers: list[Layer]) -> int:
    """Return the operations that one image costs in training: each product forward, and twice on the way back.

    The first layer hands no gradient down, so it has one less.
    """
    products = [2 * layer.multiply_adds for layer in layers if layer.multiply_adds]
    return 3 * sum(products) - products[0]
