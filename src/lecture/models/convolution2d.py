"""Convolution over a plane of pixels for R networks at once: one gather of windows, one matrix product.

Images are ``[R, B, height, width, channels]``, channels last, so that a row of a window is one run of memory.
"""

from typing import Any

import torch
from torch import Tensor, nn

from lecture.models.initialisers import Initialiser, torch_default, zeros
from lecture.seeds import Stream


class Conv2d(nn.Module):
    """R independent convolutions: ``[R, B, height, width, inputs]`` to ``[R, B, rows, columns, outputs]``.

    ``rows`` is ``(height - kernel) // stride + 1``, as in ``torch.nn.Conv2d`` without padding.

    Attributes:
        weight: ``[R, kernel * kernel * inputs, outputs]``: one row for each pixel and channel under the window.
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
        init: Initialiser = torch_default,
    ) -> None:
        super().__init__()
        fan_in = kernel**2 * inputs
        self.weight = nn.Parameter(init(stream, fan_in, kernel**2 * outputs, (fan_in, outputs)))
        bias_init = torch_default if init is torch_default else zeros
        self.bias = nn.Parameter(bias_init(stream, fan_in, kernel**2 * outputs, (1, outputs)))
        self.kernel, self.stride = kernel, stride

    def forward(self, x: Tensor) -> Tensor:
        """Return the weighted sum of each window, for each replica."""
        under = windows(x, self.kernel, self.stride)
        return torch.baddbmm(self.bias, under.flatten(1, 3), self.weight).view(*under.shape[:4], -1)


def windows(x: Tensor, kernel: int, stride: int = 1) -> Tensor:
    """Return all windows of ``[R, B, height, width, C]``: ``[R, B, rows, columns, kernel * kernel * C]``."""
    found: Tensor = _Windows.apply(x, kernel, stride)  # type: ignore[no-untyped-call]
    return found


class _Windows(torch.autograd.Function):
    """The gather, and its way back: ``kernel * kernel`` strided slices that are added."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, kernel: int, stride: int) -> Tensor:
        x = x.contiguous()
        replicas, batch, height, width, channels = x.shape
        rows, columns = (height - kernel) // stride + 1, (width - kernel) // stride + 1
        ctx.kernel, ctx.stride, ctx.shape = kernel, stride, x.shape
        row = width * channels
        steps = (batch * height * row, height * row, stride * row, stride * channels, row, 1)
        view = x.as_strided((replicas, batch, rows, columns, kernel, kernel * channels), steps, x.storage_offset())
        return view.reshape(replicas, batch, rows, columns, kernel * kernel * channels)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, None, None]:
        if not ctx.needs_input_grad[0]:
            return None, None, None
        (under,) = gradients
        replicas, batch, rows, columns, _ = under.shape
        parts = under.view(replicas, batch, rows, columns, ctx.kernel, ctx.kernel, -1)
        x = under.new_zeros(ctx.shape)
        down, right = ctx.stride * (rows - 1) + 1, ctx.stride * (columns - 1) + 1
        for i in range(ctx.kernel):
            for j in range(ctx.kernel):
                x[:, :, i : i + down : ctx.stride, j : j + right : ctx.stride] += parts[:, :, :, :, i, j]
        return x, None, None
