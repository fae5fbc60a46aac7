"""C18: a network of today's standard on the real images: distorted copies beside them, and time to learn them."""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
import torch
from torch import Tensor

from lecture.experiments.history.real_images import Contest
from lecture.models.image_network import image_network
from lecture.seeds import Stream
from lecture.training.distortions import affine
from lecture.training.fit import fit
from lecture.training.scores import evaluate


@dataclass(frozen=True, kw_only=True)
class DistortedDigits(Contest):
    """The network of ``history.end_to_end`` on the very images of that experiment, and on distorted copies of them.

    Each copy is turned, slanted, stretched and moved anew, which taught networks more than any other remedy on so few
    digits (Simard et al. 2003, section 2). Rate (of 0.001 and 0.003) and amounts (two thirds and four thirds of these)
    were chosen on pilot seeds 10,000 and 10,001.

    Attributes:
        copies: Distorted copies of each image, besides itself.
        channels: Channels of the two convolutions.
        width: Units of the hidden linear layer.
        learning_rate: Adam's; it falls to zero along a cosine.
        turn: Largest rotation and slant, radians.
        stretch: Largest change of width and height, a share.
        reach: Largest shift, pixels.
    """

    sizes: tuple[int, ...] = (4000,)
    steps: tuple[int, ...] = (1600,)
    copies: int = 5
    channels: tuple[int, int] = (16, 32)
    width: int = 128
    learning_rate: float = 3e-3
    turn: float = 0.2
    stretch: float = 0.15
    reach: float = 2.0

    presets: ClassVar = {
        "smoke": {
            **Contest.presets["smoke"],
            "sizes": (80,),
            "steps": (4,),
            "copies": 1,
            "channels": (2, 4),
            "width": 8,
        },
        "full": {**Contest.presets["full"], "sizes": (1000, 4000, 16_000), "steps": (1200, 4800, 19_200), "copies": 20},
    }
    core_seconds: ClassVar[float] = 70.0
    size: ClassVar[str] = "{sizes} of {pool} images, each with {copies} distorted copies, {steps} steps of {batch}"

    def run(self, device: torch.device) -> pd.DataFrame:
        """Return a row for each number of training images ``n`` and seed, with the share ``error``."""
        x, y, x_test, y_test = self.splits(device)
        seeds = self.seeds_on(device)
        found = {}
        for n, steps in self.rounds():
            weights, pixels = seeds.stream("weights"), x.shape[3]
            model = image_network(weights, channels=self.channels, width=self.width, pixels=pixels)
            shown, labels = self.with_copies(x[:, :n], y[:, :n], seeds.stream("distortions"))
            fit(model, shown, labels, seeds, batch=self.batch, steps=steps, rate=self.learning_rate)
            found["network, distortions", n] = evaluate(model, x_test, y_test).error.tolist()
        return self.per_seed(found, ["method", "n"], "error").assign(images=self.images)

    def with_copies(self, x: Tensor, y: Tensor, stream: Stream) -> tuple[Tensor, Tensor]:
        """Return images ``[R, n, height, width]`` and labels ``[R, n]``, followed by their distorted copies."""
        again = ((x, y) for _ in range(self.copies))
        distorted = affine(again, stream, turn=self.turn, stretch=self.stretch, reach=self.reach)
        shown, labels = zip((x, y), *distorted, strict=True)
        return torch.cat(shown, 1), torch.cat(labels, 1)
