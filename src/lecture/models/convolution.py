"""Convolution over a line of points for R networks at once: that over a plane of one row, with zeros at both ends.

Signals are ``[R, B, length, channels]``, channels last, so that a window of neighbouring points is one run of memory.
"""

from torch import Tensor, nn

from lecture.models.convolution2d import Conv2d
from lecture.models.initialisers import Initialiser, torch_default
from lecture.seeds import Stream


class Conv1d(Conv2d):
    """R independent convolutions: ``[R, B, length, inputs]`` to ``[R, B, places, outputs]``.

    ``places`` is ``(length + 2 * padding - kernel) // stride + 1``, as in ``torch.nn.Conv1d``.

    Attributes:
        weight: ``[R, kernel * inputs, outputs]``: one row for each point and channel under the window.
        bias: ``[R, 1, outputs]``.
    """

    sides = 1

    def __init__(
        self,
        inputs: int,
        outputs: int,
        stream: Stream,
        *,
        kernel: int,
        stride: int = 1,
        padding: int = 0,
        init: Initialiser = torch_default,
    ) -> None:
        super().__init__(inputs, outputs, stream, kernel=kernel, stride=stride, init=init)
        self.padding = padding

    def forward(self, x: Tensor) -> Tensor:
        """Return the weighted sum of each window, for each replica."""
        padded = nn.functional.pad(x, (0, 0, self.padding, self.padding)) if self.padding else x
        return super().forward(padded.unsqueeze(2)).squeeze(2)  # the gradient of [:, :, 0] would be a copy
