"""Convolution over a line of points for R networks at once: one gather of windows and one batched matrix product.

Signals are ``[R, B, length, channels]``, channels last, so that a window of neighbouring points is one run of memory.
"""

from typing import Any

import torch
from torch import Tensor, nn

from lecture.models.initialisers import Initialiser, torch_default, zeros
from lecture.seeds import Stream


class Conv1d(nn.Module):
    """R independent convolutions: ``[R, B, length, inputs]`` to ``[R, B, places, outputs]``.

    ``places`` is ``(length + 2 * padding - kernel) // stride + 1``, as in ``torch.nn.Conv1d``.

    Attributes:
        weight: ``[R, kernel * inputs, outputs]``: one row for each point and channel under the window.
        bias: ``[R, 1, outputs]``.
    """

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
        super().__init__()
        fan_in = kernel * inputs
        self.weight = nn.Parameter(init(stream, fan_in, kernel * outputs, (fan_in, outputs)))
        bias_init = torch_default if init is torch_default else zeros
        self.bias = nn.Parameter(bias_init(stream, fan_in, kernel * outputs, (1, outputs)))
        self.kernel, self.stride, self.padding = kernel, stride, padding

    def forward(self, x: Tensor) -> Tensor:
        """Return the weighted sum of each window, for each replica."""
        padded = nn.functional.pad(x, (0, 0, self.padding, self.padding)) if self.padding else x
        windows: Tensor = _Windows.apply(padded, self.kernel, self.stride)  # type: ignore[no-untyped-call]
        replicas, batch, places, under = windows.shape
        sums = torch.baddbmm(self.bias, windows.view(replicas, batch * places, under), self.weight)
        return sums.view(replicas, batch, places, -1)


class _Windows(torch.autograd.Function):
    """``[R, B, length, C]`` to ``[R, B, places, kernel * C]``.

    The way back adds ``kernel`` strided slices; autograd's own way back through ``unfold`` takes half as long again for
    the whole step of a small network.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, kernel: int, stride: int) -> Tensor:
        x = x.contiguous()
        replicas, batch, length, channels = x.shape
        places = (length - kernel) // stride + 1
        ctx.kernel, ctx.stride, ctx.shape = kernel, stride, x.shape
        steps = (batch * length * channels, length * channels, stride * channels, 1)
        return x.as_strided((replicas, batch, places, kernel * channels), steps).contiguous()

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, None, None]:
        (windows,) = gradients
        if not ctx.needs_input_grad[0]:
            return None, None, None
        places = windows.shape[2]
        parts = windows.view(*windows.shape[:3], ctx.kernel, -1)
        x = windows.new_zeros(ctx.shape)
        reach = ctx.stride * (places - 1) + 1
        for offset in range(ctx.kernel):
            x[:, :, offset : offset + reach : ctx.stride] += parts[:, :, :, offset]
        return x, None, None
