"""C19: a network that knows the MNIST-1D signals 0 to 4 learns 5 to 9 from a few examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor, nn

from lecture.experiments.saturation import rivals
from lecture.experiments.when_to_use.borrowing import Borrowing, Classifier, scored, signals
from lecture.models.cnn import cnn
from lecture.seeds import Stream


@dataclass(frozen=True, kw_only=True)
class BorrowedSignals(Borrowing):
    """MNIST-1D: signals can be drawn without limit, so the old task has plenty and every seed has signals of its own.

    Attributes:
        channels: Channels of each convolution.
    """

    channels: int = 32

    presets: ClassVar = {
        "smoke": {"seeds": 2, "sizes": (5, 10), "source": 40, "test": 20, "source_steps": 4, "steps": 4, "channels": 4},
        "full": {"seeds": 10, "source": 20_000, "test": 2000, "source_steps": 6000, "channels": 64},
    }
    core_seconds: ClassVar[float] = 16.0
    size: ClassVar[str] = (
        "{sizes} signals of MNIST-1D a class, three convolutions of {channels} channels, {steps} steps of {batch}; "
        "{source} a class to borrow from, {source_steps} steps"
    )

    def pool(self) -> Tensor:
        """Return freshly drawn signals, ``[R, 10, m, 40]``."""
        return signals(self.seed_range(), max(self.source, max(self.sizes) + self.test))

    def network(self, stream: Stream) -> nn.Sequential:
        """Return the convolutional networks of the MNIST-1D paper."""
        return cnn(stream, channels=self.channels, classes=5)

    def classical(self, pool: Tensor) -> Mapping[str, tuple[Tensor, Classifier]]:
        """Return the support vector machine and the nearest neighbours of the race in the chapter on saturation."""
        return {"SVM": (pool, scored(rivals.svm())), "neighbours": (pool, scored(rivals.neighbours()))}
