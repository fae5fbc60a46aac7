"""One block of a Transformer for R networks at once (Vaswani et al. 2017, sections 3.1 to 3.5), written out.

It reads symbols ``[R, B, T]`` and names one at the end. Nothing is carried from step to step: the last position looks
at all the others at once.
"""

from math import log, sqrt

import torch
from torch import Tensor, nn

from lecture.models.layers import LayerNorm, Linear
from lecture.models.residual import Skip
from lecture.seeds import Stream


class Attention(nn.Module):
    """Attention with one head (eq. 1): each question is compared with the key at every position.

    Attributes:
        question: From a position's numbers to what it asks for.
        key: To what it offers.
        value: To what it hands over when it is asked.
        out: From what was handed over to the numbers of the position that asked.
    """

    def __init__(self, width: int, stream: Stream) -> None:
        super().__init__()
        self.question, self.key, self.value, self.out = (Linear(width, width, stream) for _ in range(4))

    def forward(self, asking: Tensor, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return what the asking positions get, ``[R, B, Q, width]``, and the weights, ``[R, B, Q, T]``.

        Those that are asked are ``[R, B, T, width]``; if all T of them ask, that takes T * T comparisons.
        """
        questions, keys, values = everywhere(self.question, asking), everywhere(self.key, x), everywhere(self.value, x)
        weights = torch.softmax(questions @ keys.mT / sqrt(x.shape[-1]), -1)
        return everywhere(self.out, weights @ values), weights


class Transformer(nn.Module):
    """R networks of one block that read symbols and answer at the last position.

    Attention and a small network at each position, each inside a shortcut and followed by layer normalisation, as in
    the paper. Only the last position is read, so only the last position asks: the same answer as if all did.

    Attributes:
        meaning: The numbers of each symbol, ``[R, symbols, width]``.
    """

    def __init__(self, stream: Stream, *, symbols: int, width: int, inner: int, classes: int) -> None:
        super().__init__()
        self.meaning = nn.Parameter(stream.normal(symbols, width))
        self.attention = Attention(width, stream)
        self.first_norm = LayerNorm(width, stream)
        self.think = Skip(nn.Sequential(Linear(width, inner, stream), nn.ReLU(), Linear(inner, width, stream)))
        self.second_norm = LayerNorm(width, stream)
        self.last = Linear(width, classes, stream)

    def embed(self, symbols: Tensor) -> Tensor:
        """Return what each position starts from, ``[R, B, T, width]``: its symbol's numbers plus its place's."""
        replicas, batch, length = symbols.shape
        width = self.meaning.shape[2]
        index = symbols.reshape(replicas, -1, 1).expand(-1, -1, width)
        meant = torch.gather(self.meaning, 1, index).view(replicas, batch, length, width)
        return meant + places(length, width).to(meant.device)

    def answers(self, symbols: Tensor, last: int) -> tuple[Tensor, Tensor]:
        """Return the outputs at the ``last`` positions, ``[R, B, last, classes]``, and their weights ``[.., T]``."""
        x = self.embed(symbols)
        asking = x[:, :, -last:]
        found, weights = self.attention(asking, x)
        x = self.first_norm(asking + found)
        x = self.second_norm(everywhere(self.think, x))
        return everywhere(self.last, x), weights

    def forward(self, symbols: Tensor) -> Tensor:
        """Return the outputs ``[R, B, classes]`` after the last of the symbols ``[R, B, T]``."""
        return self.answers(symbols, 1)[0][:, :, 0]


def everywhere(layer: nn.Module, x: Tensor) -> Tensor:
    """Apply a layer of ``[R, B, features]`` at each position of ``[R, B, T, features]``."""
    out: Tensor = layer(x.flatten(1, 2))
    return out.view(*x.shape[:3], -1)


def places(length: int, width: int) -> Tensor:
    """Return the numbers that tell a position, ``[length, width]``: sines and cosines of many wavelengths (3.5)."""
    rates = torch.exp(-log(10_000) * torch.arange(0, width, 2) / width)
    angles = torch.arange(length)[:, None] * rates
    return torch.stack((torch.sin(angles), torch.cos(angles)), 2).flatten(1)
