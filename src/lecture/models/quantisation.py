"""Networks in 8-bit integers: each number becomes a whole number from -127 to 127 and a scale that many share.

Weights get one scale for each output, once and for all; activations one for each example, when it comes: dynamic
quantisation, symmetric and per channel (Jacob et al. 2018; Krishnamoorthi 2018).
"""

from copy import deepcopy

import torch
from torch import Tensor, nn

from lecture.models.convolution2d import Conv2d
from lecture.models.layers import Linear

MOST = 127  # the largest whole number of 8 bits; -128 is left out, so that the range is symmetric


def rounded(x: Tensor, dims: tuple[int, ...]) -> tuple[Tensor, Tensor]:
    """Return whole numbers from -127 to 127 and the scales, one for each slice over ``dims``: x is about their product.

    The whole numbers are kept as floats, in which sums of up to 1,040 products of two of them are exact.
    """
    scale = x.abs().amax(dims, keepdim=True).clamp_min(torch.finfo(x.dtype).tiny) / MOST
    return (x / scale).round(), scale


class Int8(nn.Module):
    """A linear layer or a convolution whose products and sums are of whole numbers."""

    scale: Tensor
    bias: Tensor

    def __init__(self, layer: Linear | Conv2d) -> None:
        super().__init__()
        self.whole = deepcopy(layer)
        weight, scale = rounded(layer.weight.detach(), (1,))  # [R, inputs, outputs]: a scale for each output
        self.whole.weight.data = weight
        self.whole.bias.data.zero_()
        self.register_buffer("scale", scale)
        self.register_buffer("bias", layer.bias.detach().clone())

    def forward(self, x: Tensor) -> Tensor:
        """Return what the layer does, up to rounding: ``[R, B, ...]`` in, ``[R, B, ..., outputs]`` out."""
        numbers, scale = rounded(x, tuple(range(2, x.dim())))
        sums: Tensor = self.whole(numbers)
        spread = (sums.shape[0], *[1] * (sums.dim() - 2), sums.shape[-1])
        scale = scale.view(*scale.shape[:2], *[1] * (sums.dim() - 2))
        return sums * scale * self.scale.view(spread) + self.bias.view(spread)


def quantised(model: nn.Sequential) -> nn.Sequential:
    """Return the network with each linear layer and convolution in 8 bits; what lies between stays as it is."""
    return nn.Sequential(*(Int8(layer) if isinstance(layer, Linear | Conv2d) else layer for layer in model))
