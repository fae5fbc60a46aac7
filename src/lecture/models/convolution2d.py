"""Convolution over a plane of pixels for R networks at once: one gather of windows, one matrix product.

Images are ``[R, B, height, width, channels]``, channels last, so that a row of a window is one run of memory.
"""

from itertools import product
from typing import Any, ClassVar

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

    sides: ClassVar[int] = 2
    """Directions in which a window is wide."""

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
        fan_in, fan_out = kernel**self.sides * inputs, kernel**self.sides * outputs
        self.weight = nn.Parameter(init(stream, fan_in, fan_out, (fan_in, outputs)))
        bias_init = torch_default if init is torch_default else zeros
        self.bias = nn.Parameter(bias_init(stream, fan_in, fan_out, (1, outputs)))
        self.kernel, self.stride = kernel, stride

    def forward(self, x: Tensor) -> Tensor:
        """Return the weighted sum of each window, for each replica."""
        high = self.kernel if self.sides == 2 else 1
        under: Tensor = _Windows.apply(x, high, self.kernel, self.stride)  # type: ignore[no-untyped-call]  # no types
        return torch.baddbmm(self.bias, under.flatten(1, 3), self.weight).view(*under.shape[:4], -1)


class _Windows(torch.autograd.Function):
    """All windows of ``[R, B, height, width, C]``: ``[R, B, rows, columns, high * wide * C]``.

    The backward pass adds ``high * wide`` strided slices; autograd's own through ``unfold`` takes half as long again
    for the whole step of a small network.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, high: int, wide: int, stride: int) -> Tensor:
        x = x.contiguous()
        replicas, batch, height, width, channels = x.shape
        rows, columns = (height - high) // stride + 1, (width - wide) // stride + 1
        ctx.window, ctx.stride, ctx.shape = (high, wide), stride, x.shape
        row = width * channels
        steps = (batch * height * row, height * row, stride * row, stride * channels, row, 1)
        view = x.as_strided((replicas, batch, rows, columns, high, wide * channels), steps, x.storage_offset())
        return view.reshape(replicas, batch, rows, columns, -1)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, None, None, None]:
        if not ctx.needs_input_grad[0]:
            return None, None, None, None
        (under,) = gradients
        replicas, batch, rows, columns, _ = under.shape
        parts = under.view(replicas, batch, rows, columns, *ctx.window, -1)
        x = under.new_zeros(ctx.shape)
        down, right = ctx.stride * (rows - 1) + 1, ctx.stride * (columns - 1) + 1
        for i, j in product(*map(range, ctx.window)):
            x[:, :, i : i + down : ctx.stride, j : j + right : ctx.stride] += parts[:, :, :, :, i, j]
        return x, None, None, None
