"""Layers for R networks at once. They read like ``torch.nn``, with one more axis in front: ``[R, B, features]``.

R networks of equal shape are one batched matrix product, which costs little more than one network alone.
"""

import torch
from torch import Tensor, nn

from lecture.models.initialisers import Initialiser, torch_default, zeros
from lecture.seeds import Stream

NARROW = 16  # outputs: below, the CPU is three times faster on the transposed product


class Linear(nn.Module):
    """R independent linear layers: ``[R, B, inputs]`` to ``[R, B, outputs]``.

    Attributes:
        weight: ``[R, inputs, outputs]``.
        bias: ``[R, 1, outputs]``.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        stream: Stream,
        init: Initialiser = torch_default,
        bias_init: Initialiser | None = None,
    ) -> None:
        super().__init__()
        if bias_init is None:  # torch's own default beside torch's own weights, zero beside every other rule
            bias_init = torch_default if init is torch_default else zeros
        self.weight = nn.Parameter(init(stream, inputs, outputs, (inputs, outputs)))
        self.bias = nn.Parameter(bias_init(stream, inputs, outputs, (1, outputs)))

    def forward(self, x: Tensor) -> Tensor:
        """Return ``x @ weight + bias`` for each replica."""
        if self.weight.shape[2] < NARROW:
            return torch.baddbmm(self.bias.mT, self.weight.mT, x.mT).mT
        return torch.baddbmm(self.bias, x, self.weight)
