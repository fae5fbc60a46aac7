"""Layers for R networks at once. They read like ``torch.nn``, with one more axis in front: ``[R, B, features]``.

R networks of equal shape are one batched matrix product, which costs little more than one network alone.
"""

from typing import Any

import torch
from torch import Tensor, nn

from lecture.models.initialisers import Initialiser, torch_default, zeros
from lecture.seeds import Stream

EPS = 1e-5  # added to a variance
MOMENTUM = 0.1  # share of a batch in the running statistics
NARROW = 16  # outputs: below, a CPU is slow on a tall thin product and fast on a long flat one


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
    ) -> None:
        super().__init__()
        bias_init = torch_default if init is torch_default else zeros  # torch's own beside its own weights
        self.weight = nn.Parameter(init(stream, inputs, outputs, (inputs, outputs)))
        self.bias = nn.Parameter(bias_init(stream, inputs, outputs, (1, outputs)))

    def forward(self, x: Tensor) -> Tensor:
        """Return ``x @ weight + bias`` for each replica."""
        if self.weight.shape[2] < NARROW:
            narrow: Tensor = _Narrow.apply(x, self.weight, self.bias)  # type: ignore[no-untyped-call]
            return narrow
        return torch.baddbmm(self.bias, x, self.weight)


class _Narrow(torch.autograd.Function):
    """The same product, with the two of its three parts transposed that are three times faster so."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        ctx.save_for_backward(x, weight)
        return torch.baddbmm(bias.mT, weight.mT, x.mT).mT

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, Tensor, Tensor]:
        g = gradients[0].contiguous()
        x, weight = ctx.saved_tensors
        inputs = torch.bmm(g, weight.mT) if ctx.needs_input_grad[0] else None
        return inputs, torch.bmm(g.mT, x).mT, g.sum(1, keepdim=True)


class Norm(nn.Module):
    """What both normalisations end with: each feature is scaled and shifted by numbers that are learned.

    Attributes:
        weight: ``[R, 1, features]``, starts at 1.
        bias: ``[R, 1, features]``, starts at 0.
    """

    def __init__(self, features: int, stream: Stream) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(len(stream.generators), 1, features, device=stream.device))
        self.bias = nn.Parameter(torch.zeros_like(self.weight))


class BatchNorm(Norm):
    """Batch normalisation (Ioffe and Szegedy 2015, algorithm 1), each replica over its own batch.

    In training mode each feature gets mean 0 and variance 1 over all axes but the first and the last; in evaluation
    mode the running statistics are used, as in ``torch.nn.BatchNorm1d``.

    Attributes:
        running_mean: ``[R, 1, features]``.
        running_var: ``[R, 1, features]``, of the unbiased variance.
    """

    running_mean: Tensor
    running_var: Tensor

    def __init__(self, features: int, stream: Stream) -> None:
        super().__init__(features, stream)
        self.register_buffer("running_mean", torch.zeros_like(self.weight.detach()))
        self.register_buffer("running_var", torch.ones_like(self.weight.detach()))

    def forward(self, x: Tensor) -> Tensor:
        """Return ``[R, ..., features]`` normalised, scaled and shifted."""
        examples = x.flatten(1, -2)
        if self.training:
            mean = examples.mean(1, keepdim=True)
            centred = examples - mean
            var = (centred * centred).mean(1, keepdim=True)
            n = examples.shape[1]
            self.running_mean.lerp_(mean.detach(), MOMENTUM)
            self.running_var.lerp_(var.detach() * (n / max(n - 1, 1)), MOMENTUM)
        else:
            centred, var = examples - self.running_mean, self.running_var
        scale = self.weight * torch.rsqrt(var + EPS)
        return torch.addcmul(self.bias, centred, scale).view(x.shape)


class LayerNorm(Norm):
    """Layer normalisation (Ba, Kiros and Hinton 2016): each example over its own features."""

    def forward(self, x: Tensor) -> Tensor:
        """Return ``[R, ..., features]`` normalised, scaled and shifted."""
        examples = nn.functional.layer_norm(x.flatten(1, -2), x.shape[-1:], eps=EPS)
        return torch.addcmul(self.bias, examples, self.weight).view(x.shape)


class Dropout(nn.Module):
    """Dropout (Srivastava et al. 2014): in training mode each number is zeroed with probability p, the others grow.

    The probability is a number or one a replica, ``[R]``; masks come from a stream of their own.
    """

    def __init__(self, p: float | Tensor, stream: Stream) -> None:
        super().__init__()
        self.p, self.stream = p, stream

    def forward(self, x: Tensor) -> Tensor:
        """Return ``x`` with the survivors multiplied by 1/(1 - p)."""
        if not self.training:
            return x
        p = self.p.view(-1, *[1] * (x.dim() - 1)) if isinstance(self.p, Tensor) else self.p
        return x * (self.stream.uniform(*x.shape[1:]) >= p) / (1 - p)
