"""C19: a network that knows the MNIST-1D signals 0 to 4 learns 5 to 9 from a few examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sklearn.base import ClassifierMixin
from torch import Tensor, nn

from lecture.experiments.saturation import rivals
from lecture.experiments.when_to_use.borrowing import Borrowing, Classifier, Floats, Labels, signals
from lecture.models.cnn import cnn
from lecture.seeds import Stream


@dataclass(frozen=True, kw_only=True)
class BorrowedSignals(Borrowing):
    """MNIST-1D: signals can be drawn without limit, so the old task has plenty and every seed has signals of its own.

    Attributes:
        channels: Channels of each convolution.
    """

    channels: int = 32

    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "smoke": {"seeds": 2, "sizes": (5, 10), "source": 40, "test": 20, "source_steps": 4, "steps": 4, "channels": 4},
        "full": {"seeds": 10, "source": 20_000, "test": 2000, "source_steps": 6000, "channels": 64},
    }
    core_seconds: ClassVar[float] = 16.0

    def pool(self) -> Tensor:
        """Return freshly drawn signals, ``[R, 10, m, 40]``."""
        return signals(self.seed_range(), max(self.source, max(self.sizes) + self.test))

    def network(self, stream: Stream) -> nn.Sequential:
        """Return the convolutional networks of the MNIST-1D paper."""
        return cnn(stream, channels=self.channels, classes=5)

    def classical(self, pool: Tensor) -> Mapping[str, tuple[Tensor, Classifier]]:
        """Return the support vector machine and the nearest neighbours of the race in the chapter on saturation."""
        return {"SVM": (pool, _scored(rivals.svm())), "neighbours": (pool, _scored(rivals.neighbours()))}


def _scored(method: ClassifierMixin) -> Classifier:
    def accuracy(x: Floats, y: Labels, x_test: Floats, y_test: Labels) -> float:
        return float(method.fit(x, y).score(x_test, y_test))

    return accuracy
