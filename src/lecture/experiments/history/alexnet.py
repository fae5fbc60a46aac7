"""AlexNet built, counted layer by layer, and run for one step."""

from dataclasses import asdict, dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import nn

from lecture.experiments.experiment import Experiment
from lecture.models.alexnet import LAYOUTS, Layout, alexnet, start_as_published
from lecture.models.counting import count
from lecture.seeds import Seeds


@dataclass(frozen=True, kw_only=True)
class Alexnet(Experiment):
    """Counts both layouts of AlexNet during a forward pass on random images, and takes one step of gradient descent.

    The counts are exact. The step shows that the network runs: weights start as published, and there is no dropout, so
    that the step has no randomness of its own. One seed is enough for that.

    Attributes:
        narrow: Divides the numbers of maps and units.
        classes: Outputs.
        batch: Random images, with random labels.
        pixels: Height and width of an image.
        rate: Step size, the paper's.
    """

    seeds: int = 1
    narrow: int = 1
    classes: int = 1000
    batch: int = 2
    pixels: int = 224
    rate: float = 0.01

    size: ClassVar[str] = "one step on {batch} random images of {pixels} x {pixels} pixels, {classes} classes"
    presets: ClassVar = {"smoke": {"narrow": 16, "classes": 10}, "full": {"batch": 128}}
    core_seconds: ClassVar[float] = 3.6

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each layout, layer and seed.

        ``layer``, ``shape`` (as text), ``outputs`` (how many numbers that is), ``parameters`` and ``multiply_adds`` are
        of one example; ``gradient`` is the norm of the gradient of the layer's weights. ``loss`` is that before the
        step and ``loss_after`` that on the same images after it, the same in each row of a layout and seed.
        """
        return pd.concat(
            [
                self._build_and_run(parts, Seeds((seed,), device)).assign(layout=layout, seed=seed)
                for seed in self.seed_range()
                for layout, parts in LAYOUTS.items()
            ],
            ignore_index=True,
        )

    def _build_and_run(self, layout: Layout, seeds: Seeds) -> pd.DataFrame:
        with torch.device("meta"):  # no numbers yet: torch would draw them from its global generator
            model = alexnet(layout, self.classes, self.narrow)
        model = model.to_empty(device=seeds.device).eval()
        start_as_published(model, seeds.stream("weights"))
        images = seeds.stream("images").normal(self.batch, 3, self.pixels, self.pixels)[0]
        labels = seeds.stream("labels").integers(self.batch, below=self.classes)[0]

        layers, outputs = count(model, images)
        loss = nn.functional.cross_entropy(outputs, labels)
        names, parameters = zip(*model.named_parameters(), strict=True)
        gradients = dict(zip(names, torch.autograd.grad(loss, parameters), strict=True))
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                parameter.sub_(self.rate * gradients[name])
            after = nn.functional.cross_entropy(model(images), labels)

        table = pd.DataFrame([asdict(layer) for layer in layers]).rename(columns={"name": "layer"})
        return table.assign(
            shape=["×".join(map(str, layer.shape)) for layer in layers],
            outputs=[torch.Size(layer.shape).numel() for layer in layers],
            gradient=[gradients[f"{layer.name}.weight"].norm().item() if layer.parameters else 0.0 for layer in layers],
            loss=loss.item(),
            loss_after=after.item(),
        )
