"""C19: a network that knows the handwritten digits 0 to 4 learns 5 to 9 from a few images."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from lecture.data import mnist
from lecture.experiments.history.real_images import describe
from lecture.experiments.when_to_use.borrowing import NEW, Borrowing, Classifier, machine
from lecture.models.image_network import image_network
from lecture.seeds import Stream

COST, GAMMA = 10.0, 0.5


@dataclass(frozen=True, kw_only=True)
class BorrowedDigits(Borrowing):
    """MNIST: real images, 500 a class and no more, so that all seeds share them and differ in how they are divided.

    Attributes:
        channels: Channels of the two convolutions.
        width: Features that are borrowed.
    """

    sizes: tuple[int, ...] = (5, 10, 50, 200)
    source: int = 500
    test: int = 100
    source_steps: int = 400
    source_rate: float = 0.003
    steps: int = 60
    scratch_rate: float = 0.01
    tuned_rate: float = 0.003
    decay: float = 1.0
    channels: tuple[int, int] = (8, 16)
    width: int = 64

    presets: ClassVar = {
        "smoke": {"seeds": 2, "sizes": (5, 10), "source": 20, "test": 10, "source_steps": 2, "steps": 2, "width": 16},
        "full": {"seeds": 10, "test": 300, "channels": (16, 32), "source_steps": 3000},
    }
    core_seconds: ClassVar[float] = 20.0
    size: ClassVar[str] = (
        "{sizes} images of MNIST a class, two convolutions of {channels} channels, {steps} steps of {batch}; {source} "
        "a class to borrow from, {source_steps} steps"
    )
    sources: ClassVar = (mnist.load,)

    def pool(self) -> Tensor:
        """Return the images, ``[R, 10, m, 28, 28]``, those of each class in an order that belongs to the seed."""
        return self._dealt(self._images())

    def _images(self) -> Tensor:
        """Return as many images of each class as are needed, ``[10, m, 28, 28]``."""
        found = mnist.load()
        each = max(self.source, max(self.sizes) + self.test)
        return found.x[torch.argsort(found.y, stable=True)].view(10, -1, 28, 28)[:, :each]

    def _dealt(self, described: Tensor) -> Tensor:
        """Return ``[R, 10, m, ...]``: what there is of the images ``[10, m, ...]``, in each seed's order."""
        orders = Stream(self.seed_range(), "digits").uniform(*described.shape[:2]).argsort(2)
        return described[torch.arange(10)[:, None], orders]

    def network(self, stream: Stream) -> nn.Sequential:
        """Return small convolutional networks for images."""
        return image_network(stream, channels=self.channels, width=self.width, classes=5)

    def classical(self, pool: Tensor) -> Mapping[str, tuple[Tensor, Classifier]]:
        """Return the support vector machine on pixels, and on the edges that HOG counts."""
        new = [
            torch.from_numpy(np.stack([describe(image) for image in images])) for images in self._images()[NEW.start :]
        ]
        edges = torch.stack([torch.zeros_like(new[0])] * NEW.start + new)  # nobody asks for those of the old task
        return {"SVM": (pool.flatten(3), machine(COST, GAMMA)), "HOG + SVM": (self._dealt(edges), machine(COST, GAMMA))}
